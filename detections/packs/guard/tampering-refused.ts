import { all, any, call, matches } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall, iamUser } from "../../example-record";

/** The record of a denied call often omits its target, so any of Trailwatch's resources may have been the target. */
export const tamperingRefused: Detection = {
  id: "tampering-refused",
  title: "Attempt to take the watching down refused",
  meaning:
    "Somebody without permission tried to delete or disable alarms, log groups, metric filters, topics or rules. " +
    "CloudTrail mostly does not say whose: they may have been others than Trailwatch's.",
  why: "The permissions held. Whoever tried may find a way round, and has credentials of this account.",
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
      "Who is it, and is it usual? The name of what they wanted is often in `errorMessage`.",
      "What else did they try? `aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<key>`.",
      "Several kinds of refusals within minutes are a tool at work: take the credentials away, then look for their origin.",
    ],
    falsePositives: ["A pipeline without permission to clean up after itself, each time it runs."],
    tuning:
      "Ignore that pipeline's role by `userIdentity.sessionContext.sessionIssuer.userName`, or give it what it needs.",
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
