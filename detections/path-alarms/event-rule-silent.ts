import type { PathAlarm } from "../path-alarm";

/** The rule that carries the heartbeat is the only one with regular traffic: an alarm on the others would be noise. */
export const eventRuleSilent: PathAlarm = {
  id: "event-rule-silent",
  title: "Event rule matches nothing",
  meaning:
    "For two hours the EventBridge rule that also carries the account's hourly call sent no event to the log group.",
  why:
    "Events that are written into the log group by hand keep its own alarm in OK. They do not pass the rule, whose " +
    "metric is in the namespace AWS/Events, which no customer can write.",
  severity: "critical",
  feed: "event-bus",
  needsHeartbeat: true,
  alarmWhen: "missed",
  raisedBy: "no event in 1 h, 2 periods in a row",
  references: { mitre: ["T1562.008"] },
  runbook: {
    firstFiveMinutes: [
      "Check the rule: `aws events describe-rule --name <rule>`, `aws events list-targets-by-rule --rule <rule>`. The alarm's dimension `RuleName` names it.",
      "If the rule is unchanged, check that the hourly call is made: `aws scheduler get-schedule --name trailwatch-heartbeat`.",
      "If the alarm `log-group-silent` is OK, events in the log group may be forged: find who calls `logs:PutLogEvents` there.",
      "Restore what is missing: `npx cdktf deploy monitoring-<account>`. The archive contains the missed events.",
    ],
    falsePositives: [
      "The first two hours after the first deployment.",
      "EventBridge delivers its metrics on a best-effort basis: a data point can be missing. Both hours must be without.",
    ],
  },
};
