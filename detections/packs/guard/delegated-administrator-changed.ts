import { any, call } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

/** A delegated administrator of CloudTrail can stop the organization's trail from a member account. */
export const delegatedAdministratorChanged: Detection = {
  id: "delegated-administrator-changed",
  title: "Delegated administrator or trusted access changed",
  meaning:
    "An account became, or is no longer, administrator of a security service for the whole organization; the policy by " +
    "which member accounts manage the organization changed; or a service lost its access to it. Attempts count too.",
  why: "The delegated administrator of CloudTrail can switch it off, and without trusted access the organization trail stops.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1098", "T1562.008"] },
  condition: any(
    call("cloudtrail", "RegisterOrganizationDelegatedAdmin", "DeregisterOrganizationDelegatedAdmin"),
    call(
      "organizations",
      "RegisterDelegatedAdministrator",
      "DeregisterDelegatedAdministrator",
      "DisableAWSServiceAccess",
      "PutResourcePolicy",
      "DeleteResourcePolicy",
    ),
  ),
  runbook: {
    firstFiveMinutes: [
      "List the delegated administrators: `aws organizations list-delegated-administrators`, then `aws organizations list-delegated-services-for-account --account-id <account>`.",
      "CloudTrail must have trusted access: `aws organizations list-aws-service-access-for-organization`. If not: `aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com`.",
      "If it was not requested: `aws organizations deregister-delegated-administrator --account-id <account> --service-principal <service>`.",
    ],
    falsePositives: [
      "The security team sets up a service: GuardDuty, Security Hub and similar services register here too.",
    ],
    tuning: "Ignore by `requestParameters.servicePrincipal` while a service is being introduced, with an `until`.",
  },
  examples: {
    matches: [
      apiCall("cloudtrail", "RegisterOrganizationDelegatedAdmin", {
        requestParameters: { memberAccountId: "444455556666" },
      }),
      apiCall("organizations", "DisableAWSServiceAccess", {
        awsRegion: "us-east-1",
        requestParameters: { servicePrincipal: "cloudtrail.amazonaws.com" },
      }),
      apiCall("organizations", "PutResourcePolicy", { awsRegion: "us-east-1", requestParameters: { content: "{}" } }),
      deniedCall("organizations", "RegisterDelegatedAdministrator", { awsRegion: "us-east-1" }),
    ],
    nearMisses: [
      apiCall("organizations", "ListDelegatedAdministrators"),
      apiCall("organizations", "DescribeResourcePolicy"),
      apiCall("organizations", "EnableAWSServiceAccess", {
        requestParameters: { servicePrincipal: "cloudtrail.amazonaws.com" },
      }),
    ],
  },
};
