import type { Hop } from "../../signals";
import type { HopEvent, MetricFilterHop } from "../signal-path/hop-event";
import { explainNotification } from "./explain-notification";
import type { PageAlarm } from "./page-options";
import { stopReason } from "./stop-reason";

/** What became of an event at one hop. */
export interface ExplainedHop {
  readonly hop: Hop;
  /** `waiting`: the hop may still do something with it. */
  readonly outcome: "passed" | "stopped" | "waiting";
  readonly text: string;
}

/** Says hop by hop what became of an event, from what the hops told. `events`: the oldest first. */
export function explain(
  eventId: string,
  events: readonly HopEvent[],
  alarms: readonly PageAlarm[],
): readonly ExplainedHop[] {
  const own = events.filter((event) => "eventId" in event && event.eventId === eventId);
  const told: ExplainedHop[] = own.map((event) => ({
    hop: event.hop,
    outcome: stopReason(event) === undefined ? "passed" : "stopped",
    text: event.hop === "feed" ? `${event.feed}: ${event.reason}` : event.summary,
  }));
  const next = nextAfter(told);
  if (next !== undefined) return [...told, next];

  const matches = own.filter((event): event is MetricFilterHop => event.hop === "metric filter");
  return [...told, ...matches.flatMap((match) => explainNotification(match, events, alarms))];
}

/** What to say of the hop after the last, where an event has not come to the metric filters' matches. */
function nextAfter(told: readonly ExplainedHop[]): ExplainedHop | undefined {
  const has = (hop: Hop): boolean => told.some((each) => each.hop === hop);
  if (has("metric filter")) return undefined;
  if (has("log group")) {
    return { hop: "metric filter", outcome: "stopped", text: "none matches: this is nothing that is watched for" };
  }
  if (has("feed")) {
    const isStopped = told.every(({ hop, outcome }) => hop !== "feed" || outcome === "stopped");
    return isStopped ? undefined : { hop: "log group", outcome: "waiting", text: "it is being written" };
  }
  if (has("CloudTrail")) return { hop: "feed", outcome: "waiting", text: "none has had it yet" };
  return { hop: "CloudTrail", outcome: "waiting", text: "it is not recorded yet" };
}
