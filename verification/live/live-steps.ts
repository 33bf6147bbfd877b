import { FEEDS } from "../../lib/naming/feeds";
import { monitoringStack, redeploy } from "../checks/check";
import { acted, wentOff } from "./alarm-history";
import type { LiveStep } from "./step";
import type { Trace } from "./trace";

const MINUTE = 60_000;

/** The steps from the reads to the notification of the topic. */
export function stepsToTopic(trace: Trace, timeout: number | undefined): LiveStep[] {
  const { subject, alarm, reads } = trace.traced;
  const since = { alarm: alarm.name, since: reads.since };
  return [
    ...stepsToMetric(trace, timeout),
    {
      hop: "alarm",
      name: "the alarm goes off",
      usual: `within its period of ${alarm.periodSeconds} s and a minute`,
      timeout: timeout ?? alarm.periodSeconds * 1000 + 5 * MINUTE,
      otherwise: {
        reason: `the metric reached the threshold, but ${alarm.name} did not change its state`,
        remedy: redeploy(monitoringStack(subject)),
      },
      look: () => wentOff(subject, since),
    },
    {
      hop: "topic",
      name: "the alarm notifies its topic",
      usual: "a few seconds",
      timeout: timeout ?? 2 * MINUTE,
      otherwise: {
        reason: "the alarm has no action for ALARM, or its actions are off",
        remedy: redeploy(monitoringStack(subject)),
      },
      look: () => acted(subject, since),
    },
  ];
}

/** The steps from the reads to the metric; by default, each step waits a multiple of its usual time. */
export function stepsToMetric(trace: Trace, timeout: number | undefined): LiveStep[] {
  const { subject } = trace.traced;
  const byTrail = FEEDS[subject.account.feed].trail !== "none";
  return [
    {
      hop: "CloudTrail",
      name: "CloudTrail has the event",
      usual: "5 minutes",
      timeout: timeout ?? 15 * MINUTE,
      otherwise: {
        reason: "CloudTrail's event history does not show the read, and no log group has it",
        remedy: "aws cloudtrail lookup-events; see AWS's health page for CloudTrail",
      },
      look: () => trace.inEventHistory(),
    },
    {
      hop: "log group",
      name: `the event is in ${trace.logGroup}`,
      usual: byTrail ? "5 minutes" : "under a minute",
      timeout: timeout ?? 15 * MINUTE,
      otherwise: {
        reason: byTrail
          ? "the trail recorded the read, but did not deliver it to the log group: its role, or the key of the log group"
          : "no rule matched the event: its state, its pattern, or the log group's resource policy",
        remedy: redeploy(monitoringStack(subject)),
      },
      look: () => trace.inLogGroup(),
    },
    {
      hop: "metric filter",
      name: "a metric filter counts the event",
      usual: "at once",
      timeout: 0,
      otherwise: { reason: "", remedy: "" },
      look: () => Promise.resolve(trace.counted()),
    },
    {
      hop: "metric",
      name: "the metric shows it",
      usual: "1 to 2 minutes",
      timeout: timeout ?? 5 * MINUTE,
      otherwise: {
        reason: "the log group has the event, and the stored metric filters did not count it",
        remedy: redeploy(monitoringStack(subject)),
      },
      look: () => trace.inMetric(),
    },
  ];
}
