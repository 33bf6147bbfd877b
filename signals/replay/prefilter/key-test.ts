import type { JsonClause } from "../../../lib/patterns/filter-pattern/json-syntax";
import { isSearchable } from "./pattern-literals";

/** A test of one record's bytes, given in Latin-1. It holds where the record has to be parsed to know. */
export type TextTest = (record: string) => boolean;

/** What follows a key that is one, up to its value. */
const COLON = /[ \t\r\n]*:[ \t\r\n]*/y;

/**
 * Whether a record has the last key of a clause's path, at any depth, with a value as the clause requires. Undefined for
 * a clause that a record without the key may meet.
 */
export function keyTest({ selector, test }: JsonClause): TextTest | undefined {
  if (test.kind === "notExists") return undefined;
  const key = selector.flatMap((step) => (step.kind === "key" ? [step.key] : [])).at(-1) ?? "";
  if (!isSearchable(key)) return undefined;
  // Without its first quote, as a search for a quote would stop everywhere.
  const sought = `${latin(key)}"`;
  const isValue = selector.at(-1)?.kind === "key" ? valueTest(test) : undefined;
  if (isValue === undefined) return (record) => record.includes(sought);
  return (record) => {
    for (let at = record.indexOf(sought); at >= 0; at = record.indexOf(sought, at)) {
      at += sought.length;
      COLON.lastIndex = at;
      if (COLON.test(record) && isValue(record, COLON.lastIndex)) return true;
    }
    return false;
  };
}

/** Whether the value that begins here may be as required; undefined: any may. */
function valueTest(
  test: Exclude<JsonClause["test"], { kind: "notExists" }>,
): ((record: string, at: number) => boolean) | undefined {
  if (test.kind === "is") {
    // A list that holds null is NULL too.
    const word = String(test.value);
    return test.value === null ? undefined : (record, at) => record.startsWith(word, at);
  }
  const { operator, operand } = test.comparison;
  if ((operator !== "=" && operator !== "!=") || operand.kind === "number") return undefined;
  const { fits } = operand;
  return (record, at) => {
    const text = record[at] === '"' ? record.slice(at + 1, record.indexOf('"', at + 1)) : undefined;
    // A number is compared as it is written, and a text may have escapes.
    return text === undefined || text.includes("\\") || fits(utf8(text)) === (operator === "=");
  };
}

/** The bytes of a text in UTF-8, as Latin-1. */
function latin(text: string): string {
  return Buffer.from(text).toString("latin1");
}

/** A text, given as its bytes in Latin-1. */
export function utf8(text: string): string {
  return /[\u0080-\u00FF]/.test(text) ? Buffer.from(text, "latin1").toString() : text;
}
