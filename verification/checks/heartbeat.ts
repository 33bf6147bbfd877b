import { ownNames } from "../../lib/naming/own-names";
import type { DeployedAlarm } from "../../signals";
import { READS } from "../aws/calls";
import { failed, proven, unknown } from "../result";
import { storedAlarms } from "./alarms";
import { age, monitoringStack, redeploy, type Check } from "./check";

/** The metric of the account's own hourly calls (modules/heartbeat). */
const METRIC = "heartbeat";

/** The alarm on the heartbeat, in an account that has one. */
export function heartbeatAlarm(alarms: readonly DeployedAlarm[]): DeployedAlarm | undefined {
  return alarms.find(({ metricName }) => metricName === METRIC);
}

/** Whether the account's hourly call recently reached the metric, within the time that the alarm allows. */
export function heartbeatCheck(alarm: DeployedAlarm, follows: readonly string[]): Check {
  const allowed = alarm.periodSeconds * alarm.evaluationPeriods * 1000;
  return {
    hop: "metric",
    name: "heartbeat",
    follows,
    run: async (subject) => {
      const { session, expected, now } = subject;
      const answer = await session.query(
        READS.statistics,
        {
          Namespace: alarm.namespace,
          MetricName: alarm.metricName,
          Statistics: ["Sum"],
          Period: 300,
          StartTime: new Date(now() - 24 * 60 * 60_000),
          EndTime: new Date(now()),
        },
        expected.homeRegion,
      );
      const beats = (answer?.Datapoints ?? [])
        .filter(({ Sum = 0 }) => Sum > 0)
        .map(({ Timestamp }) => Timestamp?.getTime() ?? 0);
      const last = Math.max(0, ...beats);
      if (now() - last < allowed) return proven(`last beat ${age(now() - last)} ago`);

      const seen = last === 0 ? "no beat in the last day" : `last beat ${age(now() - last)} ago`;
      const stored = (await storedAlarms(subject, expected.homeRegion)).get(alarm.name);
      const deployed = now() - (stored?.AlarmConfigurationUpdatedTimestamp?.getTime() ?? 0);
      if (last === 0 && deployed < allowed) {
        return unknown(
          "no beat yet",
          `deployed ${age(deployed)} ago: the first beat comes within the hour`,
          "run verify again in an hour",
        );
      }
      return failed(
        seen,
        `the account makes a call every hour, but none was counted for ${age(allowed)}: calls are lost at a hop ` +
          "that looks correct, or the schedule stopped",
        `aws scheduler get-schedule --name ${ownNames(subject.organization.names).heartbeat.name}; ${redeploy(monitoringStack(subject))}`,
      );
    },
  };
}
