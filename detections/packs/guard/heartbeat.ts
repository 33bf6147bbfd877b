import { ownNames, PLAIN } from "../../../lib/naming/own-names";
import { all, call, equals } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole, deniedCall } from "../../example-record";

const BEAT = {
  userIdentity: { ...assumedRole(PLAIN.heartbeat.name), invokedBy: "scheduler.amazonaws.com" },
  sourceIPAddress: "scheduler.amazonaws.com",
  requestParameters: { name: PLAIN.heartbeat.parameter, value: "HIDDEN_DUE_TO_SECURITY_REASONS", overwrite: true },
};

/** The account makes one call an hour. If it does not arrive, no event does. */
export const heartbeat: Detection = {
  id: "heartbeat",
  title: "Heartbeat missing",
  meaning:
    "For two hours none of the hourly calls arrived that the account makes for this purpose only. CloudTrail, its way " +
    "to the log group, the metric filters or the schedule itself has stopped.",
  why: "A broken signal path looks like an account without incidents. While the heartbeat is missing, no other alarm of this account can be trusted.",
  severity: "high",
  threshold: 1,
  periodSeconds: 3600,
  evaluationPeriods: 2,
  alarmWhen: "missed",
  scope: "account",
  references: { mitre: ["T1562.008"] },
  condition: ({ id, names, rolePrefix = "" }) => {
    const byHeartbeat = equals(
      "userIdentity.sessionContext.sessionIssuer.userName",
      `${rolePrefix}${ownNames(names).heartbeat.name}`,
    );
    // The management account's log group also holds the members' heartbeats.
    return [all(call("ssm", "PutParameter"), byHeartbeat, equals("recipientAccountId", id))];
  },
  runbook: {
    firstFiveMinutes: [
      "Check that the account sends it: `aws ssm get-parameter --name /trailwatch/heartbeat --query Parameter.LastModifiedDate`. If not: `aws scheduler get-schedule --name trailwatch-heartbeat`.",
      "If it does, check that CloudTrail logs: `aws cloudtrail describe-trails`, then `get-trail-status`. Check that the rule is enabled: `aws events describe-rule --name trailwatch`.",
      "Check that events arrive: `aws logs tail <log group> --since 1h`. If so, check the filter: `aws logs describe-metric-filters --log-group-name <log group>`.",
      "Restore what is missing: `npx cdktf deploy monitoring-<account>`. The archive contains the missed events.",
    ],
    falsePositives: [
      "The first minutes after the first deployment.",
      "A disruption at AWS: see the AWS Health Dashboard.",
    ],
    tuning: "Raise `evaluationPeriods` if AWS sometimes delivers late. Do not turn it off.",
  },
  examples: {
    // A denied call proves the path as well.
    matches: [apiCall("ssm", "PutParameter", BEAT), deniedCall("ssm", "PutParameter", BEAT)],
    nearMisses: [
      apiCall("ssm", "PutParameter", { ...BEAT, userIdentity: assumedRole("Mallory") }),
      apiCall("ssm", "PutParameter", { ...BEAT, recipientAccountId: "444455556666" }),
    ],
  },
};
