import type { AlarmSpan } from "./alarm-spans";
import type { Incident } from "./labels";
import type { MatchGroup } from "../matches/match-log";
import { isIgnored, noiseSources, type IgnoredValue } from "./noise";
import type { NoiseEntry } from "./tuning";
import { createHash } from "node:crypto";

const DAY = 86_400_000;
const MINUTE = 60_000;

/** A detection with the data for trying entries to ignore. */
export interface NoiseTrial {
  readonly account: string;
  readonly detection: string;
  /** By minute. */
  readonly groups: readonly MatchGroup[];
  readonly incidents: readonly Incident[];
  /** Ids of the selected entries. */
  readonly chosen: ReadonlySet<string>;
  readonly alarmsNow: number;
  /** Periods in ALARM with the current settings and these groups. */
  readonly spansOf: (groups: readonly MatchGroup[]) => readonly AlarmSpan[];
  readonly isRaised: (incident: Incident, spans: readonly AlarmSpan[]) => boolean;
}

/** An entry for each principal, source and error code that would remove alarms, the one that removes most first. */
export function noiseEntries(trial: NoiseTrial): NoiseEntry[] {
  const { account, detection, groups, incidents, chosen, alarmsNow, spansOf, isRaised } = trial;
  const spansNow = spansOf(groups);
  const raisedNow = new Set(incidents.filter((incident) => isRaised(incident, spansNow)));
  const sources = noiseSources(groups);
  const ids = entryIds(
    account,
    detection,
    sources.map(({ source }) => source),
  );
  return sources
    .map(({ source, events }, number) => {
      const spans = spansOf(withoutSources(groups, [source]));
      const isLost = (incident: Incident): boolean => raisedNow.has(incident) && !isRaised(incident, spans);
      const hidden = incidents.filter((incident) => isHidden(incident, [source]) || isLost(incident));
      const removes = alarmsNow - spans.length;
      const id = ids[number] ?? "";
      return { id, source, events, alarmsAfter: spans.length, removes, hides: hidden.map(({ label }) => label.text) };
    })
    .filter(({ removes }) => removes > 0)
    .sort((one, other) => other.removes - one.removes || other.events - one.events)
    .map(({ id, source, ...tried }) => {
      const reason = `Found by trailwatch tune: ${tried.removes} of ${alarmsNow} alarms ${rangeOf(groups)}.`;
      return { id, ...source, reason, ...tried, isChosen: chosen.has(id) };
    });
}

/** The groups that still count. */
export function withoutSources(groups: readonly MatchGroup[], sources: readonly IgnoredValue[]): readonly MatchGroup[] {
  if (sources.length === 0) return groups;
  return groups.filter(({ values }) => values === undefined || !sources.some((source) => isIgnored(values, source)));
}

/** Whether the event of an incident no longer counts. */
export function isHidden({ values }: Incident, sources: readonly IgnoredValue[]): boolean {
  return values !== undefined && sources.some((source) => isIgnored(values, source));
}

function rangeOf(groups: readonly MatchGroup[]): string {
  const [first, last] = [dateOf(groups[0]), dateOf(groups.at(-1))];
  return first === last ? `on ${first}` : `from ${first} to ${last}`;
}

function dateOf(group: MatchGroup | undefined): string {
  return new Date(Math.floor(((group?.minute ?? 0) * MINUTE) / DAY) * DAY).toISOString().slice(0, 10);
}

const SHORTEST = 6;

/**
 * Ids of entries to ignore, derived from what each ignores: the same id never means another entry, whatever the
 * records. An id consists of the fewest hash digits that distinguish the entries of a detection.
 */
export function entryIds(account: string, detection: string, entries: readonly IgnoredValue[]): string[] {
  const hashes = entries.map(({ field, equals }) =>
    createHash("sha256")
      .update(JSON.stringify([account, detection, field, equals]))
      .digest("hex"),
  );
  return hashes.map((hash) => {
    let length = SHORTEST;
    while (hashes.some((other) => other !== hash && other.startsWith(hash.slice(0, length)))) length += 1;
    return `${account}/${detection}/${hash.slice(0, length)}`;
  });
}
