import { byText } from "../../support/by-text";
import { compileDelimited } from "./delimited-matcher";
import { parseDelimited } from "./delimited-parser";
import { printDelimited, type Slot } from "./delimited-syntax";
import { FilterPatternError, type FilterPatternWarning } from "./filter-pattern-error";
import { compileJson } from "./json-matcher";
import { parseJsonPattern } from "./json-parser";
import { printJson, type JsonExpression } from "./json-syntax";
import { jsonWarnings } from "./json-warnings";
import { Lexer } from "./lexer";
import { parseEvent, type ParsedEvent } from "./parsed-event";
import { compileTerms, parseTerms, printTerm, type Term } from "./terms";
import type { WildcardRule } from "./wildcard";

/** Source: CloudWatch Logs API, PutMetricFilter. */
const MAX_CHARACTERS = 1024;

/** The parsed pattern, in one of the three languages; its first character selects the language. */
export type FilterPatternSyntax =
  | { readonly kind: "terms"; readonly terms: readonly Term[] }
  | { readonly kind: "json"; readonly expression: JsonExpression }
  | { readonly kind: "delimited"; readonly slots: readonly Slot[] };

/** A compiled filter pattern. */
export interface FilterPattern {
  /** The parsed pattern, for code that compiles or explains it further. */
  readonly syntax: FilterPatternSyntax;
  /** Parts that CloudWatch accepts silently although they are seldom intended. */
  readonly warnings: readonly FilterPatternWarning[];
  /** Whether CloudWatch would count this message. */
  matches(message: string): boolean;
  /** The same for an event that is also matched against other patterns. */
  matchesEvent(event: ParsedEvent): boolean;
  /**
   * The values that a metric can use, with the names of TestMetricFilter: `$name`, or `$1` for a word without a name.
   * Empty for terms and JSON, undefined when the message does not match.
   */
  extract(message: string): Record<string, string> | undefined;
  /** The pattern as text, which compiles to the same. */
  toString(): string;
}

/** Options for behaviour that AWS does not document. */
export interface FilterPatternOptions {
  /**
   * How `*` is read.
   *
   * @default "glob"
   */
  readonly wildcards?: WildcardRule;
}

/**
 * Compiles a CloudWatch Logs filter pattern with the semantics of CloudWatch.
 *
 * @throws FilterPatternError for what CloudWatch refuses
 */
export function compileFilterPattern(
  pattern: string,
  { wildcards = "glob" }: FilterPatternOptions = {},
): FilterPattern {
  return wildcards === "glob" ? compiledAsGlob(pattern) : compiled(pattern, wildcards);
}

/** The accounts of an organization have the same few hundred patterns, and each is compiled for several purposes. */
const compiledAsGlob = byText((pattern) => compiled(pattern, "glob"));

function compiled(pattern: string, wildcards: WildcardRule): FilterPattern {
  if (pattern.length > MAX_CHARACTERS) {
    throw new FilterPatternError(
      `a filter pattern must be at most ${MAX_CHARACTERS} characters, got ${pattern.length}`,
      MAX_CHARACTERS,
    );
  }
  const lexer = new Lexer(pattern);
  const syntax = parse(lexer, wildcards);
  return {
    syntax,
    // Most code does not ask for them.
    get warnings() {
      return syntax.kind === "json" ? [...lexer.warnings, ...jsonWarnings(syntax.expression)] : lexer.warnings;
    },
    ...compile(syntax),
    toString: () => print(syntax),
  };
}

/** The first character that is not a blank selects the language. */
function parse(lexer: Lexer, wildcards: WildcardRule): FilterPatternSyntax {
  const blanks = lexer.skipBlanks();
  if (lexer.next === "{") {
    if (blanks) lexer.fail("a pattern must not have blanks before its '{'", 0);
    return { kind: "json", expression: parseJsonPattern(lexer, wildcards) };
  }
  if (lexer.next === "[") {
    if (blanks) lexer.warn("AWS may refuse blanks around the brackets", 0);
    return { kind: "delimited", slots: parseDelimited(lexer, wildcards) };
  }
  return { kind: "terms", terms: parseTerms(lexer) };
}

type Matching = Pick<FilterPattern, "matches" | "matchesEvent" | "extract">;

function compile(syntax: FilterPatternSyntax): Matching {
  switch (syntax.kind) {
    case "terms": {
      const holds = compileTerms(syntax.terms);
      return matching((event) => holds(event.message));
    }
    case "json": {
      // Compiled for the first event: most accounts of an organization have none.
      let holds: ReturnType<typeof compileJson> | undefined;
      return matching(({ json }) => {
        if (json === undefined) return false;
        holds ??= compileJson(syntax.expression);
        return holds(json);
      });
    }
    case "delimited": {
      const extract = compileDelimited(syntax.slots);
      return { ...matching((event) => extract(event.message) !== undefined), extract };
    }
  }
}

function matching(matchesEvent: (event: ParsedEvent) => boolean): Matching {
  const matches = (message: string): boolean => matchesEvent(parseEvent(message));
  return { matchesEvent, matches, extract: (message) => (matches(message) ? {} : undefined) };
}

/** Omits blanks where the pattern would otherwise exceed CloudWatch's limit. */
function print(syntax: FilterPatternSyntax): string {
  const text = printWith(syntax, " ");
  return text.length > MAX_CHARACTERS ? printWith(syntax, "") : text;
}

function printWith(syntax: FilterPatternSyntax, gap: string): string {
  switch (syntax.kind) {
    case "terms":
      return syntax.terms.map(printTerm).join(" ");
    case "json":
      return `{${gap}${printJson(syntax.expression, gap)}${gap}}`;
    case "delimited":
      return printDelimited(syntax.slots, gap);
  }
}
