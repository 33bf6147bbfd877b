import type { FilterPattern } from "../../../lib/patterns/filter-pattern/filter-pattern";
import type { JsonClause, JsonExpression } from "../../../lib/patterns/filter-pattern/json-syntax";
import type { Selector } from "../../../lib/patterns/filter-pattern/selector";
import type { TextPiece } from "../../records/notable-text";

/** Names with a literal at an end. */
export interface NamePiece extends TextPiece {
  /** Whether a name that has the literal has the whole form. */
  readonly fits: (name: string) => boolean;
}

/** A name of these suffices only together with one of the literals, at an end of any string. */
export interface HintedNames {
  readonly names: readonly string[];
  readonly namePieces: readonly NamePiece[];
  readonly pieces: readonly TextPiece[];
}

/** What a record must contain for a pattern to match: any one of these. */
export interface PatternLiterals {
  /** Its `eventName`. */
  readonly names: readonly string[];
  /** An `eventName` of this form. */
  readonly namePieces: readonly NamePiece[];
  /** Literals at an end of any string in the record, keys included. */
  readonly pieces: readonly TextPiece[];
  /** Its region is none of these; undefined: no region suffices. */
  readonly otherThan?: readonly string[];
  /** A name and a literal. */
  readonly hinted: readonly HintedNames[];
  /** The higher, the more records contain it. */
  readonly cost: number;
}

/** Literals and names that many records contain are used only if there is nothing better. */
const COMMON_FIELDS = ["eventSource", "eventType", "eventCategory", "eventVersion", "awsRegion"];
const COMMON_NAMES = ["AssumeRole", "Decrypt", "GenerateDataKey"];
const COMMON_KEYS = [
  ...[...COMMON_FIELDS, "eventName", "eventID", "eventTime", "requestID", "readOnly", "managementEvent", "errorCode"],
  ...["requestParameters", "responseElements", "additionalEventData", "sourceIPAddress", "userAgent", "tlsDetails"],
  ...["userIdentity", "type", "principalId", "arn", "accountId", "accessKeyId", "userName", "invokedBy", "resources"],
  ...["sessionContext", "sessionIssuer", "attributes", "creationDate", "mfaAuthenticated"],
];
const COMMON_TEXTS = ["true", "false"];
/** Types of principals that call most. */
const COMMON_PRINCIPALS = ["IAMUser", "AssumedRole", "AWSService"];
const SERVICE = ".amazonaws.com";
const COST = { name: 1, piece: 10, namePiece: 15, key: 20, otherRegion: 100, common: 1000 } as const;

const NOTHING = { names: [], namePieces: [], pieces: [], hinted: [] } as const;

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
  return expression.kind === "and" ? withHints(allOf(literals), literals) : anyOf(literals);
}

/** Names that must come with a literal that is also required, such as the resource of a common call. */
function withHints(
  literals: PatternLiterals | undefined,
  all: readonly (PatternLiterals | undefined)[],
): PatternLiterals | undefined {
  if (literals === undefined || !isNamesOnly(literals)) return literals;
  const hints = allOf(all.filter((each) => each !== undefined && isPiecesOnly(each) && each.cost < COST.common));
  if (hints === undefined) return literals;
  const { names, namePieces, cost } = literals;
  return { ...NOTHING, hinted: [{ names, namePieces, pieces: hints.pieces }], cost };
}

function isNamesOnly({ pieces, otherThan, hinted }: PatternLiterals): boolean {
  return pieces.length === 0 && otherThan === undefined && hinted.length === 0;
}

function isPiecesOnly({ names, namePieces, otherThan, hinted }: PatternLiterals): boolean {
  return names.length === 0 && namePieces.length === 0 && otherThan === undefined && hinted.length === 0;
}

/** Of several literals that are all required, the one that the fewest records contain. */
export function allOf(literals: readonly (PatternLiterals | undefined)[]): PatternLiterals | undefined {
  const known = literals.filter((each) => each !== undefined);
  const regions = known.flatMap((each) => (isRegion(each) ? each.otherThan : []));
  const others = known.filter((each) => !isRegion(each));
  const all = regions.length === 0 ? others : [...others, literalsOfOtherRegion(regions)];
  return all.sort((one, other) => one.cost - other.cost)[0];
}

/** Whether a region, and nothing else, suffices. */
function isRegion(literals: PatternLiterals): literals is PatternLiterals & { readonly otherThan: readonly string[] } {
  return literals.otherThan !== undefined && literals.cost === COST.otherRegion;
}

function literalsOfOtherRegion(regions: readonly string[]): PatternLiterals {
  return { ...NOTHING, otherThan: regions, cost: COST.otherRegion };
}

/** Combines several literals of which any one suffices: if one is unknown, so is the result. */
export function anyOf(literals: readonly (PatternLiterals | undefined)[]): PatternLiterals | undefined {
  const known = literals.filter((each) => each !== undefined);
  if (known.length < literals.length) return undefined;
  return {
    names: [...new Set(known.flatMap(({ names }) => names))],
    namePieces: known.flatMap(({ namePieces }) => namePieces),
    pieces: known.flatMap(({ pieces }) => pieces),
    otherThan: commonRegions(known.flatMap(({ otherThan }) => (otherThan === undefined ? [] : [otherThan]))),
    hinted: known.flatMap(({ hinted }) => hinted),
    cost: known.reduce((sum, { cost }) => sum + cost, 0),
  };
}

/** A region that is missing in any of these lists is other than those of that list. Undefined without a list. */
export function commonRegions(lists: readonly (readonly string[])[]): readonly string[] | undefined {
  const [first, ...rest] = lists;
  return first?.filter((region) => rest.every((list) => list.includes(region)));
}

export function literalsOfName(name: string): PatternLiterals {
  return { ...NOTHING, names: [name], cost: COMMON_NAMES.includes(name) ? COST.common : COST.name };
}

/** Undefined for a form without a literal that can be searched for. */
export function literalsOfNamePiece(piece: NamePiece): PatternLiterals | undefined {
  return isSearchable(piece.text) ? { ...NOTHING, namePieces: [piece], cost: COST.namePiece } : undefined;
}

function isSearchable(text: string): boolean {
  return text !== "" && !UNSEARCHABLE.test(text);
}

/** Undefined for a text that cannot be searched for. `field`: where it must be, below the record. */
export function literalsOfPiece(piece: TextPiece, field: string): PatternLiterals | undefined {
  if (!isSearchable(piece.text)) return undefined;
  const { text } = piece;
  const isCommon = COMMON_FIELDS.includes(field) || COMMON_PRINCIPALS.includes(text) || text.endsWith(SERVICE);
  return { ...NOTHING, pieces: [piece], cost: isCommon ? COST.common : COST.piece };
}

/** The last key of a path itself: a field that is tested for a value must exist. */
function literalsOfKey(selector: Selector): PatternLiterals | undefined {
  const key = selector.flatMap((step) => (step.kind === "key" ? [step.key] : [])).at(-1) ?? "";
  if (!isSearchable(key)) return undefined;
  const cost = COMMON_KEYS.includes(key) ? COST.common : COST.key;
  return { ...NOTHING, pieces: [{ text: key, starts: true, ends: true }], cost };
}

function literalsOfClause({ selector, test }: JsonClause, envelope: boolean): PatternLiterals | undefined {
  const field = fieldOfRecord(selector, envelope);
  if (field === undefined || test.kind === "notExists") return undefined;
  if (test.kind === "is" || test.comparison.operand.kind !== "text") return literalsOfKey(selector);
  const { operator, operand } = test.comparison;
  const { text, fits } = operand;
  const isWhole = !text.includes("*");
  if (operator === "!=" && field === "awsRegion" && isWhole) return literalsOfOtherRegion([text]);
  if (operator === "=" && field === "eventName" && isWhole) return literalsOfName(text);
  const piece = pieceOf(text);
  if (operator === "=" && field === "eventName") {
    return literalsOfNamePiece({ ...piece, fits }) ?? literalsOfKey(selector);
  }
  const isFound = operator === "=" && NO_NUMBER.test(text.replaceAll("*", "")) && !COMMON_TEXTS.includes(text);
  return (isFound ? literalsOfPiece(piece, field) : undefined) ?? literalsOfKey(selector);
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
export function pieceOf(wildcard: string): TextPiece {
  const [first = "", ...rest] = wildcard.split("*");
  const last = rest.at(-1);
  if (last === undefined) return { text: first, starts: true, ends: true };
  return last.length > first.length
    ? { text: last, starts: false, ends: true }
    : { text: first, starts: true, ends: false };
}
