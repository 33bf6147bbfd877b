import { starMatcher } from "../lib/support/wildcard";
import type { Loss } from "./record";

/** What an upgrade deletes or replaces on purpose. docs/upgrade.md and CHANGELOG.md inform users of it. */
export interface UpgradeNote {
  /** Stack, or a pattern with `*` for several. */
  readonly stack: string;
  /** Address, or a pattern with `*` for several. */
  readonly address: string;
  /** What a user must do or expect. */
  readonly note: string;
}

/** From the last release to the next one. `npm run release:record` asks to empty it. */
export const UPGRADE_NOTES: readonly UpgradeNote[] = [];

/** The losses that no note explains. */
export function unexplained(losses: readonly Loss[], notes: readonly UpgradeNote[]): Loss[] {
  return losses.filter(
    ({ stack, address }) => !notes.some((note) => starMatcher(note.stack)(stack) && starMatcher(note.address)(address)),
  );
}
