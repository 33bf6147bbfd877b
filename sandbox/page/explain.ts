import type { ExplainedHop } from "./page-options";
import { HOPS_WITH_HUB, isBehind, type Hop } from "../../lib/naming/hops";
import type { HopEvent, MetricFilterHop } from "../signal-path/hop-event";
import { explainNotification } from "./explain-notification";
import type { PageAlarm } from "./page-options";
import { stopReason } from "./stop-reason";

/** Explains hop by hop what happened to an event, from its hop events. `events`: the oldest first. */
export function explainOnPage(
  eventId: string,
  events: readonly HopEvent[],
  alarms: readonly PageAlarm[],
): readonly ExplainedHop[] {
  const own = events.filter((event) => "eventId" in event && event.eventId === eventId);
  const explained: ExplainedHop[] = own.map((event) => ({
    hop: event.hop,
    outcome: stopReason(event) === undefined ? "passed" : "stopped",
    text: event.hop === "feed" ? `${event.feed}: ${event.reason}` : event.summary,
  }));
  const next = nextAfter(explained);
  if (next !== undefined) return [...explained, next];

  const matches = own.filter((event): event is MetricFilterHop => event.hop === "metric filter");
  return [...explained, ...matches.flatMap((match) => explainNotification(match, events, alarms))];
}

/**
 * The explanation of a hop that an event has not reached. Hops behind the metric filters have none:
 * `explainNotification` explains those.
 */
const NOT_REACHED: Readonly<Record<Hop, Omit<ExplainedHop, "hop"> | undefined>> = {
  "API call": undefined,
  CloudTrail: { outcome: "waiting", text: "it is not recorded yet" },
  feed: { outcome: "waiting", text: "no feed has received it yet" },
  "log group": { outcome: "waiting", text: "it is being written" },
  "metric filter": { outcome: "stopped", text: "no filter matches: no detection watches for this event" },
  metric: undefined,
  alarm: undefined,
  forwarding: undefined,
  "alert hub": undefined,
  topic: undefined,
  subscriber: undefined,
};

/** The explanation of the hop after the last, where an event has not reached the metric filters' matches. */
function nextAfter(explained: readonly ExplainedHop[]): ExplainedHop | undefined {
  const hop = HOPS_WITH_HUB.filter((each) => NOT_REACHED[each] !== undefined).find((each) =>
    explained.every((passed) => passed.hop !== each && !isBehind(passed.hop, each)),
  );
  const text = hop === undefined ? undefined : NOT_REACHED[hop];
  if (hop === undefined || text === undefined) return undefined;
  const feeds = explained.filter((each) => each.hop === "feed");
  const isStopped = feeds.length > 0 && feeds.every(({ outcome }) => outcome === "stopped");
  return hop === "log group" && isStopped ? undefined : { hop, ...text };
}
