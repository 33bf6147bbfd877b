import type { ReadProgress } from "../inventory/read-organization";

/** What takes less time needs no progress. */
const QUIET_MILLISECONDS = 2000;
const INTERVAL_MILLISECONDS = 1000;
/** Where nobody watches, as in a log, a line now and then is enough. */
const LOG_INTERVALS = 10;

/** Shows on standard error how far the reading of AWS Organizations is, once it takes a while. */
export function showReading(withTags: boolean): { update: (done: ReadProgress) => void; stop: () => void } {
  const stream = process.stderr;
  const started = Date.now();
  let done: ReadProgress = { accounts: 0, organizationalUnits: 0, tagged: 0 };
  let shown = 0;

  const timer = setInterval(() => {
    if (Date.now() - started < QUIET_MILLISECONDS) return;
    const text = progressText(done, withTags);
    if (stream.isTTY) stream.write(`\r\u001b[K${text}`);
    else if (shown % LOG_INTERVALS === 0) stream.write(`${text}\n`);
    shown += 1;
  }, INTERVAL_MILLISECONDS);
  timer.unref();

  return {
    update: (progress) => {
      done = progress;
    },
    stop: () => {
      clearInterval(timer);
      if (shown > 0 && stream.isTTY) stream.write("\r\u001b[K");
    },
  };
}

function progressText({ accounts, organizationalUnits, tagged }: ReadProgress, withTags: boolean): string {
  const read = `AWS Organizations: ${accounts} accounts, ${organizationalUnits} organizational units`;
  return withTags && tagged > 0 ? `${read}, tags of ${tagged} accounts` : read;
}
