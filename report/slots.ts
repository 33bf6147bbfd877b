import type { DetectionHistory, Slots } from "../signals";

/** The number of bars that a wide screen can show. */
const MAX_SLOTS = 480;
const LENGTHS = [1, 5, 15, 60, 180, 360, 720];
const DAY = 1440;

/** The time span of all matches, divided into slots that are aligned to the hour, and to midnight UTC. */
export function slotsOfMatches(histories: readonly DetectionHistory[]): Slots & { readonly count: number } {
  let [first, last] = [Infinity, -Infinity];
  for (const { groups } of histories) {
    first = Math.min(first, groups[0]?.minute ?? Infinity);
    last = Math.max(last, groups.at(-1)?.minute ?? -Infinity);
  }
  if (first > last) return { from: 0, minutes: DAY, count: 0 };
  const days = Math.ceil((last - first + 1) / DAY / (MAX_SLOTS - 1)) * DAY;
  for (const minutes of [...LENGTHS, days]) {
    const from = Math.floor(first / minutes) * minutes;
    // An alarm is raised up to a minute after the last event.
    const count = Math.floor((last + 2 - from) / minutes) + 1;
    if (count <= MAX_SLOTS || minutes === days) return { from, minutes, count };
  }
  return { from: 0, minutes: DAY, count: 0 };
}
