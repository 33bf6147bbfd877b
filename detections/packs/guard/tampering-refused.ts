import { all, any, call, matches } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall, iamUser } from "../../example-record";

/** The record of a denied call often omits its target, so any of Trailwatch's resources may have been the target. */
export const tamperingRefused: Detection = {
  id: "tampering-refused",
  title: "Attempt to take the watching down refused",
  meaning:
    "A principal without permission tried to delete or disable alarms, log groups, metric filters, topics or rules. " +
    "CloudTrail mostly does not say whose: they may have been others than Trailwatch's.",
  why: "The permissions worked, but the caller has credentials of this account and may find another way.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.008"] },
  condition: all(
    matches("errorCode", "AccessDenied*"),
    any(
      call("logs", "DeleteLogGroup", "DeleteMetricFilter", "DeleteSubscriptionFilter"),
      call("monitoring", "DeleteAlarms", "DisableAlarmActions", "SetAlarmState"),
      call("sns", "DeleteTopic", "Unsubscribe"),
      call("events", "DisableRule", "DeleteRule", "RemoveTargets"),
    ),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find the caller, and whether such calls are usual. `errorMessage` often names the target.",
      "List the caller's other calls: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<key>`.",
      "Several kinds of denied calls within minutes come from a tool: revoke the credentials, then find their origin.",
    ],
    falsePositives: ["A pipeline that lacks permission to delete its own resources, in each run."],
    tuning:
      "Ignore that pipeline's role by `userIdentity.sessionContext.sessionIssuer.arn`, or grant it the permissions that it needs.",
  },
  examples: {
    matches: [
      deniedCall("monitoring", "DeleteAlarms", { userIdentity: iamUser("mallory") }),
      deniedCall("events", "DisableRule", { userIdentity: iamUser("mallory") }),
      deniedCall("logs", "DeleteLogGroup", { errorCode: "AccessDeniedException" }),
    ],
    nearMisses: [
      apiCall("monitoring", "DeleteAlarms", { requestParameters: { alarmNames: ["cpu"] } }),
      deniedCall("monitoring", "DescribeAlarms"),
      apiCall("logs", "DeleteLogGroup", { errorCode: "ResourceNotFoundException" }),
    ],
  },
};
