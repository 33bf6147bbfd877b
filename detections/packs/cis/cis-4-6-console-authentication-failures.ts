import { consoleSignIn } from "../../example-record";
import { cisControl } from "./cis-control";

const FAILED = { responseElements: { ConsoleLogin: "Failure" } };

export const consoleAuthenticationFailures = cisControl({
  number: "4.6",
  id: "cis-4-6-console-authentication-failures",
  title: "Console authentication failures",
  severity: "low",
  securityHub: "CloudWatch.6",
  mitre: ["T1110"],
  tunedTwin: "repeated-sign-in-failures",
  patterns: ['{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}'],
  meaning: "A sign-in to the console failed for a wrong password.",
  why: "It may be an attempt to guess passwords, though a single failure is mostly a typing error.",
  firstFiveMinutes: [
    "Check whether `repeated-sign-in-failures` is in ALARM too. If not, this can wait.",
    "List users and addresses: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin`.",
  ],
  falsePositives: ["A mistyped password."],
  examples: {
    matches: [
      consoleSignIn({ ...FAILED, errorMessage: "Failed authentication" }),
      consoleSignIn({ ...FAILED, errorMessage: "Failed authentication", additionalEventData: { MFAUsed: "Yes" } }),
    ],
    nearMisses: [
      consoleSignIn(),
      // Not covered: a guessed user name has another message, and other failures have none.
      consoleSignIn({ ...FAILED, errorMessage: "No username found in supplied account" }),
      consoleSignIn(FAILED),
    ],
  },
});
