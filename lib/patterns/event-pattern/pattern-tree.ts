import { EventPatternError } from "./event-pattern-error";
import { compileTest, type FieldMatcher } from "./leaf-matchers";
import type { PatternPart } from "./read-pattern";

/** What a pattern requires below one key: of the fields there, and of the value itself. */
export interface PatternNode {
  readonly fields: ReadonlyMap<string, PatternNode>;
  /** Undefined where the pattern only has conditions on fields below. */
  readonly values: readonly FieldMatcher[] | undefined;
}

const NOTHING: PatternNode = { fields: new Map(), values: undefined };

/** Source: EventBridge User Guide, `$or`. */
const MAX_ALTERNATIVES = 1000;

/** Compiles a pattern to its alternatives, with `$or` expanded: an event matches if it meets one of them. */
export function compileAlternatives(parts: readonly PatternPart[]): readonly PatternNode[] {
  return withParts([NOTHING], parts);
}

/** `base`: the alternatives so far, rooted at the whole event. */
function withParts(base: readonly PatternNode[], parts: readonly PatternPart[]): readonly PatternNode[] {
  return parts.reduce((roots, part) => withPart(roots, part), base);
}

function withPart(base: readonly PatternNode[], part: PatternPart): readonly PatternNode[] {
  const { kind, path } = part;
  if (kind === "field") {
    const matchers = part.tests.map((test) => compileTest(test, path.join(".")));
    return base.map((root) => withValues(root, path, matchers));
  }
  const alternatives = part.alternatives.flatMap((parts) => withParts(base, parts));
  if (alternatives.length > MAX_ALTERNATIVES) {
    throw new EventPatternError(
      `'$or' must not multiply to more than ${MAX_ALTERNATIVES} alternatives`,
      path.join("."),
    );
  }
  return alternatives;
}

function withValues(node: PatternNode, path: readonly string[], values: readonly FieldMatcher[]): PatternNode {
  const [key, ...rest] = path;
  if (key === undefined) return { ...node, values };
  return { ...node, fields: new Map(node.fields).set(key, withValues(node.fields.get(key) ?? NOTHING, rest, values)) };
}

/** What all of these require, or a part of it: an event that does not have it meets none. */
export function commonNode(nodes: readonly PatternNode[]): PatternNode {
  const [first = NOTHING, ...others] = nodes;
  const fields = [...first.fields.keys()].flatMap((key) => {
    const children = nodes.flatMap((node) => node.fields.get(key) ?? []);
    return children.length === nodes.length ? [[key, commonNode(children)] as const] : [];
  });
  // Alternatives share the matchers of the parts outside of their `$or`.
  return {
    fields: new Map(fields),
    values: others.every(({ values }) => values === first.values) ? first.values : undefined,
  };
}
