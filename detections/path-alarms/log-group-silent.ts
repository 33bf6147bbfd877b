import type { PathAlarm } from "../path-alarm";

/** A second heartbeat, on a metric of AWS: the first can be imitated by writing 1 to its metric each hour. */
export const logGroupSilent: PathAlarm = {
  id: "log-group-silent",
  title: "No events arrive in the log group",
  meaning:
    "For two hours CloudWatch Logs received no event in the log group that the account's detections evaluate, although " +
    "the account makes a call each hour for this purpose.",
  why:
    "Without events no detection can match. The alarm is on a metric in the namespace AWS/Logs, which no customer can " +
    "write, so a forged heartbeat does not hide a dead feed.",
  severity: "critical",
  needsHeartbeat: true,
  alarmWhen: "missed",
  raisedBy: "no event in 1 h, 2 periods in a row",
  references: { mitre: ["T1562.008"] },
  runbook: {
    firstFiveMinutes: [
      "Compare with the alarm `heartbeat`. If that one is OK, its metric is forged: find who calls `cloudwatch:PutMetricData`.",
      "Check that CloudTrail logs: `aws cloudtrail describe-trails`, then `get-trail-status`. Check that the rule is enabled: `aws events describe-rule --name trailwatch`.",
      "Check that the log group and its policy exist: `aws logs describe-log-groups`, `aws logs describe-resource-policies`.",
      "Restore what is missing: `npx cdktf deploy monitoring-<account>`. The archive contains the missed events.",
    ],
    falsePositives: [
      "The first two hours after the first deployment.",
      "A disruption at AWS: see the AWS Health Dashboard.",
    ],
  },
};
