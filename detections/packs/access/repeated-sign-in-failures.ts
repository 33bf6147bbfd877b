import { all, any, call, equals } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, consoleSignIn, serviceEvent } from "../../example-record";

const FAILED = { responseElements: { ConsoleLogin: "Failure" } };

export const repeatedSignInFailures: Detection = {
  id: "repeated-sign-in-failures",
  title: "Repeated sign-in failures",
  meaning: "Sign-ins failed five times within five minutes: to the console, or at IAM Identity Center.",
  why: "It may be an attempt to guess passwords. A correct guess shows up as a success right after.",
  severity: "medium",
  threshold: 5,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.6"], securityHub: "CloudWatch.6", mitre: ["T1110"] },
  // Compares the result, not the message: unknown user names and wrong codes have other messages, or none.
  condition: any(
    all(call("signin", "ConsoleLogin"), equals("responseElements.ConsoleLogin", "Failure")),
    all(call("signin", "CredentialVerification"), equals("serviceEventDetails.CredentialVerification", "Failure")),
  ),
  runbook: {
    firstFiveMinutes: [
      "List the users and addresses: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin`; for Identity Center, `CredentialVerification`.",
      "One user from their usual address has most likely forgotten a password: contact them.",
      "For many users, or an unfamiliar address, look for a success from that address. If there is one, reset that user's password and end their sessions.",
    ],
    falsePositives: ["A forgotten password.", "A password manager that keeps trying an old one."],
    tuning:
      "Raise the threshold in an account that many people sign in to. Slow guessing stays below any threshold: search the archive.",
  },
  examples: {
    matches: [
      consoleSignIn({ ...FAILED, errorMessage: "Failed authentication" }),
      consoleSignIn({ ...FAILED, errorMessage: "No username found in supplied account" }),
      consoleSignIn(FAILED),
      serviceEvent("signin", "CredentialVerification", {
        userIdentity: { type: "Unknown", principalId: "111122223333", accountId: "111122223333", userName: "alice" },
        sourceIPAddress: "198.51.100.7",
        additionalEventData: { CredentialType: "PASSWORD" },
        serviceEventDetails: { CredentialVerification: "Failure" },
      }),
    ],
    nearMisses: [
      consoleSignIn(),
      serviceEvent("signin", "CredentialVerification", { serviceEventDetails: { CredentialVerification: "Success" } }),
      apiCall("sts", "AssumeRole", { errorCode: "AccessDenied" }),
    ],
  },
};
