import type { RecordJson } from "../signal-path/hop-event";
import { attributesOf, type LookupAttributeKey } from "./lookup-attributes";

/** A LookupEvents query. */
export interface LookupQuery {
  /** The 12-digit id of the calling account. */
  readonly account: string;
  readonly region: string;
  /**
   * One attribute, the maximum that CloudTrail allows.
   *
   * @default - all events
   */
  readonly attribute?: { readonly key: LookupAttributeKey; readonly value: string };
  /** Milliseconds since 1970, inclusive. */
  readonly startTime?: number;
  /** Milliseconds since 1970, inclusive. */
  readonly endTime?: number;
  /** At most this many events. */
  readonly maxResults: number;
  /** Where the last answer ended. */
  readonly nextToken?: string;
}

/** One page of the history, newest first. */
export interface LookupPage {
  readonly records: readonly RecordJson[];
  /** Present when there is more. */
  readonly nextToken?: string;
}

/** Limits the history of an account and region: the sandbox runs for hours, not for 90 days. */
const KEPT = 5_000;

/** CloudTrail's event history: the management events of each account and region, for `LookupEvents`. */
export class EventHistory {
  private readonly places = new Map<string, RecordJson[]>();

  /** @param kept - how many events are kept for each account and region; the oldest are dropped first */
  public constructor(private readonly kept = KEPT) {}

  /** Adds a record, once CloudTrail has delivered it. The history contains no data events. */
  public add(record: RecordJson): void {
    if (record["managementEvent"] !== true) return;
    const place = placeOf(String(record["recipientAccountId"]), String(record["awsRegion"]));
    const records = this.places.get(place) ?? [];
    this.places.set(place, records);
    // Newest first. Deliveries are nearly in order, so the position is found near the start.
    const older = records.findIndex((known) => timeOf(known) <= timeOf(record));
    records.splice(older < 0 ? records.length : older, 0, record);
    records.splice(this.kept);
  }

  /** One page of the requested events; undefined when the token was not issued here, or its page no longer exists. */
  public lookup(query: LookupQuery): LookupPage | undefined {
    const records = this.places.get(placeOf(query.account, query.region)) ?? [];
    const last = query.nextToken === undefined ? -1 : records.findIndex((each) => each["eventID"] === query.nextToken);
    if (query.nextToken !== undefined && last < 0) return undefined;

    const found = records.slice(last + 1).filter((record) => fits(record, query));
    const page = found.slice(0, query.maxResults);
    const end = page.at(-1)?.["eventID"];
    return found.length > page.length && typeof end === "string"
      ? { records: page, nextToken: end }
      : { records: page };
  }
}

function fits(record: RecordJson, { attribute, startTime = -Infinity, endTime = Infinity }: LookupQuery): boolean {
  const time = timeOf(record);
  if (time < startTime || time > endTime) return false;
  return attribute === undefined || attributesOf(record)[attribute.key].includes(attribute.value);
}

function timeOf(record: RecordJson): number {
  return Date.parse(String(record["eventTime"]));
}

function placeOf(account: string, region: string): string {
  return `${account}/${region}`;
}
