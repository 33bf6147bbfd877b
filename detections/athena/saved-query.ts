import { TRAIL_TABLE } from "./trail-table";

/** A saved Athena query, with `?` where users fill in values. */
export interface SavedQuery {
  /** Lower-case letters, digits and `-`. */
  readonly id: string;
  readonly name: string;
  /** What it answers, and what each `?` stands for. */
  readonly description: string;
  readonly sql: string;
}

interface SqlQuery {
  readonly columns: readonly string[];
  /** All must hold. */
  readonly conditions: readonly string[];
  /** The clauses that follow them: groups, order, limit. */
  readonly end: readonly string[];
}

/** Filled in first: without an account and days, a query would read the whole archive. */
const WHICH_FILES = ["the account's id", "the first day (yyyy/MM/dd)", "the last day"];

/** The text of a query: the first `?` stand for the account and the days. */
export function savedSql(database: string, { columns, conditions, end }: SqlQuery): string {
  return [
    `SELECT ${columns.join(", ")}`,
    `FROM ${database}.${TRAIL_TABLE}`,
    "WHERE account = ?",
    "  AND day BETWEEN ? AND ?",
    ...conditions.map((condition) => `  AND ${condition}`),
    ...end,
  ].join("\n");
}

/** How to fill in the values: Athena prompts for them by number, and needs texts in quotes. */
export function howToFillIn(...further: readonly string[]): string {
  const values = [...WHICH_FILES, ...further].map((value, index) => `${index + 1} ${value}`);
  return `Fill in, each in single quotes: ${values.join(", ")}.`;
}
