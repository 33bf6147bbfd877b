import { calls, DENY_WRITES, type WeakeningCall } from "./call";

/** Calls that change an account rather than one of its resources. */
export const ACCOUNT_ATTACKS: readonly WeakeningCall[] = [
  ...["DATA_PROTECTION_POLICY", "TRANSFORMER_POLICY", "SUBSCRIPTION_FILTER_POLICY"].flatMap((policyType) =>
    calls("logs", ["PutAccountPolicy"], {
      parameters: () => ({ policyName: "all", policyType, policyDocument: "{}", scope: "ALL" }),
      effect: `changes or copies the events of every log group (${policyType})`,
      cuts: policyType !== "SUBSCRIPTION_FILTER_POLICY",
    }),
  ),
  ...calls("logs", ["PutResourcePolicy"], {
    parameters: () => ({ policyName: "other", policyDocument: DENY_WRITES }),
    effect: "denies EventBridge to write to the log groups, by a policy of another name",
  }),
  ...calls("events", ["UpdateEventBus"], {
    parameters: () => ({ name: "default", kmsKeyIdentifier: "0a1b" }),
    effect: "encrypts the default event bus with a key that refuses",
  }),
  ...calls("events", ["PutPermission", "RemovePermission"], {
    parameters: () => ({ eventBusName: "default", statementId: "x" }),
    effect: "changes which accounts the default event bus admits",
    cuts: false,
  }),
  ...calls("iam", ["DeleteServiceLinkedRole"], {
    parameters: () => ({ roleName: "AWSServiceRoleForCloudTrail" }),
    effect: "removes the role with which CloudTrail reads the organization",
    cuts: false,
  }),
  ...calls("account", ["EnableRegion", "DisableRegion"], {
    parameters: () => ({ RegionName: "ap-east-1" }),
    effect: "opens a region that no rule forwards",
    cuts: false,
  }),
  ...calls("organizations", ["LeaveOrganization"], {
    parameters: () => ({}),
    effect: "takes the account out of the organization's trail",
    cuts: false,
  }),
];

/** Calls in the management account that change the whole organization. */
export const ORGANIZATION_ATTACKS: readonly WeakeningCall[] = [
  ...calls("organizations", ["AttachPolicy", "CreatePolicy", "UpdatePolicy", "DetachPolicy", "DeletePolicy"], {
    parameters: () => ({ policyId: "p-0a1b2c3d", targetId: "r-0a1b" }),
    effect: "denies our roles or CloudTrail's delivery by an SCP or RCP, or removes a guard rail",
    cuts: false,
  }),
  ...calls("organizations", ["PutResourcePolicy", "DeleteResourcePolicy", "RegisterDelegatedAdministrator"], {
    parameters: () => ({ servicePrincipal: "cloudtrail.amazonaws.com", content: "{}" }),
    effect: "lets a member account change the organization",
    cuts: false,
  }),
  ...calls("organizations", ["DisablePolicyType"], {
    parameters: () => ({ rootId: "r-0a1b", policyType: "SERVICE_CONTROL_POLICY" }),
    effect: "switches all guard rails of the organization off",
    cuts: false,
  }),
  ...calls("organizations", ["DeregisterDelegatedAdministrator"], {
    parameters: () => ({ servicePrincipal: "cloudtrail.amazonaws.com", accountId: "444455556666" }),
    effect: "deletes the organization trails that this administrator created",
    cuts: false,
  }),
  ...calls("cloudtrail", ["DeregisterOrganizationDelegatedAdmin"], {
    parameters: () => ({ delegatedAdminAccountId: "444455556666" }),
    effect: "takes this administrator the organization's trails",
    cuts: false,
  }),
  ...calls("cloudtrail", ["RegisterOrganizationDelegatedAdmin"], {
    parameters: () => ({ memberAccountId: "444455556666" }),
    effect: "lets a member account stop the organization's trail",
    cuts: false,
  }),
  ...calls("organizations", ["DisableAWSServiceAccess"], {
    parameters: () => ({ servicePrincipal: "cloudtrail.amazonaws.com" }),
    effect: "stops the organization's trail",
    cuts: false,
  }),
  ...calls("organizations", ["RemoveAccountFromOrganization", "MoveAccount", "CloseAccount"], {
    parameters: () => ({ accountId: "444455556666" }),
    effect: "takes an account out of the trail, or from under its guard rails",
    cuts: false,
  }),
  ...calls("organizations", ["DeleteOrganization"], {
    parameters: () => ({}),
    effect: "ends the organization and its trail",
    cuts: false,
  }),
];
