import type { CountedAccount } from "./counts-query";
import { CountsQuery, type QueryTimeSpan } from "./counts-query";

/**
 * Accounts per query: Athena lists all their partitions before the query begins, and each account id is part of its
 * text. Source of the text's limit: Athena service quotas, length of a query string.
 */
const MAX_ACCOUNTS = 500;
const MAX_BYTES = 262_144;

/** The smallest number of queries that covers all accounts: accounts with the same conditions share a query. */
export function countsQueries(
  accounts: readonly CountedAccount[],
  span: QueryTimeSpan,
  database?: string,
): CountsQuery[] {
  const queries: CountsQuery[] = [];
  let current: CountsQuery | undefined;
  for (const group of alike(accounts)) {
    const together: CountsQuery | undefined =
      current && new CountsQuery([...current.accounts, ...group], span, database);
    if (together !== undefined && isQueried(together)) {
      current = together;
      continue;
    }
    if (current !== undefined) queries.push(current);
    current = new CountsQuery(group, span, database);
  }
  return current === undefined ? queries : [...queries, current];
}

function isQueried(query: CountsQuery): boolean {
  return query.accounts.length <= MAX_ACCOUNTS && Buffer.byteLength(query.sql) <= MAX_BYTES;
}

/** Groups of accounts with the same conditions, none larger than one query allows. */
function alike(accounts: readonly CountedAccount[]): CountedAccount[][] {
  const numbers = new Map<string, number>();
  const numberOf = (sql: string): number => {
    const number = numbers.get(sql) ?? numbers.size;
    numbers.set(sql, number);
    return number;
  };
  const groups = new Map<string, CountedAccount[]>();
  for (const account of accounts) {
    const queried = account.feeds.map(({ sql, filters }) =>
      [sql, ...filters.map((filter) => filter.sql)].map(numberOf),
    );
    const key = JSON.stringify(queried);
    groups.set(key, [...(groups.get(key) ?? []), account]);
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / MAX_ACCOUNTS) }, (_, part) =>
      group.slice(part * MAX_ACCOUNTS, (part + 1) * MAX_ACCOUNTS),
    ),
  );
}
