/** Expressions as bits of a few columns of numbers. */
export class Flags {
  private readonly places: ReadonlyMap<string, { readonly column: number; readonly bit: number }>;
  private readonly expressions: readonly string[];

  /** `guards`: what an expression is only asked for; without one, it is asked for every record. */
  constructor(
    private readonly name: string,
    expressions: Iterable<string>,
    private readonly guards: ReadonlyMap<string, string> = new Map(),
  ) {
    this.expressions = [...new Set(expressions)];
    this.places = new Map(
      this.expressions.map((sql, number) => [
        sql,
        { column: Math.floor(number / FLAGS_OF_A_COLUMN), bit: number % FLAGS_OF_A_COLUMN },
      ]),
    );
  }

  /** Names of the columns. */
  get columns(): readonly string[] {
    const count = Math.ceil(this.expressions.length / FLAGS_OF_A_COLUMN);
    return Array.from({ length: count }, (_, column) => `${this.name}_${column}`);
  }

  /** The columns, as a SELECT has them. */
  get selected(): readonly string[] {
    return this.columns.map((name, column) => {
      const terms = this.expressions
        .filter((sql) => this.places.get(sql)?.column === column)
        .map((sql, bit) => `CASE WHEN ${this.guarded(sql)} THEN ${2 ** bit} ELSE 0 END`);
      return `${terms.join("\n    + ")} AS ${name}`;
    });
  }

  /** Whether an expression is true in a row, by its values of the columns. */
  isSet(sql: string, values: readonly number[]): boolean {
    const place = this.places.get(sql);
    return place !== undefined && (((values[place.column] ?? 0) >> place.bit) & 1) === 1;
  }

  private guarded(sql: string): string {
    const guard = this.guards.get(sql);
    return guard === undefined ? sql : `${guard} AND (${sql})`;
  }
}

/**
 * Trino makes one Java method of each column, which must not be larger than 64 kB: a hundred conditions in one column
 * would be refused ("Query exceeded maximum columns").
 */
const FLAGS_OF_A_COLUMN = 10;
