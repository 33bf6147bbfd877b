import { all, any, call, matchesRegex, not, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall, serviceLinkedRole } from "../../example-record";
import { byServiceLinkedRole } from "../../service-linked-role";
import { otherAccounts } from "../../other-accounts";

const DOCUMENT = "requestParameters.assumeRolePolicyDocument";

/**
 * Trust in everybody, in everybody but some, or in an identity provider; and letters written as `\u0041`, which hide any
 * of these. Providers of EKS clusters are left out: each role of a pod trusts its cluster's. The
 * texts are as short as they can be: a pattern must leave room for an `ignore`.
 */
const ANYONE = [
  ...[String.raw`\x22\*\x22`, "NotPrin", String.raw`\x5Cu00`],
  ...["vider/[^o]", "vider/o[^i]", String.raw`vider/oidc\.[^e]`, String.raw`vider/oidc\.e[^k]`],
  ...[String.raw`s\.google`, "facebook", String.raw`www\.amazon`],
].join("|");

const created = (principal: object, blanks?: number) => ({
  awsRegion: "us-east-1",
  requestParameters: {
    roleName: "support",
    assumeRolePolicyDocument: JSON.stringify(
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...principal, Action: "sts:AssumeRole" }] },
      null,
      blanks,
    ),
  },
});
const trust = (Principal: unknown, blanks?: number) => created({ Principal }, blanks);
const OUTSIDER = `${EXAMPLE_ARN}:iam::999900001111:root`;
const OWN = `${EXAMPLE_ARN}:iam::111122223333`;

export const roleCreatedForOutsider: Detection = {
  id: "role-created-for-outsider",
  title: "Role created that trusts another account or everybody",
  meaning:
    "A role was created whose trust policy names another account, `*`, `NotPrincipal`, or an identity provider that is " +
    "not an EKS cluster's. Roles for AWS services and for the own account are left out, and so are roles that AWS " +
    "services create by their service-linked roles. A policy that CloudTrail left out is in `iam-parameters-omitted`.",
  why: "Such a role is a back door that no password change closes, and `iam-trust-changed` only sees trust that changes.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1098", "T1136.003", "T1484.002"] },
  condition: (account) => [
    all(
      call("iam", "CreateRole"),
      succeeded(),
      any(matchesRegex(DOCUMENT, otherAccounts(account.id)), matchesRegex(DOCUMENT, ANYONE)),
      not(byServiceLinkedRole(account)),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Read `requestParameters.assumeRolePolicyDocument`: whose account is it, and does a condition (`sts:ExternalId`, `aws:PrincipalOrgID`, `sub`) narrow the trust?",
      "If it is unexplained: `aws iam delete-role --role-name <role>`, after detaching its policies; or replace the trust with `aws iam update-assume-role-policy`.",
      "Find who has assumed it: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole`.",
    ],
    falsePositives: ["A vendor or another account of the organization being given access.", "CI by OpenID Connect."],
    tuning: "Ignore each deployment role by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("iam", "CreateRole", trust({ AWS: OUTSIDER })),
      apiCall("iam", "CreateRole", trust({ AWS: [`${OWN}:root`, "111122223334"] }, 2)),
      apiCall("iam", "CreateRole", trust("*", 4)),
      apiCall("iam", "CreateRole", trust({ AWS: ["*"] })),
      apiCall("iam", "CreateRole", created({ NotPrincipal: { AWS: `${OWN}:root` } })),
      apiCall("iam", "CreateRole", trust({ Federated: `${OWN}:oidc-provider/token.actions.githubusercontent.com` })),
      apiCall("iam", "CreateRole", trust({ Federated: `${OWN}:oidc-provider/oidc.example.com` })),
    ],
    nearMisses: [
      apiCall("iam", "CreateRole", trust({ AWS: `${OWN}:root` })),
      apiCall("iam", "CreateRole", trust({ AWS: "111122223333" }, 2)),
      apiCall("iam", "CreateRole", trust({ Service: ["ec2.amazonaws.com", "ssm.amazonaws.com"] })),
      apiCall(
        "iam",
        "CreateRole",
        trust({
          Federated: `${OWN}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF`,
        }),
      ),
      apiCall("iam", "CreateRole", {
        ...trust({ Federated: `${OWN}:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE` }),
        userIdentity: serviceLinkedRole("sso", "AWSServiceRoleForSSO"),
      }),
      deniedCall("iam", "CreateRole", trust({ AWS: OUTSIDER })),
    ],
  },
};
