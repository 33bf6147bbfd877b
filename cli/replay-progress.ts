import type { FindFiles, ReplayProgress } from "../signals";

/** What takes less time needs no progress. */
const QUIET_MILLISECONDS = 2000;
const INTERVAL_MILLISECONDS = 1000;
/** Where nobody watches, as in a log, a line now and then is enough. */
const LOG_INTERVALS = 10;

const MEGABYTE = 1_000_000;

/** Shows on standard error how far a replay is, once it takes a while. */
export function showProgress(
  paths: readonly string[],
  findFiles: FindFiles,
): { update: (done: ReplayProgress) => void; stop: () => void } {
  const stream = process.stderr;
  const started = Date.now();
  let done: ReplayProgress = { files: 0, bytes: 0 };
  let total: number | undefined;
  let shown = 0;
  let stopped = false;
  const countTotal = async (): Promise<void> => {
    let bytes = 0;
    for (const path of paths) {
      for await (const found of findFiles(path)) {
        if (stopped) return;
        bytes += found.bytes;
      }
    }
    total = bytes;
  };

  const timer = setInterval(() => {
    const elapsed = Date.now() - started;
    if (elapsed < QUIET_MILLISECONDS) return;
    // Only what takes a while is worth a second walk through the folders.
    if (shown === 0) void countTotal().catch(() => undefined);
    const text = `${done.files} files, ${(done.bytes / MEGABYTE).toFixed(1)} MB${left(done.bytes, total, elapsed)}`;
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
      stopped = true;
      clearInterval(timer);
      if (shown > 0 && stream.isTTY) stream.write("\r\u001b[K");
    },
  };
}

function left(bytes: number, total: number | undefined, elapsed: number): string {
  if (total === undefined || bytes === 0) return "";
  const seconds = Math.max(0, Math.round(((total - bytes) / bytes) * (elapsed / 1000)));
  return ` of ${(total / MEGABYTE).toFixed(1)} MB, about ${seconds} s left`;
}
