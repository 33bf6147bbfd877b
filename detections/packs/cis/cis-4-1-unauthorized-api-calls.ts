import { apiCall, awsService, deniedCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const unauthorizedApiCalls = cisControl({
  number: "4.1",
  id: "cis-4-1-unauthorized-api-calls",
  title: "Unauthorized API calls",
  severity: "low",
  securityHub: "CloudWatch.2",
  mitre: ["T1526", "T1580"],
  tunedTwin: "denied-call-burst",
  patterns: ['{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}'],
  meaning: "A call was denied: of any principal, service and kind.",
  why: "Denied calls can come from a stolen key being tried. A single one is nearly always a mistake or a service probing.",
  firstFiveMinutes: [
    "Check whether `denied-call-burst` is in ALARM too. If not, this can wait until working hours.",
    "Run this alarm's query to see whose calls are denied repeatedly: `userIdentity.arn`, `eventName`.",
  ],
  falsePositives: [
    "Log delivery, Config, Security Hub and other services probing.",
    "A person who opens a console page without rights to all of it.",
  ],
  examples: {
    matches: [
      deniedCall("iam", "ListUsers"),
      deniedCall("kms", "Decrypt", { errorCode: "AccessDeniedException" }),
      deniedCall("ec2", "RunInstances", { errorCode: "Client.UnauthorizedOperation" }),
      // Known noise that the checker requires; the tuned twin excludes it.
      deniedCall("s3", "HeadBucket", { userIdentity: awsService("delivery.logs") }),
    ],
    nearMisses: [
      apiCall("ec2", "RunInstances", { errorCode: "Client.InstanceLimitExceeded" }),
      deniedCall("s3", "GetObject", { errorCode: "VpceAccessDenied" }),
      apiCall("iam", "ListUsers"),
    ],
  },
});
