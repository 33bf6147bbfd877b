import { truncated } from "./columns";
import { printableLine } from "./printable";
import { canRepaint, widthOf } from "./terminal";

/** What takes less time needs no progress. */
const QUIET_MILLISECONDS = 2000;
const INTERVAL_MILLISECONDS = 1000;
/** In a log a line now and then is enough. */
const LOG_INTERVALS = 10;

const CLEAR_LINE = "\r\u001b[K";

/** A line that shows what a command waits for. */
export interface StatusLine {
  /** Takes the line away, so that something else can be printed; it comes back within a second. */
  readonly clear: () => void;
  /** Takes the line away for good. */
  readonly stop: () => void;
}

/** Where the line is shown. */
export interface StatusOptions {
  /**
   * Nothing is shown elsewhere: what the command prints as it goes is progress enough for a log.
   *
   * @default false
   */
  readonly onTerminalOnly?: boolean;
}

/**
 * Shows on standard error what a command waits for, once it takes over two seconds: on a terminal in one line that is
 * replaced each second, elsewhere as a line every ten seconds.
 *
 * @param text - the line, given how many milliseconds have passed
 */
export function showStatus(text: (elapsed: number) => string, options: StatusOptions = {}): StatusLine {
  const stream = process.stderr;
  const repaints = canRepaint(stream);
  const started = Date.now();
  let shown = 0;
  const clear = (): void => {
    if (shown > 0 && repaints) stream.write(CLEAR_LINE);
  };
  const show = (): void => {
    const elapsed = Date.now() - started;
    if (elapsed < QUIET_MILLISECONDS) return;
    if (repaints) stream.write(`${CLEAR_LINE}${truncated(printableLine(text(elapsed)), widthOf(stream))}`);
    else if (shown % LOG_INTERVALS === 0) stream.write(`${printableLine(text(elapsed))}\n`);
    shown += 1;
  };
  const isSilent = options.onTerminalOnly === true && !repaints;
  const timer = isSilent ? undefined : setInterval(show, INTERVAL_MILLISECONDS).unref();
  return {
    clear,
    stop: () => {
      clearInterval(timer);
      clear();
      shown = 0;
    },
  };
}

/** Elapsed time for the end of a line: " (12 s)". */
export function elapsedText(elapsed: number): string {
  return ` (${Math.round(elapsed / 1000)} s)`;
}
