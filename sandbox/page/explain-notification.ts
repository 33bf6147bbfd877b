import { isOfHub } from "../../lib/naming/hops";
import type { AlarmHop, HopEvent, MetricFilterHop, SubscriberHop, TopicHop } from "../signal-path/hop-event";
import type { ExplainedHop } from "./page-options";
import type { PageAlarm } from "./page-options";
import { stopReason } from "./stop-reason";

/** From a metric filter's match to the mail: metric, alarm, topic, subscriber. */
export function explainNotification(
  match: MetricFilterHop,
  events: readonly HopEvent[],
  alarms: readonly PageAlarm[],
): ExplainedHop[] {
  const later = events.slice(events.indexOf(match) + 1);
  const value = later.find((event) => event.hop === "metric" && isSame(event, match));
  if (value === undefined)
    return [{ hop: "metric", outcome: "waiting", text: `${match.metricName}: the value is being published` }];
  const metric: ExplainedHop = { hop: "metric", outcome: "passed", text: value.summary };

  const own = alarms.filter((alarm) => isSame(alarm, match));
  if (own.length === 0) return [metric, { hop: "alarm", outcome: "stopped", text: "no alarm watches this metric" }];
  return [metric, ...own.flatMap((alarm) => explainAlarm(alarm, match, events))];
}

function explainAlarm(alarm: PageAlarm, match: MetricFilterHop, events: readonly HopEvent[]): ExplainedHop[] {
  const changes = events.filter((event): event is AlarmHop => event.hop === "alarm" && event.alarm === alarm.name);
  const begin = events.indexOf(match);
  const before = changes.findLast((change) => events.indexOf(change) < begin);
  if (before?.to === "ALARM") {
    const text = `${alarm.name} was already in ALARM: an alarm notifies only when its state changes`;
    return [{ hop: "alarm", outcome: "stopped", text }];
  }
  const change = changes.find((each) => each.to === "ALARM" && events.indexOf(each) > begin);
  if (change === undefined) return [{ hop: "alarm", outcome: "waiting", text: belowThreshold(alarm, match, events) }];

  const stop = stopReason(change);
  const text = stop ?? `${alarm.name} goes from ${change.from} to ${change.to}. ${change.reason}`;
  if (stop !== undefined) return [{ hop: "alarm", outcome: "stopped", text }];
  return [{ hop: "alarm", outcome: "passed", text }, ...explainActions(change, events)];
}

function belowThreshold(alarm: PageAlarm, match: MetricFilterHop, events: readonly HopEvent[]): string {
  const end = match.at + alarm.periodSeconds * 1000;
  const sum = events.reduce(
    (total, event) =>
      event.hop === "metric" && isSame(event, match) && Math.abs(event.at - match.at) < end - match.at
        ? total + event.value
        : total,
    0,
  );
  return `${alarm.name} has not changed: ${sum} within ${alarm.periodSeconds} s, its threshold is ${alarm.threshold}`;
}

function explainActions(change: AlarmHop, events: readonly HopEvent[]): ExplainedHop[] {
  const later = events.slice(events.indexOf(change) + 1);
  const next = later.findIndex((event) => event.hop === "alarm" && event.alarm === change.alarm);
  // The alarm's own actions, and what the alert hub does with it.
  const following = later.slice(0, next === -1 ? undefined : next);
  const hub = following
    .filter(({ hop }) => isOfHub(hop))
    .filter((event) => "alarm" in event && event.alarm === change.alarm)
    .map((event) => explained(event, event.summary));
  const topics = following
    .filter((event): event is TopicHop => event.hop === "topic" && event.alarm === change.alarm)
    .filter(({ topicArn, by }) => by === "alert hub" || change.actions.includes(topicArn));
  const webhooks = following
    .filter((event): event is SubscriberHop => event.hop === "subscriber" && event.alarm === change.alarm)
    .filter(({ protocol }) => protocol === "webhook")
    .map((event) => explained(event, event.summary));
  if (topics.length === 0 && webhooks.length === 0)
    return [...hub, { hop: "topic", outcome: "waiting", text: "the alarm's action is running" }];
  const notified = topics.flatMap((topic) => [
    explained(topic, topic.summary),
    ...(topic.published ? explainSubscribers(topic, events) : []),
  ]);
  return [...hub, ...notified, ...webhooks];
}

/** Subscriber events follow directly after the topic's event, with the same time. */
function explainSubscribers(topic: TopicHop, events: readonly HopEvent[]): ExplainedHop[] {
  const deliveries = events
    .slice(events.indexOf(topic) + 1)
    .filter((event) => event.hop === "subscriber" && event.topicArn === topic.topicArn && event.at === topic.at);
  if (deliveries.length > 0) return deliveries.map((event) => explained(event, event.summary));
  return [
    { hop: "subscriber", outcome: "waiting", text: "the topic has no subscriber, or the message is being delivered" },
  ];
}

function explained(event: HopEvent, text: string): ExplainedHop {
  const stop = stopReason(event);
  return { hop: event.hop, outcome: stop === undefined ? "passed" : "stopped", text: stop ?? text };
}

function isSame(
  one: { readonly account: string; readonly region: string; readonly metricName: string },
  other: { readonly account: string; readonly region: string; readonly metricName: string },
): boolean {
  return one.account === other.account && one.region === other.region && one.metricName === other.metricName;
}
