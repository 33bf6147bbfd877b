import type { FilterPattern } from "../filter-pattern/filter-pattern";
import type { JsonClause, JsonExpression } from "../filter-pattern/json-syntax";
import type { Selector } from "../filter-pattern/selector";
import type { TextPiece } from "../records/notable-text";

/** What a record must have for a pattern to match: one of these names as its `eventName`, or one of these texts. */
export interface PatternNeed {
  readonly names: readonly string[];
  /** At an end of some string in the record, whichever. */
  readonly pieces: readonly TextPiece[];
}

/** A value with such a character is written as a string in JSON, never as a number. */
const NO_NUMBER = /[^0-9+\-.eE]/;
/** Characters that JSON escapes, or that do not survive the encoding. */
const UNSEARCHABLE = /["\\\p{Cc}\p{Cs}\uFFFD]/u;

/** Undefined: any record may match. `envelope`: the events are EventBridge's, with the record under `detail`. */
export function needOf({ syntax }: FilterPattern, envelope: boolean): PatternNeed | undefined {
  return syntax.kind === "json" ? needOfExpression(syntax.expression, envelope) : undefined;
}

function needOfExpression(expression: JsonExpression, envelope: boolean): PatternNeed | undefined {
  if (expression.kind === "clause") return needOfClause(expression, envelope);
  const needs = expression.parts.map((part) => needOfExpression(part, envelope));
  const known = needs.filter((need) => need !== undefined);
  if (expression.kind === "and") return known.sort(bySelectivity)[0];
  if (known.length < needs.length) return undefined;
  return {
    names: [...new Set(known.flatMap(({ names }) => names))],
    pieces: known.flatMap(({ pieces }) => pieces),
  };
}

/** Names select best, and the fewer the better. */
function bySelectivity(one: PatternNeed, other: PatternNeed): number {
  return one.pieces.length - other.pieces.length || one.names.length - other.names.length;
}

function needOfClause({ selector, test }: JsonClause, envelope: boolean): PatternNeed | undefined {
  const field = fieldOfRecord(selector, envelope);
  if (field === undefined || test.kind !== "compare" || test.comparison.operator !== "=") return undefined;
  const { operand } = test.comparison;
  if (operand.kind !== "text") return undefined;
  const { text } = operand;
  if (field === "eventName" && !text.includes("*")) return { names: [text], pieces: [] };
  const piece = NO_NUMBER.test(text.replaceAll("*", "")) ? pieceOf(text) : undefined;
  return piece === undefined ? undefined : { names: [], pieces: [piece] };
}

/** The path below the record; undefined when it leads elsewhere, or to what a record judged as another account's has anew. */
function fieldOfRecord(selector: Selector, envelope: boolean): string | undefined {
  const keys = selector.map((step) => (step.kind === "key" ? step.key : undefined));
  const path = envelope ? keys.slice(1) : keys;
  if (envelope && keys[0] !== "detail") return undefined;
  if (path[0] === undefined || path[0] === "recipientAccountId") return undefined;
  return path.length === 1 ? path[0] : path.join(".");
}

/** The longer of what a text with wildcards starts and ends with. */
function pieceOf(wildcard: string): TextPiece | undefined {
  const [first = "", ...rest] = wildcard.split("*");
  const last = rest.at(-1);
  const piece =
    last === undefined
      ? { text: first, starts: true, ends: true }
      : last.length > first.length
        ? { text: last, starts: false, ends: true }
        : { text: first, starts: true, ends: false };
  return piece.text === "" || UNSEARCHABLE.test(piece.text) ? undefined : piece;
}
