import { all, not, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall, serviceLinkedRole } from "../../example-record";
import { byServiceLinkedRole } from "../../service-linked-role";

const OPERATIONS = [
  ...["UpdateAssumeRolePolicy", "CreateSAMLProvider", "UpdateSAMLProvider", "DeleteSAMLProvider"],
  ...["CreateOpenIDConnectProvider", "DeleteOpenIDConnectProvider"],
  ...["UpdateOpenIDConnectProviderThumbprint", "AddClientIDToOpenIDConnectProvider"],
  // IAM Roles Anywhere: a trust anchor says whose certificates count, a profile which roles they get.
  ...["CreateTrustAnchor", "UpdateTrustAnchor", "EnableTrustAnchor"],
  ...["CreateProfile", "UpdateProfile", "EnableProfile"],
];

const identityCenter = { userIdentity: serviceLinkedRole("sso", "AWSServiceRoleForSSO") };
const impostor = { userIdentity: { ...serviceLinkedRole("sso", "AWSServiceRoleForSSO"), sessionContext: {} } };

export const iamTrustChanged: Detection = {
  id: "iam-trust-changed",
  title: "Trust of a role or an identity provider changed",
  meaning:
    "A principal changed who may assume a role; added, changed or deleted an identity provider; or opened IAM Roles " +
    "Anywhere by a trust anchor or profile. What AWS services do by their service-linked roles is left out: Identity " +
    "Center maintains its provider in each account. Roles created with such trust are in `role-created-for-outsider`.",
  why: "Trust in an external principal is a back door that no password change closes. CIS 4.4 does not detect it.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1098", "T1484.002"] },
  // Each operation belongs to one of the two services. One list of them can be divided when an `ignore` is added.
  condition: (account) => [
    all(
      oneOf("eventSource", ["iam.amazonaws.com", "rolesanywhere.amazonaws.com"]),
      oneOf("eventName", OPERATIONS),
      succeeded(),
      not(byServiceLinkedRole(account)),
    ),
  ],
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
      apiCall("iam", "DeleteSAMLProvider", {
        requestParameters: { sAMLProviderArn: `${EXAMPLE_ARN}:iam::111122223333:saml-provider/Okta` },
      }),
      apiCall("iam", "UpdateSAMLProvider", impostor),
      apiCall("rolesanywhere", "CreateTrustAnchor", { requestParameters: { name: "anchor", enabled: true } }),
      apiCall("rolesanywhere", "CreateProfile", {
        requestParameters: { name: "profile", enabled: true, roleArns: [`${EXAMPLE_ARN}:iam::111122223333:role/app`] },
      }),
    ],
    nearMisses: [
      deniedCall("iam", "UpdateAssumeRolePolicy"),
      apiCall("iam", "UpdateRoleDescription"),
      apiCall("iam", "UpdateSAMLProvider", identityCenter),
      apiCall("rolesanywhere", "ListTrustAnchors"),
    ],
  },
};
