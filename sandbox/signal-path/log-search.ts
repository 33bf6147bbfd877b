import { isInternal } from "../../lib/support/failure";
import { compileFilterPattern } from "../../signals";

/** A log event as CloudWatch Logs returns it. */
export interface StoredEvent {
  readonly timestamp?: number | undefined;
  readonly message?: string | undefined;
}

/** The part of a search that is not about time and log group. */
export interface LogSearch {
  readonly filterPattern?: string | undefined;
  readonly limit?: number | undefined;
  readonly nextToken?: string | undefined;
}

export interface LogPage<E> {
  readonly events: readonly E[];
  readonly nextToken?: string;
}

/** Events that one page looks at. AWS stops after 1 MB, and returns a page without events where nothing matched. */
const LOOKED_AT = 500;

/** Source: CloudWatch Logs API, FilterLogEvents, limit. */
const MOST_EVENTS = 10_000;

/**
 * A page of FilterLogEvents: the events that match, the earliest first. A page can be empty although a later one is not.
 *
 * @throws Error for a pattern or token that AWS refuses
 */
export function searchPage<E extends StoredEvent>(stored: readonly E[], search: LogSearch): LogPage<E> {
  const { filterPattern = "", limit = MOST_EVENTS, nextToken } = search;
  const matches = matcher(filterPattern);
  const from = nextToken === undefined ? 0 : Number(nextToken);
  if (!Number.isInteger(from) || from < 0) throw new Error("The specified nextToken is invalid.");
  const sorted = [...stored].sort((one, other) => (one.timestamp ?? 0) - (other.timestamp ?? 0));
  const events: E[] = [];
  let next = from;
  while (next < sorted.length && next < from + LOOKED_AT && events.length < limit) {
    const event = sorted[next];
    next += 1;
    if (event !== undefined && matches(event)) events.push(event);
  }
  return { events, ...(next < sorted.length ? { nextToken: String(next) } : {}) };
}

function matcher(filterPattern: string): (event: StoredEvent) => boolean {
  if (filterPattern.trim() === "") return () => true;
  try {
    const pattern = compileFilterPattern(filterPattern);
    return ({ message = "" }) => pattern.matches(message);
  } catch (error) {
    if (isInternal(error)) throw error;
    throw new Error("Invalid filter pattern", { cause: error });
  }
}
