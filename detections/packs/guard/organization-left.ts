import { call } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole, deniedCall } from "../../example-record";

/** Outside the organization, an account has no organization trail, no organization policies and no archive. */
export const organizationLeft: Detection = {
  id: "organization-left",
  title: "Account leaves the organization",
  meaning: "An account left the organization, was removed from it or is being closed, or a principal tried to do so.",
  why: "Outside the organization, the account loses its trail and its guardrails, and the organization loses access to it.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.15"], mitre: ["T1666"] },
  condition: call(
    "organizations",
    "LeaveOrganization",
    "RemoveAccountFromOrganization",
    "CloseAccount",
    "DeleteOrganization",
  ),
  runbook: {
    firstFiveMinutes: [
      "Check from the management account whether it is still a member: `aws organizations describe-account --account-id <account>`.",
      "If not, invite it again: `aws organizations invite-account-to-organization --target Id=<account>,Type=ACCOUNT`, and call AWS Support.",
      "If the call was denied, the guardrail worked: find the caller's credentials and revoke their sessions.",
      "Check what the same caller did in the account in the hours before.",
    ],
    falsePositives: ["An account that is retired or transferred, with a ticket that confirms it."],
    tuning: "Ignore `requestParameters.accountId` of an account that is being closed, with an `until`.",
  },
  examples: {
    matches: [
      deniedCall("organizations", "LeaveOrganization", { awsRegion: "us-east-1" }),
      apiCall("organizations", "LeaveOrganization", {
        awsRegion: "us-east-1",
        userIdentity: assumedRole("OrganizationAccountAccessRole", "mallory"),
      }),
      apiCall("organizations", "RemoveAccountFromOrganization", { requestParameters: { accountId: "444455556666" } }),
    ],
    nearMisses: [
      apiCall("organizations", "DescribeOrganization"),
      apiCall("organizations", "MoveAccount", { requestParameters: { accountId: "444455556666" } }),
    ],
  },
};
