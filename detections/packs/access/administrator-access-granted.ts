import { globalArn } from "../../../lib/aws/partitions";
import { all, any, call, matches, not, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, EXAMPLE_REGION, apiCall, deniedCall, serviceLinkedRole } from "../../example-record";
import { byServiceLinkedRole } from "../../service-linked-role";

/** AWS managed policies that allow everything, directly or by way of IAM; and everything but IAM. */
const administrator = (region: string): readonly string[] =>
  ["AdministratorAccess", "IAMFullAccess", "PowerUserAccess"].map((policy) =>
    globalArn(region, "iam", "aws", `policy/${policy}`),
  );
const [administratorAccess, iamFullAccess, powerUserAccess] = administrator(EXAMPLE_REGION);

const clusterAdministrator = (region: string): readonly string[] =>
  ["AmazonEKSClusterAdminPolicy", "AmazonEKSAdminPolicy"].map((policy) =>
    globalArn(region, "eks", "aws", `cluster-access-policy/${policy}`),
  );
const access = (policy: string) => ({
  requestParameters: {
    name: "shop",
    principalArn: `${EXAMPLE_ARN}:iam::111122223333:user/app`,
    policyArn: `${EXAMPLE_ARN}:eks::aws:cluster-access-policy/${policy}`,
  },
});

/** Identity Center gives its roles what their permission set has: the change of the set is what matters. */
const identityCenter = { userIdentity: serviceLinkedRole("sso", "AWSServiceRoleForSSO") };
const joined = (groupName: string) => ({ requestParameters: { userName: "app", groupName } });
const attached = (policyArn?: string) => ({ requestParameters: { roleName: "app", policyArn } });

export const administratorAccessGranted: Detection = {
  id: "administrator-access-granted",
  title: "Administrator access granted",
  meaning:
    "AWS's policy for administrators or power users was attached to a user, group, role or permission set; or a user was " +
    "added to a group whose name contains `Admin` or `admin`; or a principal became an administrator of an EKS cluster. What " +
    "AWS services do by their service-linked roles is left out. " +
    "A policy of one's own that allows as much is only seen by `iam-policy-changed`.",
  why: "It is the shortest way from one stolen key to the whole account, and a common way to keep access.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1098.003"] },
  condition: (account) => [
    all(
      call("iam", "AttachUserPolicy", "AttachGroupPolicy", "AttachRolePolicy"),
      oneOf("requestParameters.policyArn", administrator(account.homeRegion)),
      succeeded(),
      not(byServiceLinkedRole(account)),
    ),
    // No service does these: the exception would take the third `*`, which an `ignore` may need.
    all(
      any(
        all(call("iam", "AddUserToGroup"), matches("requestParameters.groupName", "*dmin*")),
        all(
          call("sso", "AttachManagedPolicyToPermissionSet"),
          oneOf("requestParameters.managedPolicyArn", administrator(account.homeRegion)),
        ),
        all(
          call("eks", "AssociateAccessPolicy"),
          oneOf("requestParameters.policyArn", clusterAdministrator(account.homeRegion)),
        ),
      ),
      succeeded(),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find who received the policy (`requestParameters`) and who attached it (`userIdentity.arn`). Contact the latter through another channel.",
      "If the change is not confirmed: `aws iam detach-user-policy` (`-role-`, `-group-`), or `aws eks disassociate-access-policy`, and disable the caller's key or sessions.",
      "Check what the new administrator has done since: keys, users, roles, trust policies.",
    ],
    falsePositives: ["An account being set up.", "A deployment pipeline's role being created."],
    tuning: "Ignore the role that sets accounts up, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("iam", "AttachUserPolicy", attached(administratorAccess)),
      apiCall("iam", "AttachRolePolicy", attached(iamFullAccess)),
      apiCall("iam", "AttachGroupPolicy", attached(powerUserAccess)),
      apiCall("iam", "AddUserToGroup", joined("Administrators")),
      apiCall("iam", "AddUserToGroup", joined("platform-admins")),
      apiCall("sso", "AttachManagedPolicyToPermissionSet", {
        requestParameters: { managedPolicyArn: administratorAccess },
      }),
      apiCall("eks", "AssociateAccessPolicy", access("AmazonEKSClusterAdminPolicy")),
    ],
    nearMisses: [
      apiCall("iam", "AttachRolePolicy", { ...attached(administratorAccess), ...identityCenter }),
      apiCall("iam", "AddUserToGroup", joined("Readers")),
      apiCall("eks", "AssociateAccessPolicy", access("AmazonEKSViewPolicy")),
      apiCall("iam", "AttachRolePolicy", attached(`${EXAMPLE_ARN}:iam::aws:policy/ReadOnlyAccess`)),
      apiCall("iam", "DetachRolePolicy", attached(administratorAccess)),
      deniedCall("iam", "AttachUserPolicy", attached(administratorAccess)),
    ],
  },
};
