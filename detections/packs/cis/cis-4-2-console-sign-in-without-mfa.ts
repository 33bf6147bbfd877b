import { EXAMPLE_CONSOLE, assumedRole, consoleSignIn, root } from "../../example-record";
import { cisControl } from "./cis-control";

const NO_MFA = { LoginTo: EXAMPLE_CONSOLE, MFAUsed: "No" };

export const signInsWithoutMfa = cisControl({
  number: "4.2",
  id: "cis-4-2-console-sign-in-without-mfa",
  title: "Console sign-in without MFA",
  severity: "medium",
  securityHub: "CloudWatch.3",
  mitre: ["T1078.004"],
  tunedTwin: "console-sign-in-without-mfa",
  patterns: [
    '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
  ],
  meaning: "An IAM user signed in to the console and CloudTrail says that no second factor was used.",
  why: "A password alone can be guessed, phished or bought, and is enough to sign in.",
  firstFiveMinutes: [
    "Follow the runbook of `console-sign-in-without-mfa`, which pages for the same sign-in.",
    "Does the user have a device? `aws iam list-mfa-devices --user-name <user>`.",
  ],
  falsePositives: ["A new user's first sign-in, before registering a device."],
  examples: {
    matches: [
      consoleSignIn({ additionalEventData: NO_MFA }),
      // False positive: any value except "Yes" matches, also AWS's other spelling of it.
      consoleSignIn({ additionalEventData: { ...NO_MFA, MFAUsed: "YES" } }),
    ],
    nearMisses: [
      consoleSignIn(),
      // Not covered: the field may be absent.
      consoleSignIn({ additionalEventData: { LoginTo: NO_MFA.LoginTo } }),
      consoleSignIn({ userIdentity: root(), additionalEventData: NO_MFA }),
      consoleSignIn({ userIdentity: assumedRole("AWSReservedSSO_Admin_0123"), additionalEventData: NO_MFA }),
      consoleSignIn({ additionalEventData: NO_MFA, responseElements: { ConsoleLogin: "Failure" } }),
    ],
  },
});
