import { stringify } from "yaml";
import type { DetectionTuning, NoiseEntry } from "../signals";
import type { AccountChange } from "./report-data";

/** What `tune --apply` would set in each account's file, for applying it by hand. */
export function accountChanges(
  tunings: readonly DetectionTuning[],
  fileOf: (account: string) => string,
): AccountChange[] {
  const accounts = [...new Set(tunings.map(({ account }) => account))];
  return accounts.flatMap((account) => {
    const changed = tunings.filter((tuning) => tuning.account === account).map(settingsOf);
    const detections = Object.fromEntries(changed.filter(([, settings]) => Object.keys(settings).length > 0));
    if (Object.keys(detections).length === 0) return [];
    return [{ account, file: fileOf(account), yaml: yamlOf({ detections }) }];
  });
}

/** Entries as written below `ignore:`. */
export function ignoreYaml(entries: readonly NoiseEntry[]): string {
  return yamlOf(entries.map(entryOf));
}

function settingsOf({ detection, now, recommended, noise }: DetectionTuning): [string, object] {
  const chosen = noise.filter(({ isChosen }) => isChosen);
  return [
    detection,
    {
      ...(recommended && recommended.threshold !== now.threshold ? { threshold: recommended.threshold } : {}),
      ...(recommended && recommended.periodSeconds !== now.periodSeconds
        ? { periodSeconds: recommended.periodSeconds }
        : {}),
      ...(chosen.length > 0 ? { ignore: chosen.map(entryOf) } : {}),
    },
  ];
}

function entryOf({ field, equals, reason }: NoiseEntry): object {
  return { field, equals, reason };
}

function yamlOf(value: unknown): string {
  return stringify(value, { lineWidth: 0 });
}
