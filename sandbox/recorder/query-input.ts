import type { Fields } from "./fields";

interface Tree {
  [name: string]: Tree | string;
}

/**
 * The input of a call in the Query protocol, whose names encode the nesting: `Tags.member.1.Key=a`. Values are typed as
 * CloudTrail types them: text that looks like a boolean or number becomes one.
 */
export function queryInput(parameters: URLSearchParams): Fields {
  const tree: Tree = {};
  for (const [name, value] of parameters) {
    if (name !== "Action" && name !== "Version") plant(tree, name.split("."), value);
  }
  return Object.fromEntries(Object.entries(tree).map(([name, branch]) => [name, grown(name, branch)]));
}

function plant(tree: Tree, [name = "", ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const branch = tree[name];
  const next: Tree = typeof branch === "object" ? branch : {};
  tree[name] = next;
  plant(next, rest, value);
}

function grown(name: string, branch: Tree | string): unknown {
  if (typeof branch === "string") return typed(name, branch);
  const [only, ...others] = Object.keys(branch);
  const inner = only === undefined || others.length > 0 ? undefined : branch[only];
  // The list's members have a name of their own: `member`, or the resource's.
  const numbered = isNumbered(branch) ? branch : typeof inner === "object" && isNumbered(inner) ? inner : undefined;
  if (numbered === undefined)
    return Object.fromEntries(Object.entries(branch).map(([key, value]) => [key, grown(key, value)]));

  const members = Object.entries(numbered)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, member]) => member);
  return only === "entry" ? mapOf(members) : members.map((member) => grown(name, member));
}

function isNumbered(branch: Tree): boolean {
  return Object.keys(branch).every((key) => /^\d+$/.test(key));
}

/** `Attributes.entry.1.key=a&Attributes.entry.1.value=b` */
function mapOf(entries: readonly (Tree | string)[]): Fields {
  const pairs = entries.map((entry) => (typeof entry === "string" ? {} : entry));
  return Object.fromEntries(
    pairs.flatMap(({ key, value }) => (typeof key === "string" ? [[key, value ?? ""] as const] : [])),
  );
}

/** Names, values and ids stay text, whatever they look like; an account id is not a number. */
export function typed(name: string, text: string): unknown {
  if (/(name|value|key|id|arn|message)s?$/i.test(name)) return text;
  if (text === "true" || text === "false") return text === "true";
  return /^(0|-?[1-9]\d{0,10})$/.test(text) ? Number(text) : text;
}
