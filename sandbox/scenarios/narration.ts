import type { NarratedLine } from "./grouped-lines";
import { forHop, type EachHop, type HopEvent } from "../signal-path/hop-event";

/** Selects, from everything that happens on the signal path, what belongs to the scenario's actors. */
export class Narration {
  private readonly events = new Set<string>();
  private readonly metrics = new Set<string>();

  /**
   * @param isActor - whether a call is an actor's, by the name of the session that made it
   * @param nameOf - an account's name, by its id
   */
  constructor(
    private readonly isActor: (sessionName: string) => boolean,
    private readonly nameOf: (account: string) => string,
  ) {}

  /** The line for a hop; undefined: it is not part of the scenario. */
  public lineFor(hop: HopEvent): NarratedLine | undefined {
    if (!forHop(this.isRelevant, hop)) return undefined;
    const { at, account, summary } = hop;
    const place = `${hop.hop.padEnd(13)}  ${this.nameOf(account).padEnd(20)}  `;
    return { start: `  ${time(at)}  ${place}`, summary, key: `${place}${summary}` };
  }

  private readonly isRelevant: EachHop<boolean> = {
    "API call": ({ record, eventId }) => {
      if (!this.isActor(sessionNameOf(record))) return false;
      this.events.add(eventId);
      return true;
    },
    CloudTrail: ({ eventId }) => this.events.has(eventId),
    // Each event reaches every feed of the organization, and most feeds take only one account's.
    feed: ({ passes, eventId }) => passes && this.events.has(eventId),
    "log group": ({ eventId }) => this.events.has(eventId),
    "metric filter": ({ eventId, metricName }) => {
      if (!this.events.has(eventId)) return false;
      this.metrics.add(metricName);
      return true;
    },
    metric: ({ metricName }) => this.metrics.has(metricName),
    alarm: ({ metricName }) => this.metrics.has(metricName),
    forwarding: () => true,
    "alert hub": () => true,
    topic: () => true,
    subscriber: () => true,
  };
}

/** The session name of the caller; empty for a caller without a session. */
export function sessionNameOf(record: Readonly<Record<string, unknown>>): string {
  const { userIdentity } = record as { readonly userIdentity?: { readonly arn?: string } };
  return userIdentity?.arn?.split("/").at(-1) ?? "";
}

function time(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}
