import { call } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall, iamUser } from "../../example-record";

/** Stopping a trail hides everything that follows. No principal is excluded, and failed attempts count too. */
export const trailStopped: Detection = {
  id: "trail-stopped",
  title: "Trail stopped or deleted",
  meaning: "A principal stopped the logging of a CloudTrail trail or deleted a trail, or tried to and was refused.",
  why: "Activity after that is not recorded: this is one of the first steps of intruders.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.5"], securityHub: "CloudWatch.5", mitre: ["T1562.008"] },
  condition: call("cloudtrail", "StopLogging", "DeleteTrail"),
  runbook: {
    firstFiveMinutes: [
      "Check whether it is logging: `aws cloudtrail get-trail-status --name <trail> --query IsLogging`. If not: `aws cloudtrail start-logging --name <trail>`.",
      "If the trail was deleted, deploy it again: `npx cdktf deploy organization-trail` or `'monitoring-*'`. The archive keeps its objects.",
      "Event history works without a trail. Find the caller and their calls since: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<key>`.",
      "If the caller is unknown, revoke their credentials before anything else.",
    ],
    falsePositives: ["A team that removes a trail of its own.", "A test of this very alarm, on a trail made for it."],
    tuning:
      "Ignore a trail that will be removed, by `requestParameters.name` and with an `until`. Never ignore a role.",
  },
  examples: {
    matches: [
      apiCall("cloudtrail", "StopLogging", { requestParameters: { name: "trailwatch-organization" } }),
      apiCall("cloudtrail", "DeleteTrail", {
        requestParameters: { name: `${EXAMPLE_ARN}:cloudtrail:eu-west-1:111122223333:trail/trailwatch-account` },
      }),
      deniedCall("cloudtrail", "StopLogging", { userIdentity: iamUser("mallory") }),
      apiCall("cloudtrail", "StopLogging", {
        errorCode: "TrailNotFoundException",
        requestParameters: { name: "guessed" },
      }),
    ],
    nearMisses: [
      apiCall("cloudtrail", "StartLogging", { requestParameters: { name: "trailwatch-organization" } }),
      apiCall("cloudtrail", "StopImport"),
      apiCall("cloudtrail", "GetTrailStatus", { requestParameters: { name: "trailwatch-organization" } }),
    ],
  },
};
