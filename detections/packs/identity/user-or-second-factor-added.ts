import { all, any, equals, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole, deniedCall, iamUser } from "../../example-record";
import { OWN_KEY, TEMPORARY_PASSWORD } from "../access/routine-credential";
import { notByDeployment } from "./deployment-role";

const DEVICE = `${EXAMPLE_ARN}:iam::111122223333:mfa/alice`;
const created = { awsRegion: "us-east-1", requestParameters: { userName: "support" } };

export const userOrSecondFactorAdded: Detection = {
  id: "user-or-second-factor-added",
  title: "User, MFA device or temporary password added",
  meaning:
    "An IAM user was created, not by the deployment role; an MFA device registered, a password given that must be " +
    "changed at the next sign-in, or a user made an access key for itself.",
  why:
    "A new colleague looks like that, and so does an intruder who wants to stay: a user of their own, their device beside " +
    "the owner's, another key for the user whose key they stole.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1136.003", "T1098.001", "T1098.005"] },
  condition: (account) => [
    all(
      equals("eventSource", "iam.amazonaws.com"),
      any(
        // Deployments create users; people who assume the same role must not give out passwords or devices unseen.
        all(equals("eventName", "CreateUser"), ...notByDeployment(account)),
        oneOf("eventName", ["CreateVirtualMFADevice", "EnableMFADevice"]),
        all(oneOf("eventName", ["CreateLoginProfile", "UpdateLoginProfile"]), TEMPORARY_PASSWORD),
        OWN_KEY,
      ),
      succeeded(),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find the user (`requestParameters.userName`; if absent, the caller) and the caller. Is it onboarding, a new phone or a rotation that you know of?",
      "If not: `aws iam delete-login-profile`, `aws iam deactivate-mfa-device`, `aws iam update-access-key --status Inactive …` or `aws iam delete-user`, and revoke the caller's sessions.",
      "Check what the user may do: `aws iam list-attached-user-policies`, `aws iam list-groups-for-user`.",
    ],
    falsePositives: ["A new colleague, where IAM users are still in use.", "Rotation of one's own access key."],
    tuning: "Ignore the role that creates users, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("iam", "CreateUser", created),
      apiCall("iam", "EnableMFADevice", { requestParameters: { userName: "alice", serialNumber: DEVICE } }),
      apiCall("iam", "CreateAccessKey", { awsRegion: "us-east-1", userIdentity: iamUser("alice") }),
      apiCall("iam", "UpdateLoginProfile", { requestParameters: { userName: "bob", passwordResetRequired: true } }),
      apiCall("iam", "CreateLoginProfile", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "mallory"),
        requestParameters: { userName: "support", passwordResetRequired: true },
      }),
    ],
    nearMisses: [
      apiCall("iam", "CreateUser", { ...created, userIdentity: assumedRole("OrganizationAccountAccessRole") }),
      apiCall("iam", "CreateAccessKey", created),
      apiCall("iam", "UpdateLoginProfile", { requestParameters: { userName: "bob", passwordResetRequired: false } }),
      apiCall("iam", "ChangePassword", { userIdentity: iamUser("alice") }),
      deniedCall("iam", "CreateUser"),
    ],
  },
};
