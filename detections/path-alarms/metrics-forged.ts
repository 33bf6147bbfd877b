import type { PathAlarm } from "../path-alarm";

/** Metric filters publish nothing but 1, and 0 where nothing matched for pack `cis`: a lower value has another source. */
export const metricsForged: PathAlarm = {
  id: "metrics-forged",
  title: "Metric of a detection forged",
  meaning:
    "A metric that counts events has a value lower than a metric filter publishes. Another caller wrote it, which " +
    "lowers the sum that the detection's alarm compares with its threshold.",
  why:
    "With cloudwatch:PutMetricData, which many application roles have, a caller can keep every detection with a " +
    "threshold above 1 in OK. CloudTrail records the call as a data event, which no trail of Trailwatch receives.",
  severity: "critical",
  needsHeartbeat: false,
  raisedBy: "a value below 1 (pack cis: below 0) in any 5 minutes of the last hours",
  references: { mitre: ["T1562.006", "T1565.002"] },
  runbook: {
    firstFiveMinutes: [
      "Find the metric: in the CloudWatch console, open the alarm. The graph shows the minimum of each metric.",
      "Do not trust the state OK of any alarm of the account. Replay the archive's records of the time to see which notifications were missed: `trailwatch replay <records>`.",
      "Find who can write: `aws iam get-account-authorization-details`, roles with `cloudwatch:PutMetricData` on `*`. Check metric filters and embedded metric format of other log groups: `aws logs describe-metric-filters --metric-namespace Trailwatch --metric-name <metric>`.",
      "Attach the SCP in `docs/forged-metrics.md` to the account.",
    ],
    falsePositives: [
      "None is known. Test values that you send yourself with `aws cloudwatch put-metric-data` raise it.",
    ],
  },
};
