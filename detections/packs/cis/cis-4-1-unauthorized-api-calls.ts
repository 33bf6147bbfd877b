import { apiCall, awsService, deniedCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const unauthorizedApiCalls = cisControl({
  section: "4.1",
  id: "cis-4-1-unauthorized-api-calls",
  title: "Unauthorized API calls",
  severity: "low",
  securityHub: "CloudWatch.2",
  mitre: ["T1526", "T1580"],
  tunedTwin: "denied-call-burst",
  patterns: ['{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}'],
  meaning: "A call was denied: anybody's, by any service, of any kind.",
  why: "Denials can be somebody trying out a stolen key. One alone is nearly always a slip or a service probing.",
  firstFiveMinutes: [
    "Has `denied-call-burst` gone off too? If not, look in working hours.",
    "Run the query of this alarm and see whose calls are denied again and again: `userIdentity.arn`, `eventName`.",
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
