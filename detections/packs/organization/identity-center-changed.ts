import { all, any, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall } from "../../example-record";

const DIRECTORY = { requestParameters: { directoryId: "d-1234567890" } };

/**
 * Users, groups and assignments change every day. Who vouches for them, and whether they need MFA, changes rarely.
 *
 * Names of events: IAM Identity Center User Guide, "Logging IAM Identity Center API calls with AWS CloudTrail".
 */
export const identityCenterChanged: Detection = {
  id: "identity-center-changed",
  title: "Sign-in to IAM Identity Center changed",
  meaning:
    "The identity source or external identity provider of IAM Identity Center, its certificate, its provisioning token, " +
    "a trusted token issuer, the requirement of MFA or the duration of sessions was changed; or IAM Identity Center was enabled " +
    "or deleted.",
  why: "The identity provider decides who signs in to every account, with any permission set. An intruder's provider can sign in as anyone.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1484.002", "T1556.006", "T1556.009"] },
  condition: all(
    any(
      call(
        "sso-directory",
        "EnableExternalIdPConfigurationForDirectory",
        "UpdateExternalIdPConfigurationForDirectory",
        "DisableExternalIdPConfigurationForDirectory",
        "ImportExternalIdPCertificate",
        "CreateBearerToken",
      ),
      call(
        "sso",
        "AssociateDirectory",
        "DisassociateDirectory",
        "PutMfaDeviceManagementForDirectory",
        "CreateTrustedTokenIssuer",
        "DeleteInstance",
        "StartSSO",
        "UpdateSsoConfiguration",
      ),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find the change (`eventName`, `requestParameters`) and the caller (`userIdentity.arn`), in the management account or the delegated administrator of IAM Identity Center.",
      "Compare the identity source, the provider's metadata and certificates, and the MFA settings with your documentation: IAM Identity Center console, Settings. Restore them.",
      "If the change is not confirmed, revoke the active sessions of all users, delete provisioning tokens that you did not create, and call the team of your identity provider.",
      "Search the archive for sign-ins (`eventSource` signin.amazonaws.com and sso.amazonaws.com) and role sessions `AWSReservedSSO_*` since the change.",
    ],
    falsePositives: ["A planned migration to another identity provider.", "Renewal of its certificate or token."],
    tuning: "Add no `ignore` entries: it is rare.",
  },
  examples: {
    matches: [
      apiCall("sso-directory", "EnableExternalIdPConfigurationForDirectory", DIRECTORY),
      apiCall("sso-directory", "ImportExternalIdPCertificate", DIRECTORY),
      apiCall("sso", "AssociateDirectory", DIRECTORY),
      apiCall("sso", "StartSSO"),
      apiCall("sso", "UpdateSsoConfiguration", {
        requestParameters: { ssoConfiguration: { sessionConfiguration: { maxAuthenticationAge: "P90D" } } },
      }),
      apiCall("sso", "PutMfaDeviceManagementForDirectory", {
        requestParameters: {
          instanceArn: `${EXAMPLE_ARN}:sso:::instance/ssoins-1234567890abcdef`,
          directoryId: "d-1234567890",
        },
      }),
    ],
    nearMisses: [
      apiCall("sso-directory", "CreateUser", {
        requestParameters: { identityStoreId: "d-1234567890", passwordMode: "EMAIL", active: true },
      }),
      apiCall("sso", "CreateAccountAssignment", {
        requestParameters: { targetId: "444455556666", targetType: "AWS_ACCOUNT", principalType: "GROUP" },
      }),
      apiCall("sso-directory", "ListExternalIdPConfigurationsForDirectory", DIRECTORY),
      deniedCall("sso", "DisassociateDirectory", DIRECTORY),
    ],
  },
};
