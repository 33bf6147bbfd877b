import { setTimeout } from "node:timers/promises";
import type { AthenaApi, QueryState } from "./aws/athena-api";
import { queryFailure } from "./aws/failures";
import type { Row } from "./counts/take-rows";

export interface RunOptions {
  /** Stops the query: Athena bills what it has read by then. */
  readonly signal?: AbortSignal;
  /** Called with the progress of the query. */
  readonly onState?: (state: QueryState) => void;
  /** The most that a query may read, for the error message when the limit is exceeded. */
  readonly scanLimit?: number | undefined;
  /**
   * Milliseconds between two polls of the query's state.
   *
   * @default 1000
   */
  readonly pollMilliseconds?: number;
}

/**
 * Runs a query and yields its rows, page by page.
 *
 * @throws AthenaError when it fails; the error of the API call when Athena refuses a call
 */
export async function* runQuery(api: AthenaApi, sql: string, options: RunOptions = {}): AsyncGenerator<readonly Row[]> {
  const id = await api.start(sql);
  await finished(api, id, options);
  let token: string | undefined;
  do {
    options.signal?.throwIfAborted();
    const page = await api.rows(id, token);
    yield page.rows;
    token = page.next;
  } while (token !== undefined);
}

async function finished(api: AthenaApi, id: string, options: RunOptions): Promise<void> {
  const { signal, onState, scanLimit, pollMilliseconds = 1000 } = options;
  let hasEnded = false;
  try {
    for (;;) {
      const now = await api.state(id);
      hasEnded = now.state === "FAILED" || now.state === "CANCELLED";
      onState?.(now);
      if (now.state === "SUCCEEDED") return;
      if (hasEnded) throw queryFailure(id, now.reason ?? "", scanLimit);
      await setTimeout(pollMilliseconds, undefined, signal === undefined ? {} : { signal });
    }
  } catch (error) {
    // Stop the query on abort or error so that it is not billed further.
    if (!hasEnded) await api.stop(id).catch(() => undefined);
    throw error;
  }
}
