import { TRAIL_TABLE } from "./trail-table";

/** A query that people find in Athena, with `?` where they fill in. */
export interface SavedQuery {
  /** Lower-case letters, digits and `-`. */
  readonly id: string;
  readonly name: string;
  /** What it answers, and what stands for each `?`. */
  readonly description: string;
  readonly sql: string;
}

interface SqlQuery {
  readonly columns: readonly string[];
  /** All must hold. */
  readonly conditions: readonly string[];
  /** What follows them: groups, order, limit. */
  readonly end: readonly string[];
}

/** What to fill in first: without an account and days, a query would read the whole archive. */
const WHICH_FILES = ["the account's id", "the first day (yyyy/MM/dd)", "the last day"];

/** The text of a query: `?` stands for the account and the days first. */
export function savedSql({ columns, conditions, end }: SqlQuery): string {
  return [
    `SELECT ${columns.join(", ")}`,
    `FROM ${TRAIL_TABLE.database}.${TRAIL_TABLE.table}`,
    "WHERE account = ?",
    "  AND day BETWEEN ? AND ?",
    ...conditions.map((condition) => `  AND ${condition}`),
    ...end,
  ].join("\n");
}

/** How to fill in: Athena asks for the values by their number, and wants texts in quotes. */
export function howToFillIn(...further: readonly string[]): string {
  const values = [...WHICH_FILES, ...further].map((value, index) => `${index + 1} ${value}`);
  return `Fill in, each in single quotes: ${values.join(", ")}.`;
}
