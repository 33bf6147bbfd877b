import { ConditionError, type NormalForm } from "../normal-form";
import { literal } from "./literal";
import { sqlCondition } from "./sql-condition";
import { TRAIL_TABLE } from "./trail-table";

/** What is counted, as one account's alarm counts it. */
export interface CountedMetric {
  /** How the rows call it. Accounts may share a name, each with a form of its own; every account's events need their own. */
  readonly metric: string;
  /** The 12-digit id of the account whose events count; undefined: every account's do. */
  readonly account: string | undefined;
  /** What a record must be like. */
  readonly form: NormalForm;
}

/** Which events to look at. */
export interface Span {
  /** 12-digit ids; at least one. */
  readonly accounts: readonly string[];
  /** The first moment, to the second. */
  readonly from: Date;
  /** The moment after the last, to the second. */
  readonly to: Date;
}

/**
 * What one query may hold. Source: Athena User Guide, service quotas, "Query string length"; Trino's functions of any
 * number of arguments, such as ARRAY, take 254.
 */
export const QUERY_LIMITS = { bytes: 262_144, columns: 254 } as const;

const DAY = 86_400_000;

/**
 * Queries that count events per account, region, minute and metric: columns `account`, `region`, `minute` (in UTC, such
 * as `2026-01-15T09:30`), `metric` and `events`. There is no row for what did not happen. An event that CloudTrail
 * delivered twice counts twice: to tell would mean to sort them all.
 *
 * Nearly always one. What is too long for a query is divided by accounts, so that nothing is read twice; what is too
 * long for a single account, by metrics.
 *
 * @throws ConditionError for what the table cannot tell
 */
export function countsQueries(metrics: readonly CountedMetric[], span: Span): string[] {
  const columns = columnsOf(metrics, span.accounts);
  if (columns.length === 0) return [];
  const sql = countsQuery(columns, span);
  if (Buffer.byteLength(sql) <= QUERY_LIMITS.bytes && columns.length <= QUERY_LIMITS.columns) return [sql];
  if (span.accounts.length > 1) {
    return halves(span.accounts).flatMap((accounts) => countsQueries(metrics, { ...span, accounts }));
  }
  if (metrics.length > 1) return halves(metrics).flatMap((half) => countsQueries(half, span));
  throw new ConditionError(`a query must be at most ${QUERY_LIMITS.bytes} bytes, got '${Buffer.byteLength(sql)}'`);
}

function halves<T>(list: readonly T[]): (readonly T[])[] {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
}

/** A count, and what it is called; of accounts that ask the same, one for all. */
interface Column {
  readonly metric: string;
  readonly condition: string;
}

function columnsOf(metrics: readonly CountedMetric[], accounts: readonly string[]): Column[] {
  const looked = new Set(accounts);
  const byText = new Map<string, { readonly metric: string; readonly sql: string; readonly own: Set<string> }>();
  for (const { metric, account, form } of metrics) {
    if (account !== undefined && !looked.has(account)) continue;
    const sql = sqlCondition(form, account);
    const text = JSON.stringify([metric, account === undefined, sql]);
    const column = byText.get(text) ?? { metric, sql, own: new Set<string>() };
    byText.set(text, column);
    if (account !== undefined) column.own.add(account);
  }
  return [...byText.values()].map(({ metric, sql, own }) => ({
    metric,
    condition: own.size === 0 || own.size === looked.size ? sql : `${isOneOf([...own])} AND (${sql})`,
  }));
}

/** Each count is an aggregate of its own: Trino compiles no expression of more than 64 kB. */
function countsQuery(columns: readonly Column[], { accounts, from, to }: Span): string {
  // Files lie by the day of their delivery, which may be the next.
  const days = [from, new Date(to.getTime() + DAY)].map((time) => literal(dayOf(time)));
  return [
    "SELECT account, region, minute, metric, events",
    "FROM (",
    "  SELECT account, awsregion AS region, substr(eventtime, 1, 16) AS minute,",
    columns.map(({ condition }, at) => `    count_if(${condition}) AS m${at}`).join(",\n"),
    `  FROM ${TRAIL_TABLE.database}.${TRAIL_TABLE.table}`,
    `  WHERE ${isOneOf(accounts)}`,
    `    AND day BETWEEN ${days.join(" AND ")}`,
    `    AND eventtime >= ${literal(secondOf(from))} AND eventtime < ${literal(secondOf(to))}`,
    "  GROUP BY 1, 2, 3",
    ")",
    `CROSS JOIN UNNEST(ARRAY[${columns.map(({ metric }) => literal(metric)).join(", ")}],`,
    `  ARRAY[${columns.map((_, at) => `m${at}`).join(", ")}]) AS counted (metric, events)`,
    "WHERE events > 0",
  ].join("\n");
}

function isOneOf(accounts: readonly string[]): string {
  return `account IN (${accounts.map((account) => literal(account)).join(", ")})`;
}

/** A day as the partitions have it. */
function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10).replaceAll("-", "/");
}

/** A second as CloudTrail writes it. */
function secondOf(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
