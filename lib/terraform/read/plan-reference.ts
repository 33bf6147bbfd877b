/** What an expression of a plan's configuration refers to. An index is a number or a text, as written. */
export type PlanReference =
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "output"; readonly module: string; readonly index?: number | string; readonly name: string }
  | {
      readonly kind: "resource";
      readonly type: string;
      readonly name: string;
      readonly index?: number | string;
      readonly attribute: string;
    };

const VARIABLE = /^var\.([^.[]+)/;
const OUTPUT = /^module\.([^.[]+)(?:\[([^\]]*)\])?\.([^.[]+)/;
const RESOURCE = /^([a-z0-9]+_[a-z0-9_]+)\.([^.[]+)(?:\[([^\]]*)\])?(?:\.([a-z0-9_]+))?/;

/** Undefined for a reference that cannot be followed, such as `local.x`: plans do not contain locals. */
export function parseReference(text: string): PlanReference | undefined {
  const variable = VARIABLE.exec(text)?.[1];
  if (variable !== undefined) return { kind: "variable", name: variable };

  const [, module, ofModule, output] = OUTPUT.exec(text) ?? [];
  if (module !== undefined && output !== undefined) {
    return { kind: "output", module, name: output, ...indexOf(ofModule) };
  }
  // References to all instances, `x[*].arn`, are written as `x`. The attribute that is unknown before apply is mostly
  // an ARN.
  const [, type, name, ofResource, attribute = "arn"] = RESOURCE.exec(text) ?? [];
  if (type === undefined || name === undefined) return undefined;
  return { kind: "resource", type, name, attribute, ...indexOf(ofResource) };
}

function indexOf(text: string | undefined): { readonly index?: number | string } {
  if (text === undefined) return {};
  return { index: text.startsWith('"') ? text.slice(1, -1) : Number(text) };
}

/**
 * The most specific references: Terraform lists `a.b.c`, then also `a.b`. References to the instance itself (`each`,
 * `count`) are left out if there are others, because they only select among those.
 */
export function leaves(references: unknown): readonly string[] {
  const texts = (Array.isArray(references) ? (references as unknown[]) : []).filter(
    (reference) => typeof reference === "string",
  );
  const longest = texts.filter(
    (text) => !texts.some((other) => other.startsWith(`${text}.`) || other.startsWith(`${text}[`)),
  );
  const others = longest.filter((text) => !/^(?:each|count)\./.test(text));
  return others.length > 0 ? others : longest;
}
