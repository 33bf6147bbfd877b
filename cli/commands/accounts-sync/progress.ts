import type { ReadProgress } from "../../../inventory/read-organization";
import { elapsedText, showStatus } from "../../../lib/support/status-line";

/** Shows the progress of reading AWS Organizations on standard error, once it takes a while. */
export function showReading(withTags: boolean): { update: (done: ReadProgress) => void; stop: () => void } {
  let done: ReadProgress = { accounts: 0, organizationalUnits: 0, tagged: 0 };
  const { stop } = showStatus((elapsed) => `${progressText(done, withTags)}${elapsedText(elapsed)}`);
  return {
    stop,
    update: (progress) => {
      done = progress;
    },
  };
}

function progressText({ accounts, organizationalUnits, tagged }: ReadProgress, withTags: boolean): string {
  const read = `AWS Organizations: ${accounts} accounts, ${organizationalUnits} organizational units`;
  return withTags && tagged > 0 ? `${read}, tags of ${tagged} accounts` : read;
}
