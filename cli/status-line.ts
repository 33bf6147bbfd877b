/** What takes less time needs no progress. */
const QUIET_MILLISECONDS = 2000;
const INTERVAL_MILLISECONDS = 1000;
/** Where nobody watches, as in a log, a line now and then is enough. */
const LOG_INTERVALS = 10;

/** Tells on standard error what is waited for, once it takes a while. */
export function showStatus(text: () => string): { stop: () => void } {
  const stream = process.stderr;
  const started = Date.now();
  let shown = 0;
  const timer = setInterval(() => {
    const elapsed = Date.now() - started;
    if (elapsed < QUIET_MILLISECONDS) return;
    const line = `${text()} (${Math.round(elapsed / 1000)} s)`;
    if (stream.isTTY) stream.write(`\r\u001b[K${line}`);
    else if (shown % LOG_INTERVALS === 0) stream.write(`${line}\n`);
    shown += 1;
  }, INTERVAL_MILLISECONDS);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      if (shown > 0 && stream.isTTY) stream.write("\r\u001b[K");
    },
  };
}
