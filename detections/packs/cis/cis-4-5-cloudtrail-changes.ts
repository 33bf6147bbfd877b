import { apiCall, deniedCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const cloudtrailChanges = cisControl({
  number: "4.5",
  id: "cis-4-5-cloudtrail-changes",
  title: "CloudTrail configuration changes",
  severity: "medium",
  securityHub: "CloudWatch.5",
  mitre: ["T1562.008"],
  tunedTwin: "trail-changed",
  patterns: [
    "{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ($.eventName=StartLogging) || ($.eventName=StopLogging)}",
  ],
  meaning: "A trail was created, updated, deleted, started or stopped, or a principal tried to do so.",
  why: "Without a trail, an account's activity is not recorded.",
  firstFiveMinutes: [
    "Is it still logging? `aws cloudtrail get-trail-status --name <trail>`; if not, `aws cloudtrail start-logging --name <trail>`.",
    "Follow the runbooks of `trail-stopped` and `trail-changed`.",
  ],
  falsePositives: ["A deployment of this project."],
  examples: {
    matches: [
      apiCall("cloudtrail", "StopLogging", { requestParameters: { name: "trailwatch" } }),
      apiCall("cloudtrail", "UpdateTrail"),
      deniedCall("cloudtrail", "DeleteTrail"),
    ],
    nearMisses: [
      apiCall("cloudtrail", "DescribeTrails"),
      // Not covered: selectors that exclude everything stop a trail as well.
      apiCall("cloudtrail", "PutEventSelectors"),
    ],
  },
});
