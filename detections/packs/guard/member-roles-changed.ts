import { ownNames } from "../../../lib/naming/own-names";
import { all, matches } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole } from "../../example-record";
import { callByOthers } from "./any-account";
import { possiblyOurs } from "./ours";
import { ofOwnRole, ROLE_CALLS } from "./watcher-role-changed";

/**
 * Changes of the boundary of our roles. They stop the forwarding of their own event in the account. IAM deletes
 * neither a policy in use nor its default version.
 */
export const BOUNDARY_CALLS = ["CreatePolicyVersion", "SetDefaultPolicyVersion"];

const MEMBER = { recipientAccountId: "444455556666", awsRegion: "us-east-1" };
const ROLE = { roleName: "trailwatch-event-forwarding" };

/** A role that forwards events can stop the event of its own change. */
export const memberRolesChanged: Detection = {
  id: "member-roles-changed",
  title: "Roles of the monitoring of an account changed",
  meaning:
    "In any account, a principal other than Trailwatch's deployment deleted one of Trailwatch's roles or CloudTrail's " +
    "own, or changed their trust, their permissions or the boundary of Trailwatch's, or tried to.",
  why: "Without its role, a rule forwards nothing and a trail writes no log events. Events of IAM are among those that stop.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  notifiesWitness: true,
  references: { mitre: ["T1562.008", "T1098.003"] },
  condition: (account) => [
    all(
      callByOthers(account, "iam", [...ROLE_CALLS, "DeleteServiceLinkedRole", ...BOUNDARY_CALLS]),
      possiblyOurs(
        ...ofOwnRole(account),
        matches("requestParameters.policyArn", `*:policy/${account.roleBoundary ?? ownNames(account.names).boundary}`),
      ),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find the account (`recipientAccountId`) and the caller (`userIdentity.arn`) in the message, or with the detection's saved query.",
      "Restore it: `npx cdktf deploy monitoring-<account>` (management: also `organization-trail`), then `trailwatch verify <account>`.",
      "Check what has happened there since: the organization's log group and the archive contain all events.",
    ],
    falsePositives: [
      "A deployment of Trailwatch with personal credentials.",
      "A tool that sets boundaries or attaches policies on every role.",
    ],
    tuning: "Ignore such a tool's role by `userIdentity.sessionContext.sessionIssuer.userName`.",
  },
  examples: {
    matches: [
      apiCall("iam", "UpdateAssumeRolePolicy", { ...MEMBER, requestParameters: { ...ROLE, policyDocument: "{}" } }),
      // The management account counts, too.
      apiCall("iam", "AttachRolePolicy", {
        requestParameters: { ...ROLE, policyArn: `${EXAMPLE_ARN}:iam::aws:policy/AWSDenyAll` },
      }),
      apiCall("iam", "SetDefaultPolicyVersion", {
        ...MEMBER,
        requestParameters: {
          policyArn: `${EXAMPLE_ARN}:iam::444455556666:policy/trailwatch-boundary`,
          versionId: "v2",
        },
      }),
    ],
    nearMisses: [
      apiCall("iam", "CreatePolicyVersion", {
        ...MEMBER,
        requestParameters: { policyArn: `${EXAMPLE_ARN}:iam::444455556666:policy/checkout`, setAsDefault: true },
      }),
      apiCall("iam", "DeleteRole", { ...MEMBER, requestParameters: { roleName: "checkout" } }),
      apiCall("iam", "PutRolePolicy", {
        ...MEMBER,
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { ...ROLE, policyName: "put-events" },
      }),
    ],
  },
};
