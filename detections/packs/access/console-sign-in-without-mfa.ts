import { all, call, equals, not, oneOf } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_CONSOLE, assumedRole, consoleSignIn, root } from "../../example-record";

const NO_MFA = { LoginTo: EXAMPLE_CONSOLE, MobileVersion: "No", MFAUsed: "No" };

/** Federated users present their second factor to their identity provider; CloudTrail records `No` for all of them. */
export const consoleSignInWithoutMfa: Detection = {
  id: "console-sign-in-without-mfa",
  title: "Console sign-in without a second factor",
  meaning: "An IAM user or the root user signed in to the console with a password and nothing else.",
  why: "A password alone can be guessed, phished or bought, and is enough to sign in.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.2"], securityHub: "CloudWatch.3", mitre: ["T1078.004"] },
  condition: all(
    call("signin", "ConsoleLogin"),
    equals("responseElements.ConsoleLogin", "Success"),
    oneOf("userIdentity.type", ["IAMUser", "Root"]),
    not(oneOf("additionalEventData.MFAUsed", ["Yes", "YES"])),
  ),
  runbook: {
    firstFiveMinutes: [
      "Contact the user through another channel: did they just sign in from `sourceIPAddress`?",
      "If not: `aws iam delete-login-profile --user-name <user>`, and check what the user has done since.",
      "If so: `aws iam list-mfa-devices --user-name <user>`; have them register a device today.",
    ],
    falsePositives: ["A new user's first sign-in, before registering a device.", "A test that signs in as a user."],
    tuning: "Give people IAM Identity Center in place of IAM users. A test user is ignored by `userIdentity.userName`.",
  },
  examples: {
    matches: [
      consoleSignIn({ additionalEventData: NO_MFA }),
      // The field may be absent: CIS 4.2's `!= "Yes"` misses that.
      consoleSignIn({ additionalEventData: { LoginTo: EXAMPLE_CONSOLE, MobileVersion: "No" } }),
      consoleSignIn({ userIdentity: root(), additionalEventData: NO_MFA }),
    ],
    nearMisses: [
      consoleSignIn(),
      consoleSignIn({ userIdentity: root(), additionalEventData: { ...NO_MFA, MFAUsed: "YES" } }),
      consoleSignIn({
        userIdentity: assumedRole("AWSReservedSSO_Administrator_0123456789abcdef", "alice@example.com"),
        additionalEventData: NO_MFA,
      }),
      consoleSignIn({ responseElements: { ConsoleLogin: "Failure" }, additionalEventData: NO_MFA }),
    ],
  },
};
