import type { EventOutline, MatchTraits } from "./match-traits";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Records of one minute that matched a detection and have the same principal, source and result. */
export interface MatchGroup {
  /** Minutes since 1970. */
  readonly minute: number;
  /** @default - unknown, because the events are given as counts */
  readonly values?: MatchTraits["values"];
  /** Their contribution to the metric: the number of events, counted once per feed that delivers them. */
  readonly sum: number;
  /** The first few. */
  readonly events: readonly EventOutline[];
}

/** A record whose id was requested, and a detection that it matched. */
export interface WantedMatch {
  readonly eventId: string;
  readonly minute: number;
  readonly values: MatchTraits["values"];
}

type OpenGroup = { -readonly [Key in keyof MatchGroup]: MatchGroup[Key] };

/** Events that are kept for each group: enough to look some up. */
const MAX_EVENTS = 3;

/**
 * Records that matched, and days with records. Memory grows with the number of minutes and distinct values, not of
 * records.
 */
export class MatchLog {
  private readonly groups = new Map<number, Map<string, OpenGroup>>();
  /** Of the distinct values, in the order of their first records. */
  private readonly numbers = new Map<string, number>();
  /** A record mostly matches several detections. */
  private last: { readonly traits: MatchTraits; readonly number: number } | undefined;
  private readonly wanted = new Map<number, WantedMatch[]>();
  private readonly days = new Map<string, Set<number>>();

  /** `wantedIds`: events to keep individually. */
  constructor(private readonly wantedIds: ReadonlySet<string> = new Set()) {}

  /** Takes a record's contribution to the metric of a detection. Times are milliseconds since 1970. */
  add(detection: number, { timestamp, value }: { timestamp: number; value: number }, traits: MatchTraits): void {
    const { event, values } = traits;
    const minute = Math.floor(timestamp / MINUTE);
    const group = this.groupOf(detection, `${minute} ${this.numberOf(traits)}`, { minute, values });
    group.sum += value;
    const { id } = event;
    // Several feeds may deliver the same event.
    const isKnown = id !== undefined && group.events.some((known) => known.id === id);
    if (group.events.length < MAX_EVENTS && !isKnown) group.events = [...group.events, event];
    if (id !== undefined && this.wantedIds.has(id)) {
      this.wanted.set(detection, [...(this.wanted.get(detection) ?? []), { eventId: id, minute, values }]);
    }
  }

  /** Adds events of which only the number is known. `minute`: milliseconds since 1970. */
  count(detection: number, { minute: time, value }: { minute: number; value: number }): void {
    const minute = Math.floor(time / MINUTE);
    this.groupOf(detection, String(minute), { minute }).sum += value;
  }

  /** Adds a day on which an account has records of any kind. Days since 1970. */
  addDay(account: string, day: number): void {
    const days = this.days.get(account) ?? new Set<number>();
    this.days.set(account, days.add(day));
  }

  /** By minute. */
  groupsOf(detection: number): readonly MatchGroup[] {
    return [...(this.groups.get(detection)?.values() ?? [])].sort((one, other) => one.minute - other.minute);
  }

  wantedOf(detection: number): readonly WantedMatch[] {
    return this.wanted.get(detection) ?? [];
  }

  /** The number of days on which any of these accounts, by id, has records. */
  daysOf(takes: (account: string) => boolean): number {
    const days = [...this.days].flatMap(([account, ofAccount]) => (takes(account) ? [...ofAccount] : []));
    return new Set(days).size;
  }

  /** A number that records with the same values share: shorter than the values, as a part of many keys. */
  private numberOf(traits: MatchTraits): number {
    if (this.last?.traits === traits) return this.last.number;
    const key = JSON.stringify(traits.values);
    const number = this.numbers.get(key) ?? this.numbers.size;
    this.numbers.set(key, number);
    this.last = { traits, number };
    return number;
  }

  private groupOf(detection: number, key: string, alike: Pick<MatchGroup, "minute" | "values">): OpenGroup {
    const ofDetection = this.groups.get(detection) ?? new Map<string, OpenGroup>();
    this.groups.set(detection, ofDetection);
    const group = ofDetection.get(key) ?? { ...alike, sum: 0, events: [] };
    ofDetection.set(key, group);
    return group;
  }
}

/** The day of a time, in days since 1970. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY);
}
