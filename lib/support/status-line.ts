import { truncated } from "./columns";
import { printableLine } from "./printable";
import { canRepaint, widthOf } from "./terminal";

/** Work that takes less time shows no progress. */
const QUIET_MILLISECONDS = 2000;
const INTERVAL_MILLISECONDS = 1000;
/** A log needs a line less often than a terminal. */
const LOG_INTERVALS = 10;

const CLEAR_LINE = "\r\u001b[K";

/** A line that shows what a command waits for. */
export interface StatusLine {
  /** Removes the line, so that something else can be printed; it reappears within a second. */
  readonly clear: () => void;
  /** Removes the line permanently. */
  readonly stop: () => void;
}

/** Where the line is shown. */
export interface StatusOptions {
  /**
   * Whether to show nothing elsewhere: what the command prints is enough progress for a log.
   *
   * @default false
   */
  readonly onTerminalOnly?: boolean;
}

/**
 * Shows on standard error what a command waits for, once it takes over two seconds. On a terminal, one line is updated
 * each second; elsewhere, a line is printed every ten seconds.
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
