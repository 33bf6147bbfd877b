import { all, any, call, equals, exists, not, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { OWN_KEY, TEMPORARY_PASSWORD } from "./routine-credential";
import { apiCall, deniedCall, iamUser, root } from "../../example-record";

const CREATIONS = [
  ...["CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile", "UploadSSHPublicKey", "UploadSigningCertificate"],
  ...["CreateServiceSpecificCredential", "ResetServiceSpecificCredential"],
];
const ACTIVATIONS = ["UpdateAccessKey", "UpdateServiceSpecificCredential", "UpdateSSHPublicKey"];

export const longLivedCredentialCreated: Detection = {
  id: "long-lived-credential-created",
  title: "Access key or password created",
  meaning:
    "An access key, console password, service password, SSH key or signing certificate of a user was made, reset or " +
    "switched on again. A user's own new access key and a password that must be changed at the next sign-in are in " +
    "`user-or-second-factor-added`: rotation and onboarding look like that.",
  why: "It outlives the session that created it: a common way to regain access after being removed.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1098.001"] },
  condition: all(
    call("iam", ...CREATIONS, ...ACTIVATIONS),
    succeeded(),
    // Only activations have a status.
    any(not(exists("requestParameters.status")), equals("requestParameters.status", "Active")),
    not(any(TEMPORARY_PASSWORD, OWN_KEY)),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find the user (`requestParameters.userName`; if absent, the caller) and the caller. Contact both through another channel.",
      "If it is unexplained: `aws iam update-access-key --status Inactive …`, or `aws iam delete-login-profile --user-name <user>`.",
      "List the calls made with the new credential: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<key>`.",
    ],
    falsePositives: ["Rotation of an access key.", "A new colleague, where IAM users are still in use."],
    tuning: "Ignore the role that rotates keys, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("iam", "CreateAccessKey", { requestParameters: { userName: "backup" } }),
      apiCall("iam", "CreateAccessKey", { userIdentity: root() }),
      apiCall("iam", "CreateLoginProfile", { requestParameters: { userName: "ci", passwordResetRequired: false } }),
      apiCall("iam", "UpdateAccessKey", { requestParameters: { userName: "old", status: "Active" } }),
      apiCall("iam", "UpdateServiceSpecificCredential", { requestParameters: { userName: "old", status: "Active" } }),
      // A Bedrock API key.
      apiCall("iam", "CreateServiceSpecificCredential", {
        requestParameters: { userName: "BedrockAPIKey-1", serviceName: "bedrock.amazonaws.com" },
      }),
      apiCall("iam", "UpdateLoginProfile", { requestParameters: { userName: "bob" } }),
    ],
    nearMisses: [
      apiCall("iam", "UpdateAccessKey", { requestParameters: { userName: "old", status: "Inactive" } }),
      deniedCall("iam", "CreateAccessKey"),
      apiCall("iam", "CreateUser", { requestParameters: { userName: "new" } }),
      apiCall("iam", "ChangePassword"),
      apiCall("iam", "CreateAccessKey", { userIdentity: iamUser("alice") }),
      apiCall("iam", "UpdateLoginProfile", { requestParameters: { userName: "bob", passwordResetRequired: true } }),
      apiCall("iam", "UpdateSSHPublicKey", { requestParameters: { userName: "old", status: "Inactive" } }),
    ],
  },
};
