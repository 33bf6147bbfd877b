import type { FilterPattern } from "../../../lib/patterns/filter-pattern/filter-pattern";
import type { JsonClause, JsonExpression } from "../../../lib/patterns/filter-pattern/json-syntax";
import type { Selector } from "../../../lib/patterns/filter-pattern/selector";
import type { TextPiece } from "../../records/notable-text";

/**
 * What a record must contain for a pattern to match: one of these names as its `eventName`, or one of these literals.
 */
export interface PatternLiterals {
  readonly names: readonly string[];
  /** Literals at an end of any string in the record. */
  readonly pieces: readonly TextPiece[];
  /** The higher, the more records contain it. */
  readonly cost: number;
}

/** Literals and names that many records contain are used only if there is nothing better. */
const COMMON_FIELDS = ["eventSource", "eventType", "eventCategory", "eventVersion", "awsRegion"];
const COMMON_NAMES = ["AssumeRole", "Decrypt", "GenerateDataKey"];
const SERVICE = ".amazonaws.com";
const COST = { name: 1, piece: 10, common: 1000 } as const;

/** A value with such a character is written as a string in JSON, never as a number. */
const NO_NUMBER = /[^0-9+\-.eE]/;
/** Characters that JSON escapes, or that do not survive the encoding. */
const UNSEARCHABLE = /["\\\p{Cc}\p{Cs}\uFFFD]/u;

/** Undefined: any record may match. `envelope`: the events are EventBridge's, with the record under `detail`. */
export function literalsOf({ syntax }: FilterPattern, envelope: boolean): PatternLiterals | undefined {
  return syntax.kind === "json" ? literalsOfExpression(syntax.expression, envelope) : undefined;
}

function literalsOfExpression(expression: JsonExpression, envelope: boolean): PatternLiterals | undefined {
  if (expression.kind === "clause") return literalsOfClause(expression, envelope);
  const literals = expression.parts.map((part) => literalsOfExpression(part, envelope));
  return expression.kind === "and" ? allOf(literals) : anyOf(literals);
}

/** Of several literals that are all required, the one that the fewest records contain. */
export function allOf(literals: readonly (PatternLiterals | undefined)[]): PatternLiterals | undefined {
  return literals.filter((each) => each !== undefined).sort((one, other) => one.cost - other.cost)[0];
}

/** Combines several literals of which any one suffices: if one is unknown, so is the result. */
export function anyOf(literals: readonly (PatternLiterals | undefined)[]): PatternLiterals | undefined {
  const known = literals.filter((each) => each !== undefined);
  if (known.length < literals.length) return undefined;
  return {
    names: [...new Set(known.flatMap(({ names }) => names))],
    pieces: known.flatMap(({ pieces }) => pieces),
    cost: known.reduce((sum, { cost }) => sum + cost, 0),
  };
}

export function literalsOfName(name: string): PatternLiterals {
  return { names: [name], pieces: [], cost: COMMON_NAMES.includes(name) ? COST.common : COST.name };
}

/** Undefined for a text that cannot be searched for. `field`: where it must be, below the record. */
export function literalsOfPiece(piece: TextPiece, field: string): PatternLiterals | undefined {
  if (piece.text === "" || UNSEARCHABLE.test(piece.text)) return undefined;
  const isCommon = COMMON_FIELDS.includes(field) || piece.text.endsWith(SERVICE);
  return { names: [], pieces: [piece], cost: isCommon ? COST.common : COST.piece };
}

function literalsOfClause({ selector, test }: JsonClause, envelope: boolean): PatternLiterals | undefined {
  const field = fieldOfRecord(selector, envelope);
  if (field === undefined || test.kind !== "compare" || test.comparison.operator !== "=") return undefined;
  const { operand } = test.comparison;
  if (operand.kind !== "text") return undefined;
  const { text } = operand;
  if (field === "eventName" && !text.includes("*")) return literalsOfName(text);
  return NO_NUMBER.test(text.replaceAll("*", "")) ? literalsOfPiece(pieceOf(text), field) : undefined;
}

/**
 * The path below the record. Undefined when it leads elsewhere, or to a field that is rewritten when a record is
 * evaluated for another account.
 */
function fieldOfRecord(selector: Selector, envelope: boolean): string | undefined {
  const keys = selector.map((step) => (step.kind === "key" ? step.key : undefined));
  const path = envelope ? keys.slice(1) : keys;
  if (envelope && keys[0] !== "detail") return undefined;
  if (path[0] === undefined || path[0] === "recipientAccountId") return undefined;
  return path.length === 1 ? path[0] : path.join(".");
}

/** The longer one of the prefix and suffix of a text with wildcards. */
function pieceOf(wildcard: string): TextPiece {
  const [first = "", ...rest] = wildcard.split("*");
  const last = rest.at(-1);
  if (last === undefined) return { text: first, starts: true, ends: true };
  return last.length > first.length
    ? { text: last, starts: false, ends: true }
    : { text: first, starts: true, ends: false };
}
