import type { FilterPattern } from "../../../lib/patterns/filter-pattern/filter-pattern";
import { compileJson } from "../../../lib/patterns/filter-pattern/json-matcher";
import type { JsonClause, JsonExpression } from "../../../lib/patterns/filter-pattern/json-syntax";
import { FIELD, type RecordOutline } from "../../records/record-outline";
import { keyTest, utf8, type TextTest } from "./key-test";
import { fieldOfRecord, type PatternLiterals } from "./pattern-literals";
import { ByRequiredName, requiredNames } from "./required-names";

/** A pattern to look for, and what of it is searched for in every record. */
export interface ScreenedPattern {
  readonly pattern: FilterPattern;
  /** Whether its events are EventBridge's, with the record under `detail`. */
  readonly envelope: boolean;
  readonly literals: PatternLiterals | undefined;
}

/** Whether an expression holds for every record of a name or for none, or what its records must contain. */
type Rest = boolean | TextTest;

/** What is left to test of one pattern in the records of a name. */
interface NamedTest {
  readonly rest: true | TextTest;
  /** Whether the name suffices for the test, without any of the literals. */
  readonly byName: boolean;
  readonly otherThan: readonly string[] | undefined;
}

type PlainRecord = Pick<RecordOutline, "start" | "end" | "from" | "to" | "isNotable">;

/** More names than AWS has: those in a forged archive must not fill the memory. */
const MAX_NAMES = 20_000;

/**
 * Whether the bytes of a plain record contain everything that one of many patterns requires: its name, and together the
 * other keys and their values. `RecordPrefilter` looks for the rarest of these only, but in every record. This excludes
 * only records that no pattern matches.
 */
export class RecordScreen {
  private readonly patterns = new ByRequiredName<ScreenedPattern>();
  /** By the name in Latin-1. */
  private readonly testsOf = new Map<string, readonly NamedTest[]>();

  /** `further`: what else suffices, whatever its names. */
  constructor(
    patterns: readonly ScreenedPattern[],
    private readonly further: readonly (PatternLiterals | undefined)[],
  ) {
    // Many accounts have the same ones.
    const byText = new Map(patterns.map((each) => [`${String(each.envelope)} ${each.pattern.toString()}`, each]));
    for (const each of byText.values()) {
      const { syntax } = each.pattern;
      this.patterns.add(syntax.kind === "json" ? requiredNames(syntax.expression, each.envelope) : undefined, each);
    }
  }

  /** Whether a plain record may match, or must be parsed to know. */
  mayMatch(bytes: Buffer, outline: PlainRecord): boolean {
    const name = bytes.toString("latin1", outline.from(FIELD.name), outline.to(FIELD.name));
    let tests = this.testsOf.get(name);
    if (tests === undefined) {
      if (this.testsOf.size >= MAX_NAMES) this.testsOf.clear();
      tests = this.testsFor(utf8(name));
      this.testsOf.set(name, tests);
    }
    let record: string | undefined;
    for (const { rest, byName, otherThan } of tests) {
      if (!byName && !outline.isNotable && !isOther(bytes, outline, otherThan)) continue;
      if (rest === true) return true;
      record ??= bytes.toString("latin1", outline.start, outline.end);
      if (rest(record)) return true;
    }
    return record !== undefined && hasLetterEscape(record);
  }

  private testsFor(name: string): readonly NamedTest[] {
    const own = this.patterns.of(name).flatMap(({ pattern: { syntax }, envelope, literals }) => {
      const rest = syntax.kind === "json" ? restOf(syntax.expression, { name, envelope }) : true;
      if (rest === false) return [];
      const { names, namePieces, otherThan } = literals ?? { names: [name], namePieces: [] };
      return { rest, byName: names.includes(name) || namePieces.some(({ fits }) => fits(name)), otherThan };
    });
    const further = this.further.flatMap((literals) => {
      const rest = furtherRest(literals, name);
      return rest === false ? [] : { rest, byName: true, otherThan: undefined };
    });
    return [...own, ...further];
  }
}

function isOther(bytes: Buffer, outline: PlainRecord, regions: readonly string[] | undefined): boolean {
  if (regions === undefined) return false;
  return !regions.includes(bytes.toString("utf8", outline.from(FIELD.region), outline.to(FIELD.region)));
}

/** Escapes that may stand for any letter: a key or a text may be written in another way. */
function hasLetterEscape(record: string): boolean {
  return record.includes("\\u") || record.includes("\\/");
}

interface Known {
  readonly name: string;
  readonly envelope: boolean;
}

function restOf(expression: JsonExpression, known: Known): Rest {
  if (expression.kind === "clause") return restOfClause(expression, known);
  const decides = expression.kind === "or";
  const tests: TextTest[] = [];
  for (const part of expression.parts) {
    const rest = restOf(part, known);
    // Most patterns are decided by the name.
    if (rest === decides) return rest;
    if (typeof rest === "function") tests.push(rest);
  }
  if (tests.length === 0) return !decides;
  return (record) => {
    for (const test of tests) if (test(record) === decides) return decides;
    return !decides;
  };
}

function restOfClause(clause: JsonClause, { name, envelope }: Known): Rest {
  const field = fieldOfRecord(clause.selector, envelope);
  if (field === undefined) return true;
  if (field !== "eventName") return keyTest(clause) ?? true;
  const record = { eventName: name };
  return compileJson(clause)(envelope ? { detail: record } : record);
}

/** What a feed requires beside names: where it requires nothing else, its names are tested later. */
function furtherRest(literals: PatternLiterals | undefined, name: string): Rest {
  if (literals === undefined) return false;
  const { namePieces, pieces, otherThan } = literals;
  if (otherThan !== undefined || namePieces.some(({ fits }) => fits(name))) return true;
  const texts = pieces.map(({ text }) => Buffer.from(text).toString("latin1"));
  return texts.length > 0 && ((record) => texts.some((text) => record.includes(text)));
}
