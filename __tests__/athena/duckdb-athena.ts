import type { AthenaApi } from "../../athena/aws/athena-api";
import type { Row } from "../../athena/counts/take-rows";
import type { TrailInDuckDb } from "../support/athena";

/** What the counts' queries use of Trino that DuckDB calls otherwise. */
const TRINO = [
  "CREATE OR REPLACE MACRO from_iso8601_timestamp(t) AS t::TIMESTAMPTZ",
  "CREATE OR REPLACE MACRO to_unixtime(t) AS epoch(t)",
  "CREATE OR REPLACE MACRO bitwise_or_agg(n) AS bit_or(n)",
  "CREATE OR REPLACE MACRO regexp_like(t, p) AS regexp_matches(t, p)",
];

/** Fewer rows on a page than Athena gives, so that there are several. */
const PAGE = 100;

/** Athena as DuckDB plays it: each query runs when it is started, and is seen to run once. */
export async function athenaOver(
  trail: TrailInDuckDb,
  scanLimit?: number,
): Promise<AthenaApi & { readonly stopped: string[] }> {
  for (const macro of TRINO) await trail.rows(macro);
  const results = new Map<string, readonly Row[]>();
  const seen = new Set<string>();
  const stopped: string[] = [];
  return {
    stopped,
    scanLimit: () => Promise.resolve(scanLimit),
    start: async (sql) => {
      const id = `query-${results.size + 1}`;
      const rows = await trail.rows(sql);
      results.set(
        id,
        rows.map((row) => row.map((value) => (value === null ? undefined : String(value as string | number)))),
      );
      return id;
    },
    state: (id) => {
      const state = seen.has(id) ? "SUCCEEDED" : "RUNNING";
      seen.add(id);
      return Promise.resolve({ state, scannedBytes: state === "RUNNING" ? 10 : 1000 });
    },
    stop: (id) => {
      stopped.push(id);
      return Promise.resolve();
    },
    rows: (id, token) => {
      const rows = results.get(id) ?? [];
      const start = Number(token ?? 0);
      const next = start + PAGE;
      return Promise.resolve({
        rows: rows.slice(start, next),
        ...(next < rows.length ? { next: String(next) } : {}),
      });
    },
  };
}
