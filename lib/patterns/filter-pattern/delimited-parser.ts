import type { FieldCondition, Slot } from "./delimited-syntax";
import type { Lexer } from "./lexer";
import { parseComparison } from "./operand";
import type { WildcardRule } from "./wildcard";

const NAME = /[A-Za-z0-9_-]+/y;

/** Parses `[ … ]`. An empty place is a field without a name; `[]` has no places at all. */
export function parseDelimited(lexer: Lexer, wildcards: WildcardRule): readonly Slot[] {
  lexer.expect("[");
  lexer.skipBlanks();
  const slots: Slot[] = [];
  const names = new Set<string>();
  if (!lexer.take("]")) {
    do {
      slots.push(parseSlot(lexer, { slots, names, wildcards }));
    } while (lexer.take(","));
    lexer.expect("]");
  }
  if (!lexer.isAtEnd() && lexer.skipBlanks()) lexer.warn("AWS may refuse blanks around the brackets");
  if (!lexer.isAtEnd()) lexer.fail(`a pattern that starts with '[' must end with its ']', got ${lexer.describeNext()}`);
  return slots;
}

interface Earlier {
  readonly slots: readonly Slot[];
  readonly names: Set<string>;
  readonly wildcards: WildcardRule;
}

function parseSlot(lexer: Lexer, earlier: Earlier): Slot {
  lexer.skipBlanks();
  const start = lexer.offset;
  if (lexer.take("...")) {
    if (earlier.slots.some((slot) => slot.kind === "ellipsis"))
      lexer.fail("a pattern must hold at most one '...'", start);
    lexer.skipBlanks();
    return { kind: "ellipsis" };
  }
  if (lexer.next === "," || lexer.next === "]") return { kind: "field", name: undefined, condition: undefined };

  const parser = new SlotParser(lexer, earlier.wildcards);
  const condition = parser.parse();
  const name = parser.fieldName;
  if (name !== undefined && earlier.names.has(name)) lexer.fail(`Duplicate field '${name}'`, start);
  if (name !== undefined) earlier.names.add(name);
  return { kind: "field", name, condition };
}

/** A field's name, or its condition, in which every comparison repeats the name. */
class SlotParser {
  fieldName: string | undefined;

  constructor(
    private readonly lexer: Lexer,
    private readonly wildcards: WildcardRule,
  ) {}

  parse(): FieldCondition | undefined {
    const alone = this.lexer.match(/[A-Za-z0-9_-]+(?=[ \t\r\n]*[,\]])/y);
    if (alone === undefined) return this.group("or");
    this.fieldName = alone;
    this.lexer.skipBlanks();
    return undefined;
  }

  private group(kind: "and" | "or"): FieldCondition {
    const parts: FieldCondition[] = [];
    do {
      this.lexer.skipBlanks();
      const part = kind === "or" ? this.group("and") : this.primary();
      if (part.kind === kind) parts.push(...part.parts);
      else parts.push(part);
      this.lexer.skipBlanks();
    } while (this.lexer.take(kind === "or" ? "||" : "&&"));
    const [only] = parts;
    return only !== undefined && parts.length === 1 ? only : { kind, parts };
  }

  private primary(): FieldCondition {
    const start = this.lexer.offset;
    if (!this.lexer.take("(")) return this.comparison();
    this.lexer.warn("AWS does not document parentheses within '[]'", start);
    const inner = this.group("or");
    this.lexer.expect(")");
    return inner;
  }

  private comparison(): FieldCondition {
    const start = this.lexer.offset;
    const name = this.lexer.match(NAME);
    if (name === undefined) {
      return this.lexer.fail(
        `a field must be a name of letters, digits, '-' and '_', '...' or empty, got ${this.lexer.describeNext()}`,
      );
    }
    this.fieldName ??= name;
    if (name !== this.fieldName) {
      this.lexer.fail(`a field's condition must name only that field, '${this.fieldName}', got '${name}'`, start);
    }
    this.lexer.skipBlanks();
    const comparison = parseComparison(this.lexer, this.wildcards);
    if (comparison !== undefined) return { kind: "compare", comparison };
    return this.lexer.fail(`expected an operator, ',' or ']' behind '${name}', got ${this.lexer.describeNext()}`);
  }
}
