import { randomUUID } from "node:crypto";
import type { NotifiedChange } from "../alarm-message";
import { apiTime } from "../alarm-reason";

/**
 * The event that CloudWatch sends to EventBridge for an alarm's change. Source: CloudWatch User Guide, alarm events.
 */
export function alarmEvent({ account, alarm, from, to, reason, reasonData, at }: NotifiedChange): object {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "CloudWatch Alarm State Change",
    source: "aws.cloudwatch",
    account,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, "Z"),
    region: alarm.region,
    resources: [alarm.arn],
    detail: {
      alarmName: alarm.name,
      configuration: {
        ...(alarm.description === "" ? {} : { description: alarm.description }),
        metrics: [
          {
            id: randomUUID(),
            metricStat: {
              metric: { namespace: alarm.namespace, name: alarm.metricName, dimensions: alarm.dimensions ?? {} },
              period: alarm.periodSeconds,
              stat: alarm.statistic,
            },
            returnData: true,
          },
        ],
      },
      previousState: { value: from },
      state: { value: to, reason, ...((reasonData ?? "") === "" ? {} : { reasonData }), timestamp: apiTime(at) },
    },
  };
}
