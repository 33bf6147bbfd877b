import { all, any, call, equals, not, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

const MEMBER = { recipientAccountId: "444455556666", awsRegion: "us-east-1" };

/** What is added is not watched before `accounts/` names it. */
export const organizationExtended: Detection = {
  id: "organization-extended",
  title: "Account, region or access to all accounts added",
  meaning:
    "An account was created or invited, a member account enabled or disabled a region, or an AWS service or the " +
    "management account got access to all accounts: trusted access, or root access to members.",
  why:
    "A new account or region is not monitored until it is in `accounts/`. Trusted access, for example of StackSets, lets " +
    "an administrator of one account change all of them.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1136.003", "T1535", "T1098"] },
  condition: ({ id }) => [
    all(
      any(
        call(
          "organizations",
          "CreateAccount",
          "CreateGovCloudAccount",
          "InviteAccountToOrganization",
          "EnableAWSServiceAccess",
        ),
        call("cloudformation", "ActivateOrganizationsAccess"),
        call("iam", "EnableOrganizationsRootCredentialsManagement", "EnableOrganizationsRootSessions"),
        // `region-changed` reports those of this account.
        all(call("account", "EnableRegion", "DisableRegion"), not(equals("recipientAccountId", id))),
      ),
      succeeded(),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find what was added (`eventName`, `requestParameters`), by which account (`recipientAccountId`) and who added it (`userIdentity.arn`).",
      "An account: if it was requested, run `npx trailwatch accounts sync`, then deploy. If not, cancel the invitation (`aws organizations cancel-handshake`) or close the account.",
      "A region: if it was not requested, `aws account disable-region --account-id <account> --region-name <region>`, and search the archive for what happened there. If it stays, add it to `furtherRegions`.",
      "Access: if it was not requested, `aws organizations disable-aws-service-access --service-principal <service>`, `aws iam disable-organizations-root-sessions` or `aws iam disable-organizations-root-credentials-management`, then look for stack sets and calls of `AssumeRoot` since then.",
    ],
    falsePositives: [
      "A new account by the account factory.",
      "A team that begins to use a region or a service of the organization.",
    ],
    tuning: "Ignore the account factory's role by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("organizations", "CreateAccount", {
        awsRegion: "us-east-1",
        requestParameters: { accountName: "***", email: "***" },
      }),
      apiCall("organizations", "InviteAccountToOrganization", {
        awsRegion: "us-east-1",
        requestParameters: { target: { id: "***", type: "ACCOUNT" } },
      }),
      apiCall("organizations", "EnableAWSServiceAccess", {
        awsRegion: "us-east-1",
        requestParameters: { servicePrincipal: "member.org.stacksets.cloudformation.amazonaws.com" },
      }),
      apiCall("iam", "EnableOrganizationsRootSessions", { awsRegion: "us-east-1" }),
      apiCall("account", "EnableRegion", { ...MEMBER, requestParameters: { RegionName: "ap-east-1" } }),
    ],
    nearMisses: [
      // In this account, `region-changed` reports it.
      apiCall("account", "EnableRegion", { awsRegion: "us-east-1", requestParameters: { RegionName: "ap-east-1" } }),
      apiCall("account", "GetRegionOptStatus", { ...MEMBER, requestParameters: { RegionName: "ap-east-1" } }),
      apiCall("organizations", "DescribeCreateAccountStatus", { awsRegion: "us-east-1" }),
      deniedCall("organizations", "InviteAccountToOrganization", { awsRegion: "us-east-1" }),
    ],
  },
};
