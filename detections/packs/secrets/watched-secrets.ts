import { all, any, call, equals, matches, not, type Condition } from "../../condition";
import { PATTERN_LIMITS } from "../../filter-pattern";

/** One way to name a secret. Callers use its name or its ARN; an ARN may lack the six random characters at its end. */
interface Spelling {
  readonly by: "name" | "arn";
  readonly text: string;
  /** Whether any suffix may follow the text. */
  readonly open: boolean;
}

const SECRET_ID = "requestParameters.secretId";

/** Characters of the spellings in one condition: with the selectors, and an `ignore`, a pattern stays under 1,024. */
const MAX_TEXT = 560;

/**
 * Reads of these secrets: one condition for each name or family, or more where its spellings do not fit into one filter
 * pattern. No read meets two of them.
 *
 * @param secrets names or ARNs; a trailing `*` stands for anything
 */
export function readsOf(secrets: readonly string[]): Condition[] {
  const spellings = secrets.map(spellingsOf);
  const everyone = spellings.flat();
  const seen = new Set<string>();

  return spellings.flatMap((own) => {
    const left = own
      .filter((spelling) => !everyone.some((other) => covers(other, spelling)))
      .filter((spelling) => !seen.has(wildcard(spelling)));
    left.forEach((spelling) => seen.add(wildcard(spelling)));
    return groups(left).map((group) => all(call("secretsmanager", "GetSecretValue"), any(...group.map(spelled))));
  });
}

/** As few groups as hold all the spellings. A single one always fits: names have at most 512 characters. */
function groups(spellings: readonly Spelling[]): Spelling[][] {
  const result: Spelling[][] = [];
  for (const spelling of spellings) {
    const last = result.at(-1);
    if (last !== undefined && fits([...last, spelling])) last.push(spelling);
    else result.push([spelling]);
  }
  return result;
}

function fits(spellings: readonly Spelling[]): boolean {
  const text = spellings.map(wildcard).join("");
  // It takes one more wildcard to distinguish a family from the beginning of an ARN.
  const wildcards = text.split("*").length - 1 + spellings.filter(beginsArns).length;
  return text.length <= MAX_TEXT && wildcards <= PATTERN_LIMITS.wildcards;
}

function spelled(spelling: Spelling): Condition {
  const text = wildcard(spelling);
  const same = text.includes("*") ? matches(SECRET_ID, text) : equals(SECRET_ID, text);
  return beginsArns(spelling) ? all(same, not(matches(SECRET_ID, "arn:*"))) : same;
}

/** Whether a family of names (`a*`) also matches the text of every ARN. For all secrets (`*`), this is intended. */
function beginsArns({ by, text, open }: Spelling): boolean {
  return by === "name" && open && text !== "" && "arn:".startsWith(text);
}

function spellingsOf(secret: string): Spelling[] {
  const name = secret.replace(/^arn:aws[a-z-]*:secretsmanager:[^:]+:\d{12}:secret:/, "");
  const isArn = name !== secret;
  if (name.endsWith("*")) return family(name.slice(0, -1), isArn);

  const withoutSuffix = isArn ? name.replace(/-[A-Za-z0-9]{6}$/, "") : name;
  if (withoutSuffix === name) return exact(name);
  // An ARN may lack the suffix, and the name may end like one (`my-secret`): match both names.
  return [{ by: "name", text: name, open: false }, ...exact(withoutSuffix)];
}

function exact(name: string): Spelling[] {
  return [
    { by: "name", text: name, open: false },
    { by: "arn", text: name, open: false },
    { by: "arn", text: `${name}-`, open: true },
  ];
}

function family(prefix: string, isArn: boolean): Spelling[] {
  const spellings: Spelling[] = [
    { by: "name", text: prefix, open: true },
    { by: "arn", text: prefix, open: true },
  ];
  // In an ARN, `name-*` most often stands for the suffix: match the secret of exactly that name too.
  if (!isArn || !prefix.endsWith("-")) return spellings;
  const name = prefix.slice(0, -1);
  return [{ by: "name", text: name, open: false }, { by: "arn", text: name, open: false }, ...spellings];
}

/** Whether `other` matches everything that `spelling` matches, and more. */
function covers(other: Spelling, spelling: Spelling): boolean {
  const everything = other.by === "name" && other.text === "";
  if (!other.open || (other.by !== spelling.by && !everything)) return false;
  return spelling.text.startsWith(other.text) && wildcard(spelling) !== wildcard(other);
}

function wildcard({ by, text, open }: Spelling): string {
  return `${by === "arn" ? "*:secret:" : ""}${text}${open ? "*" : ""}`;
}
