import type { CountEvaluator } from "../../signals";
import type { CountsQuery } from "./counts-query";

/** A row as Athena gives it: texts in the order of the columns. */
export type Row = readonly (string | undefined)[];

const MINUTE = 60_000;

/**
 * Feeds the rows of a query to the evaluation.
 *
 * @returns how many records the rows count, duplicates included
 */
export function takeRows(query: CountsQuery, rows: Iterable<Row>, evaluator: CountEvaluator): number {
  const feedsOf = new Map(query.accounts.map(({ id, feeds }) => [id, feeds]));
  const flags = { feeds: query.feeds.columns.length, filters: query.filters.columns.length };
  let total = 0;
  for (const row of rows) {
    const numbers = row.map(Number);
    const passed = numbers.slice(1, 1 + flags.feeds);
    const matched = numbers.slice(1 + flags.feeds, 1 + flags.feeds + flags.filters);
    const [bucket = 0, records = 0, events = 0, earliest = 0, latest = 0] = numbers.slice(
      1 + flags.feeds + flags.filters,
    );
    // 60 bits do not fit into a JavaScript number.
    const minutes = BigInt(row.at(-1) ?? "0");
    total += records;
    // No row spans several days.
    evaluator.addDay(row[0] ?? "", earliest * 1000);

    for (const { number, sql, filters } of feedsOf.get(row[0] ?? "") ?? []) {
      if (!query.feeds.isSet(sql, passed)) continue;
      evaluator.pass(number, latest * 1000);
      evaluator.pass(number, earliest * 1000);
      for (const minute of minutesOf(minutes)) evaluator.pass(number, bucket * 1000 + minute * MINUTE);
      const ofFeed = filters.filter(({ sql: condition }) => query.filters.isSet(condition, matched));
      evaluator.add(
        ofFeed.map(({ filter }) => filter),
        { minute: bucket * 1000, events, first: earliest * 1000, last: latest * 1000 },
      );
    }
  }
  return total;
}

function minutesOf(bits: bigint): number[] {
  return Array.from({ length: 60 }, (_, minute) => minute).filter((minute) => ((bits >> BigInt(minute)) & 1n) === 1n);
}
