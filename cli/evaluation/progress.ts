import { showStatus } from "../../lib/support/status-line";
import type { FindFiles, ReplayProgress } from "../../signals";

const MEGABYTE = 1_000_000;
/** Only a replay that has taken so long is worth a second walk through the folders, for the time that is left. */
const COUNTED_MILLISECONDS = 4000;

/** Shows the progress of a replay on standard error, once it takes a while. */
export function showProgress(
  paths: readonly string[],
  findFiles: FindFiles,
): { update: (done: ReplayProgress) => void; stop: () => void } {
  let done: ReplayProgress = { files: 0, bytes: 0 };
  let total: number | undefined;
  let counting = false;
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

  const status = showStatus((elapsed) => {
    if (!counting && elapsed >= COUNTED_MILLISECONDS) {
      counting = true;
      void countTotal().catch(() => undefined);
    }
    return `${done.files} files, ${(done.bytes / MEGABYTE).toFixed(1)} MB${left(done.bytes, total, elapsed)}`;
  });

  return {
    update: (progress) => {
      done = progress;
    },
    stop: () => {
      stopped = true;
      status.stop();
    },
  };
}

function left(bytes: number, total: number | undefined, elapsed: number): string {
  if (total === undefined || bytes === 0) return "";
  const seconds = Math.max(0, Math.round(((total - bytes) / bytes) * (elapsed / 1000)));
  return ` of ${(total / MEGABYTE).toFixed(1)} MB, about ${seconds} s left`;
}
