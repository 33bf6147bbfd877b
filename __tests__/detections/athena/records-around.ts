import * as fc from "fast-check";
import { placeOf } from "../../../detections/athena/place";
import type { Clause, NormalForm } from "../../../detections/normal-form";
import type { CloudTrailRecord } from "../../../detections/predicate";

/** A part of a record set to a value; without one, taken away. */
interface Change {
  readonly path: readonly string[];
  readonly value?: unknown;
}

const RECORDS = 40;

/**
 * Records, as lines of JSON, around what a form asks for: examples in which some of its fields hold what it asks for,
 * nearly that, something of another type, or nothing.
 */
export function recordsAround(form: NormalForm, examples: readonly CloudTrailRecord[], seed: number): string[] {
  const clauses = clausesOf(form);
  const queried = examples.filter(({ eventName }) => clauses.some(({ test }) => wildcardOf(test) === eventName));
  const changes = fc.array(
    fc.constantFrom(...clauses).chain((clause) => changeAround(clause)),
    { maxLength: 3 },
  );
  const record = fc
    .tuple(fc.constantFrom(...(queried.length > 0 ? queried : examples)), changes)
    .map(([example, some]) => JSON.stringify(some.reduce<unknown>((json, change) => changed(json, change), example)));
  return fc.sample(record, { numRuns: RECORDS, seed });
}

function clausesOf(form: NormalForm): Clause[] {
  return form.kind === "clause" ? [form] : form.parts.flatMap(clausesOf);
}

function wildcardOf(test: Clause["test"]): string {
  if ("regex" in test) return textOfRegex(test.regex);
  return test.kind === "text" || test.kind === "notText" ? test.wildcard : "x";
}

/** A text that a regular expression finds, or nearly: its first alternative without what is no text. */
function textOfRegex(regex: string): string {
  const [first = ""] = regex.split(/(?<!\\)\|/);
  return first
    .replace(/\\x([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\[(\w).*?\]/g, "$1")
    .replace(/(?<!\\)[\^$?+*]|\{\d*,?\d*\}/g, "")
    .replace(/\\d/g, "7")
    .replace(/\\(\W)/g, "$1");
}

function changeAround({ field, test }: Clause): fc.Arbitrary<Change> {
  const some = fc.constantFrom("[0]", "[1]", "key");
  const path = some.map((step) =>
    field
      .replace("[*]", `.${step}`)
      .replace(/(?<!\.)\[/g, ".[")
      .split("."),
  );
  return path.chain((steps) => changeAt(steps, wildcardOf(test), placeOf(field).kind));
}

function changeAt(
  path: readonly string[],
  wanted: string,
  kind: ReturnType<typeof placeOf>["kind"],
): fc.Arbitrary<Change> {
  const near = [wanted, wanted.toLowerCase(), wanted.toUpperCase(), `${wanted}x`, `x${wanted}`, wanted.slice(1), ""];
  const texts = near.flatMap((text) => [text.replaceAll("*", ""), text.replaceAll("*", "a%_\n'"), text]);
  const absent = fc.constant<Change>({ path });
  const held = (...values: readonly unknown[]): fc.Arbitrary<Change> =>
    fc.constantFrom(...values).map((value) => ({ path, value }));
  // Columns of a type hold what the CloudTrail User Guide says, and nothing where there is no value.
  if (kind === "text") return fc.oneof(absent, held(...texts));
  if (kind === "flag") return fc.oneof(absent, held(true, false));

  const others = held(null, true, false, "true", "false", "null", 0, 5, -1.5, "5", {}, [], { a: wanted }, [wanted, 5]);
  const above = fc.tuple(fc.integer({ min: 1, max: path.length - 1 }), fc.constantFrom(null, {}, [], "x", ["x"], 5));
  const cut = above.map(([length, value]) => ({ path: path.slice(0, length), value }));
  return fc.oneof(absent, held(...texts), others, cut);
}

function changed(json: unknown, { path, ...change }: Change): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change.value;
  const ends = rest.length === 0 && !("value" in change);
  if (step.startsWith("[")) {
    const at = Number(step.slice(1, -1));
    const before = Array.from({ length: at }, (_, index) =>
      Array.isArray(json) ? (json as unknown[])[index] : "other",
    );
    return ends ? before : [...before, changed(Array.isArray(json) ? json[at] : undefined, { path: rest, ...change })];
  }
  const { [step]: old, ...others } = isObject(json) ? json : {};
  return ends ? others : { ...others, [step]: changed(old, { path: rest, ...change }) };
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
