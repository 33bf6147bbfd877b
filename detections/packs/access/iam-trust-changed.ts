import { all, any, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

export const iamTrustChanged: Detection = {
  id: "iam-trust-changed",
  title: "Trust of a role or an identity provider changed",
  meaning: "A principal changed who may assume a role, or added or changed an identity provider or trust anchor.",
  why: "Trust in an external principal is a back door that no password change closes. CIS 4.4 does not detect it.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1098", "T1484.002"] },
  condition: all(
    any(
      call("iam", "UpdateAssumeRolePolicy", "CreateSAMLProvider", "UpdateSAMLProvider"),
      call("iam", "CreateOpenIDConnectProvider", "UpdateOpenIDConnectProviderThumbprint"),
      call("iam", "AddClientIDToOpenIDConnectProvider"),
      call("rolesanywhere", "CreateTrustAnchor", "UpdateTrustAnchor", "EnableTrustAnchor"),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Read `requestParameters.policyDocument`: does it name an account outside the organization, `*`, or an identity provider without a condition?",
      "Put the former trust back: `aws iam update-assume-role-policy --role-name <role> --policy-document file://former.json`, or delete the provider or anchor.",
      "Find who has assumed the role since: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole`.",
    ],
    falsePositives: ["A deployment that manages roles.", "CI being given access by OpenID Connect."],
    tuning: "Ignore each deployment role by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("iam", "UpdateAssumeRolePolicy", { requestParameters: { roleName: "app", policyDocument: "{}" } }),
      apiCall("iam", "CreateOpenIDConnectProvider", { requestParameters: { url: "https://idp.example.com" } }),
      apiCall("rolesanywhere", "CreateTrustAnchor", { requestParameters: { name: "anchor", enabled: true } }),
    ],
    nearMisses: [
      deniedCall("iam", "UpdateAssumeRolePolicy"),
      apiCall("iam", "UpdateRoleDescription"),
      apiCall("rolesanywhere", "ListTrustAnchors"),
    ],
  },
};
