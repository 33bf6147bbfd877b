import { EventPatternError } from "./event-pattern-error";
import { compileElement, type FieldMatcher } from "./leaf-matchers";

/** What a pattern requires below one key: of the fields there, and of the value itself. */
export interface PatternNode {
  readonly fields: ReadonlyMap<string, PatternNode>;
  /** Undefined where the pattern only has conditions on fields below. */
  readonly values: readonly FieldMatcher[] | undefined;
}

const NOTHING: PatternNode = { fields: new Map(), values: undefined };

/** Source: EventBridge User Guide, `$or`. */
const MAX_ALTERNATIVES = 1000;

/** Names that EventBridge reserves for operators; they cannot be field names within `$or`. */
const RESERVED =
  /^(?:exactly|prefix|suffix|equals-ignore-case|anything-but|exists|wildcard|numeric|cidr|regex|[<>]=?|=)$/;

/** Compiles a pattern to its alternatives, with `$or` expanded: an event matches if it meets one of them. */
export function compileAlternatives(pattern: object): readonly PatternNode[] {
  return compileFields(pattern, { base: [NOTHING], path: [], withinOr: false });
}

interface Place {
  /** The alternatives so far, rooted at the whole event. */
  readonly base: readonly PatternNode[];
  readonly path: readonly string[];
  readonly withinOr: boolean;
}

function compileFields(fields: object, place: Place): readonly PatternNode[] {
  const entries: [string, unknown][] = Object.entries(fields);
  if (entries.length === 0) refuse("a pattern, and each object in it, must not be empty", place.path);
  return entries.reduce((base, [key, value]) => compileField(key, value, { ...place, base }), place.base);
}

function compileField(key: string, value: unknown, place: Place): readonly PatternNode[] {
  if (key === "$or" && Array.isArray(value)) return compileOr(value, place);
  const path = [...place.path, key];
  if (place.withinOr && RESERVED.test(key)) refuse("a field within '$or' must not be named like an operator", path);
  if (Array.isArray(value)) {
    if (value.length === 0) refuse("a field's array must not be empty", path);
    const matchers = value.map((element: unknown) => compileElement(element, path.join(".")));
    return place.base.map((root) => withValues(root, path, matchers));
  }
  if (typeof value !== "object" || value === null) return refuse("a field must be an object or an array", path);
  return compileFields(value, { ...place, path });
}

function compileOr(branches: readonly unknown[], place: Place): readonly PatternNode[] {
  if (branches.length < 2) refuse("'$or' must hold at least two objects", place.path);
  const alternatives = branches.flatMap((branch) => {
    if (typeof branch !== "object" || branch === null || Array.isArray(branch)) {
      return refuse("'$or' must hold objects only", place.path);
    }
    return compileFields(branch, { ...place, withinOr: true });
  });
  if (alternatives.length > MAX_ALTERNATIVES) {
    refuse(`'$or' must not multiply to more than ${MAX_ALTERNATIVES} alternatives`, place.path);
  }
  return alternatives;
}

function withValues(node: PatternNode, path: readonly string[], values: readonly FieldMatcher[]): PatternNode {
  const [key, ...rest] = path;
  if (key === undefined) return { ...node, values };
  return { ...node, fields: new Map(node.fields).set(key, withValues(node.fields.get(key) ?? NOTHING, rest, values)) };
}

function refuse(message: string, path: readonly string[]): never {
  throw new EventPatternError(message, path.join("."));
}
