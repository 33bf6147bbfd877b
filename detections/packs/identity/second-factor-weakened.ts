import { all, any, call, compare, equals, not, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole, deniedCall, iamUser } from "../../example-record";

/** CIS AWS Foundations Benchmark, "IAM password policy requires minimum length of 14 or greater". */
const MINIMUM_LENGTH = 14;

const DEVICE = `${EXAMPLE_ARN}:iam::111122223333:mfa/alice`;
const policy = (changes: object) => ({
  awsRegion: "us-east-1",
  requestParameters: { requireSymbols: true, requireNumbers: true, ...changes },
});

export const secondFactorWeakened: Detection = {
  id: "second-factor-weakened",
  title: "MFA device removed or password policy weakened",
  meaning:
    "A user's MFA device was deactivated or deleted, in IAM or in IAM Identity Center; Identity Center's rules for MFA " +
    "were changed; or the account's password policy was deleted or now allows passwords of fewer than 14 characters.",
  why: "Without the second factor, a password is enough. It is the first step to take over a user that has one.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1556.006", "T1098.001"] },
  condition: any(
    all(
      call(
        "iam",
        ...["DeactivateMFADevice", "DeleteVirtualMFADevice"],
        ...["DeleteAccountPasswordPolicy", "UpdateAccountPasswordPolicy"],
      ),
      // A policy without a length allows six characters.
      not(
        all(
          equals("eventName", "UpdateAccountPasswordPolicy"),
          compare("requestParameters.minimumPasswordLength", ">=", MINIMUM_LENGTH),
        ),
      ),
      succeeded(),
    ),
    all(
      oneOf("eventSource", ["sso-directory.amazonaws.com", "sso.amazonaws.com"]),
      oneOf("eventName", ["DeleteMfaDeviceForUser", "PutMfaDeviceManagementForDirectory"]),
      succeeded(),
    ),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find the user (`requestParameters.userName`, or the name in `serialNumber`) and the caller. Contact both through another channel.",
      "If it is unexplained: `aws iam delete-login-profile --user-name <user>`, disable the user's keys, and revoke the caller's sessions.",
      "Look for a new device of the same user (`EnableMFADevice`) and for sign-ins since.",
      "Put the password policy back: `aws iam update-account-password-policy --minimum-password-length 14 …`.",
    ],
    falsePositives: ["A user with a new phone.", "The removal of a user who has left."],
    tuning: "Ignore the role that removes users, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("iam", "DeactivateMFADevice", {
        awsRegion: "us-east-1",
        userIdentity: iamUser("mallory"),
        requestParameters: { userName: "alice", serialNumber: DEVICE },
      }),
      apiCall("iam", "DeleteVirtualMFADevice", {
        awsRegion: "us-east-1",
        requestParameters: { serialNumber: DEVICE },
      }),
      apiCall("iam", "UpdateAccountPasswordPolicy", policy({ minimumPasswordLength: 8 })),
      apiCall("iam", "UpdateAccountPasswordPolicy", policy({})),
      apiCall("sso-directory", "DeleteMfaDeviceForUser", { userIdentity: assumedRole("Administrator") }),
    ],
    nearMisses: [
      apiCall("iam", "UpdateAccountPasswordPolicy", policy({ minimumPasswordLength: 14 })),
      apiCall("iam", "EnableMFADevice", { requestParameters: { userName: "alice", serialNumber: DEVICE } }),
      deniedCall("iam", "DeactivateMFADevice", { awsRegion: "us-east-1" }),
    ],
  },
};
