/**
 * An alarm's event as EventBridge gets it. The shape is that of the CloudWatch User Guide, "Alarm events and
 * EventBridge": single metric alarm.
 */
export function alarmEvent(
  changes: { readonly state?: object; readonly detail?: object; readonly event?: object } = {},
) {
  const { state, detail, event } = changes;
  return {
    version: "0",
    id: "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
    "detail-type": "CloudWatch Alarm State Change",
    source: "aws.cloudwatch",
    account: "333333333333",
    time: "2026-11-22T17:04:40Z",
    region: "eu-west-1",
    resources: ["arn:aws:cloudwatch:eu-west-1:333333333333:alarm:trailwatch-workloads-watched-secret-reads"],
    detail: {
      alarmName: "trailwatch-workloads-watched-secret-reads",
      configuration: {
        description: [
          "A watched secret was read (high alert)",
          "A principal read a secret that is watched.",
          "Raised by: 3 events or more in 300 s.",
          "Account: workloads (333333333333)",
          "Runbook: https://example.com/runbooks/watched-secret-reads.md",
          "Who did it: Logs Insights, saved query trailwatch/workloads/watched-secret-reads",
          'filter detail.eventName = "GetSecretValue"',
        ].join("\n"),
        metrics: [
          {
            id: "30b6c6b2-a864-43a2-4877-c09a1afc3b87",
            metricStat: {
              metric: { dimensions: {}, name: "watched-secret-reads", namespace: "Trailwatch" },
              period: 300,
              stat: "Sum",
            },
            returnData: true,
          },
        ],
      },
      previousState: {
        reason: "Threshold Crossed: no datapoints were received for 1 period.",
        timestamp: "2026-11-22T16:04:40.989+0000",
        value: "OK",
      },
      state: {
        reason:
          "Threshold Crossed: 1 datapoint [5.0 (22/11/26 16:59:00)] was greater than or equal to the threshold (3.0).",
        reasonData: JSON.stringify({
          version: "1.0",
          queryDate: "2026-11-22T17:04:40.985+0000",
          startDate: "2026-11-22T16:59:00.000+0000",
          statistic: "Sum",
          period: 300,
          recentDatapoints: [5],
          threshold: 3,
          evaluatedDatapoints: [{ timestamp: "2026-11-22T16:59:00.000+0000", sampleCount: 5, value: 5 }],
        }),
        timestamp: "2026-11-22T17:04:40.989+0000",
        value: "ALARM",
        ...state,
      },
      ...detail,
    },
    ...event,
  };
}

/** A composite alarm's event: it names a rule in place of metrics, and says when its actions are suppressed. */
export function compositeEvent(state: object = {}) {
  return alarmEvent({
    detail: {
      alarmName: "trailwatch-workloads-watched-secret-reads-outside-changes",
      configuration: {
        description: "A watched secret was read (high alert)\nAccount: workloads (333333333333)",
        alarmRule: "ALARM(trailwatch-workloads-watched-secret-reads)",
        actionsSuppressor: "trailwatch-workloads-change-window",
        actionsSuppressorWaitPeriod: 60,
        actionsSuppressorExtensionPeriod: 60,
      },
      state: { reason: "a child transitioned to ALARM", value: "ALARM", ...state },
    },
  });
}
