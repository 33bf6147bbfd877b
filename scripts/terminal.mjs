// Used before npm's packages are installed: printable.ts and status-line.ts of lib/support do the same afterwards.
import { clearInterval, setInterval } from "node:timers";

const QUIET_MILLISECONDS = 2000;
const INTERVAL_MILLISECONDS = 1000;
/** In a log, print rarely. */
const LOG_INTERVALS = 10;
const CLEAR_LINE = "\r\u001b[K";

/**
 * Shows on standard error that something is running, and for how long: on a terminal in one line, elsewhere as a line
 * every ten seconds. Returns a function that ends it.
 */
export function showWaiting(what, stream = process.stderr) {
  const repaints = stream.isTTY && process.env.TERM !== "dumb";
  const started = Date.now();
  let shown = 0;
  const timer = setInterval(() => {
    const elapsed = Date.now() - started;
    if (elapsed < QUIET_MILLISECONDS) return;
    const line = `${what} (${Math.round(elapsed / 1000)} s)`;
    if (repaints) stream.write(`${CLEAR_LINE}${line.slice(0, (stream.columns || 80) - 1)}`);
    else if (shown % LOG_INTERVALS === 0) stream.write(`${line}\n`);
    shown += 1;
  }, INTERVAL_MILLISECONDS);
  return () => {
    clearInterval(timer);
    if (shown > 0 && repaints) stream.write(CLEAR_LINE);
  };
}

/** The text with control characters escaped, except tabs and line feeds: a terminal would execute them. */
export function escaped(text) {
  return text
    .replaceAll("\r\n", "\n")
    .replace(/[^\P{Cc}\t\n]|[\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}
