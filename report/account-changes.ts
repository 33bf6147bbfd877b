import { Document, isMap, isScalar, stringify } from "yaml";
import { counted } from "../lib/support/counted";
import type { DetectionTuning, NoiseEntry } from "../signals";
import { lostTimes } from "./lost-times";
import type { AccountChange } from "./report-data";

/** Times that a comment lists. */
const MAX_TIMES = 10;

/**
 * What `tune --apply` would set in each account's file, for applying it by hand. Where a proposal needs caution, a
 * comment names the alarms that are then no longer raised: the lists of a report may leave it out.
 */
export function accountChanges(
  tunings: readonly DetectionTuning[],
  fileOf: (account: string) => string,
): AccountChange[] {
  const accounts = [...new Set(tunings.map(({ account }) => account))];
  return accounts.flatMap((account) => {
    const changed = tunings.flatMap((tuning) => {
      const settings = tuning.account === account ? settingsOf(tuning) : {};
      return Object.keys(settings).length === 0 ? [] : { tuning, settings };
    });
    if (changed.length === 0) return [];
    const detections = Object.fromEntries(changed.map(({ tuning, settings }) => [tuning.detection, settings]));
    const document = new Document({ detections });
    const map = document.get("detections");
    const comments = new Map(changed.map(({ tuning }) => [tuning.detection, commentOf(tuning)]));
    for (const { key } of isMap(map) ? map.items : []) {
      if (isScalar(key)) key.commentBefore = comments.get(String(key.value)) ?? null;
    }
    return [{ account, file: fileOf(account), yaml: document.toString({ lineWidth: 0 }) }];
  });
}

/** Entries as written below `ignore:`. */
export function ignoreYaml(entries: readonly NoiseEntry[]): string {
  return stringify(entries.map(entryOf), { lineWidth: 0 });
}

function settingsOf({ now, recommended, noise }: DetectionTuning): object {
  const chosen = noise.filter(({ isChosen }) => isChosen);
  return {
    ...(recommended && recommended.threshold !== now.threshold ? { threshold: recommended.threshold } : {}),
    ...(recommended && recommended.periodSeconds !== now.periodSeconds
      ? { periodSeconds: recommended.periodSeconds }
      : {}),
    ...(chosen.length > 0 ? { ignore: chosen.map(entryOf) } : {}),
  };
}

function commentOf({ caution, noLongerRaised, now }: DetectionTuning): string | undefined {
  if (caution === undefined) return undefined;
  const lines = [
    `Caution: ${caution}.`,
    ...(noLongerRaised.length === 0
      ? []
      : [
          `No longer raised: ${noLongerRaised.length} of ${counted(now.alarms, "alarm")}, ` +
            `${lostTimes(noLongerRaised.toReversed(), MAX_TIMES)} (UTC).`,
        ]),
  ];
  return lines.map((line) => ` ${line}`).join("\n");
}

function entryOf({ field, equals, reason }: NoiseEntry): object {
  return { field, equals, reason };
}
