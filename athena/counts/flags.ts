/** Packs expressions as bits into a few numeric columns. */
export class Flags {
  private readonly places: ReadonlyMap<string, { readonly column: number; readonly bit: number }>;
  private readonly expressions: readonly string[];

  /** `guards`: conditions under which an expression is evaluated; without one, it is evaluated for every record. */
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

  /** The columns, as the SELECT lists them. */
  get selected(): readonly string[] {
    return this.columns.map((name, column) => {
      const terms = this.expressions
        .filter((sql) => this.places.get(sql)?.column === column)
        .map((sql, bit) => `CASE WHEN ${this.guarded(sql)} THEN ${2 ** bit} ELSE 0 END`);
      return `${terms.join("\n    + ")} AS ${name}`;
    });
  }

  /** Whether an expression is true in a row, from its column values. */
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
 * Trino compiles each column to one Java method of at most 64 kB. A query with a hundred conditions in one column would
 * be refused ("Query exceeded maximum columns").
 */
const FLAGS_OF_A_COLUMN = 10;
