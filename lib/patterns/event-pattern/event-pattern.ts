import { isRecord } from "../../support/is-record";
import { commonNode, compileAlternatives, type PatternNode } from "./pattern-tree";
import { readPattern } from "./read-pattern";

/** A compiled EventBridge event pattern. */
export interface CompiledEventPattern {
  /** Whether a rule with this pattern lets the event, a parsed JSON object, through. */
  matches(event: unknown): boolean;
}

/**
 * Compiles an EventBridge event pattern with the semantics of EventBridge. IPv6 ranges are not supported.
 *
 * @throws EventPatternError for what EventBridge refuses
 */
export function compileEventPattern(pattern: string | object): CompiledEventPattern {
  const alternatives = compileAlternatives(readPattern(pattern));
  // Most events fail what the alternatives of an `$or` have in common, which is tested once.
  const common = commonNode(alternatives);
  return {
    matches: (event) => isRecord(event) && present(event, common) && alternatives.some((node) => meets(event, node)),
  };
}

function meets(event: Fields, node: PatternNode): boolean {
  return present(event, node) && absent(event, node);
}

/**
 * Whether the values that the pattern requires are present. One element of an array must meet all conditions below the
 * array, because EventBridge does not mix the fields of two elements.
 */
function present(value: unknown, node: PatternNode): boolean {
  if (Array.isArray(value)) return node.fields.size === 0 ? leafPasses(value, node) : someElement(value, node);
  if (!leafPasses(value, node)) return false;
  for (const [key, child] of node.fields) if (!present(fieldOf(value, key), child)) return false;
  return true;
}

function someElement(elements: readonly unknown[], node: PatternNode): boolean {
  // `absent` checks the fields that must be absent, so an empty array passes here.
  return elements.some((element) => present(element, node)) || present(undefined, node);
}

function leafPasses(value: unknown, node: PatternNode): boolean {
  const matchers = node.values;
  if (matchers === undefined || matchers.some((matcher) => matcher.kind === "absent")) return true;
  return leavesOf(value).some((leaf) => matchers.some((matcher) => matcher.kind === "value" && matcher.passes(leaf)));
}

/**
 * Whether the fields that must be absent are absent in every element of every array. The field's other alternatives
 * still count.
 */
function absent(event: Fields, node: PatternNode, path: readonly string[] = []): boolean {
  const matchers = node.values;
  if (matchers?.some((matcher) => matcher.kind === "absent") === true) {
    const leaves = valuesAt(event, path).flatMap(leavesOf);
    const passes = leaves.some((leaf) => matchers.some((matcher) => matcher.kind === "value" && matcher.passes(leaf)));
    if (leaves.length > 0 && !passes) return false;
  }
  return [...node.fields].every(([key, child]) => absent(event, child, [...path, key]));
}

type Fields = Readonly<Record<string, unknown>>;

function fieldOf(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, path));
  const [key, ...rest] = path;
  return key === undefined ? [value] : valuesAt(fieldOf(value, key), rest);
}

/** The values that a pattern can test: EventBridge sees no objects and no empty arrays. */
function leavesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return value === undefined || isRecord(value) ? [] : [value];
}
