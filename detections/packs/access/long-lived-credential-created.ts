import { all, any, call, equals, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall, root } from "../../example-record";

export const longLivedCredentialCreated: Detection = {
  id: "long-lived-credential-created",
  title: "Access key or password created",
  meaning: "An access key, console password or service password of a user was made, reset or switched on again.",
  why: "It outlives the session that created it: a common way to regain access after being removed.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1098.001"] },
  condition: any(
    all(
      call(
        "iam",
        ...["CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile"],
        ...["CreateServiceSpecificCredential", "ResetServiceSpecificCredential", "UploadSigningCertificate"],
      ),
      succeeded(),
    ),
    all(call("iam", "UpdateAccessKey"), equals("requestParameters.status", "Active"), succeeded()),
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
    ],
    nearMisses: [
      apiCall("iam", "UpdateAccessKey", { requestParameters: { userName: "old", status: "Inactive" } }),
      deniedCall("iam", "CreateAccessKey"),
      apiCall("iam", "CreateUser", { requestParameters: { userName: "new" } }),
      apiCall("iam", "ChangePassword"),
    ],
  },
};
