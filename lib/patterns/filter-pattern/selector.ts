import { isArray, isObject, type JsonValue } from "../json/json-value";
import type { Lexer } from "./lexer";

export type Step =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "any"; readonly bracketed: boolean };

/** A path into an event, such as `$.items[*].['cluster.name']`. */
export type Selector = readonly Step[];

const NAME = /[A-Za-z0-9_-]+/y;

/** Reads a selector. */
export function parseSelector(lexer: Lexer): Selector {
  const offset = lexer.offset;
  lexer.expect("$");
  lexer.expect(".");
  const steps = [lexer.next === "[" ? parseIndex(lexer) : parseName(lexer)];
  for (;;) {
    if (lexer.next === "[") steps.push(parseIndex(lexer));
    else if (lexer.take(".")) steps.push(lexer.next === "[" ? parseIndex(lexer) : parseName(lexer));
    else break;
  }
  if (steps.filter((step) => step.kind === "any").length > 1) {
    lexer.fail("a selector must hold at most one wildcard", offset);
  }
  return steps;
}

function parseName(lexer: Lexer): Step {
  if (lexer.take("*")) return { kind: "any", bracketed: false };
  const key = lexer.match(NAME);
  if (key !== undefined) return { kind: "key", key };
  return lexer.fail(
    `a selector must be names of letters, digits, '-' and '_', or ['any text'], got ${lexer.describeNext()}`,
  );
}

function parseIndex(lexer: Lexer): Step {
  const offset = lexer.offset;
  lexer.expect("[");
  if (lexer.take("*")) {
    lexer.expect("]");
    return { kind: "any", bracketed: true };
  }
  const key = lexer.match(/'[^']+'/y);
  const digits = key === undefined ? lexer.match(/\d{1,9}/y) : undefined;
  if (!lexer.take("]") || (key === undefined && digits === undefined)) {
    lexer.fail("a selector's brackets must hold a number from 0, '*' or 'text'", offset);
  }
  return key === undefined ? { kind: "index", index: Number(digits) } : { kind: "key", key: key.slice(1, -1) };
}

/** The selector as text. */
export function printSelector(selector: Selector): string {
  const [first, ...rest] = selector.map(printStep);
  return `$.${first?.replace(/^\./, "") ?? ""}${rest.join("")}`;
}

function printStep(step: Step): string {
  switch (step.kind) {
    case "key":
      return /^[A-Za-z0-9_-]+$/.test(step.key) ? `.${step.key}` : `['${step.key}']`;
    case "index":
      return `[${step.index}]`;
    case "any":
      return step.bracketed ? "[*]" : ".*";
  }
}

/**
 * Whether any value that the selector reaches, from a step on, passes the test. An index applies to arrays only, a key
 * to objects only.
 */
export function anySelected(
  root: JsonValue,
  selector: Selector,
  test: (value: JsonValue) => boolean,
  from = 0,
): boolean {
  let value = root;
  // A plain loop rather than an iterator: it runs for every clause of every pattern that an event may match.
  for (let at = from; at < selector.length; at += 1) {
    const step = selector[at];
    if (step === undefined) return false;
    if (step.kind === "any") return childrenOf(value).some((child) => anySelected(child, selector, test, at + 1));
    const child = childAt(value, step);
    if (child === undefined) return false;
    value = child;
  }
  return test(value);
}

/** The value at a selector without a wildcard; undefined when a step is missing or cannot be taken. */
export function valueAt(root: JsonValue, selector: Selector): JsonValue | undefined {
  let found: JsonValue | undefined;
  anySelected(root, selector, (value) => {
    found = value;
    return true;
  });
  return found;
}

function childrenOf(value: JsonValue): readonly JsonValue[] {
  if (isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

function childAt(value: JsonValue, step: Exclude<Step, { kind: "any" }>): JsonValue | undefined {
  if (step.kind === "index") return isArray(value) ? value[step.index] : undefined;
  return isObject(value) && Object.hasOwn(value, step.key) ? value[step.key] : undefined;
}
