import { ownNames } from "../../lib/naming/own-names";
import { policyArn, rootArn } from "../../lib/aws/partitions";
import type { PathResource } from "../path-resource";
import { calls, type WeakeningCall } from "./call";

const byName = ({ text }: PathResource): { name: string } => ({ name: text("name") });

const ofRole = ({ text }: PathResource): { roleName: string } => ({ roleName: text("name") });

export const ROLE_ATTACKS: readonly WeakeningCall[] = calls(
  "iam",
  [
    ...["DeleteRole", "UpdateAssumeRolePolicy", "PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary"],
    ...["PutRolePolicy", "DeleteRolePolicy", "AttachRolePolicy", "DetachRolePolicy"],
  ],
  { parameters: ofRole, effect: "takes the role its trust or its permissions" },
);

/** The only managed policy is the boundary of roles. IAM deletes neither a policy in use nor its default version. */
export const POLICY_ATTACKS: readonly WeakeningCall[] = calls(
  "iam",
  ["CreatePolicyVersion", "SetDefaultPolicyVersion"],
  {
    parameters: ({ account, region, text }) => ({
      policyArn: policyArn(region, account, `${text("path")}${text("name")}`),
    }),
    effect: "takes the roles with this boundary their permissions",
  },
);

/** CloudTrail names a key by its generated id, which Terraform does not know. */
const ofKey = () => ({ keyId: "0a1b2c3d-1111-4222-8333-444455556666" });

export const KEY_ATTACKS: readonly WeakeningCall[] = [
  ...calls("kms", ["PutKeyPolicy", "DisableKey", "ScheduleKeyDeletion"], {
    parameters: ofKey,
    effect: "makes the key unusable for what it encrypts",
  }),
  ...calls("kms", ["CreateGrant"], {
    parameters: ({ region }) => ({
      ...ofKey(),
      granteePrincipal: rootArn(region, "999999999999"),
      operations: ["Decrypt"],
    }),
    effect: "lets another account use the key",
    cuts: false,
  }),
  ...calls("kms", ["CreateAlias"], {
    parameters: () => ({ aliasName: "alias/other", targetKeyId: ofKey().keyId }),
    effect: "excludes the deployment role from the key",
    cuts: false,
  }),
  ...calls("kms", ["UntagResource"], {
    parameters: ({ names }) => ({ ...ofKey(), tagKeys: [ownNames(names).stackTag] }),
    effect: "removes the tag that permissions depend on",
    cuts: false,
  }),
  ...calls("kms", ["TagResource"], {
    parameters: ({ names }) => ({ ...ofKey(), tags: [{ tagKey: ownNames(names).stackTag, tagValue: "" }] }),
    effect: "empties the tag that permissions depend on",
    cuts: false,
  }),
  ...calls("kms", ["DisableKeyRotation"], { parameters: ofKey, effect: "stops the rotation", cuts: false }),
];

export const ALIAS_ATTACKS: readonly WeakeningCall[] = calls("kms", ["UpdateAlias", "DeleteAlias"], {
  parameters: ({ text }) => ({ aliasName: text("name") }),
  effect: "takes the key its name, which permissions depend on",
  cuts: false,
});

export const SCHEDULE_ATTACKS: readonly WeakeningCall[] = calls("scheduler", ["UpdateSchedule", "DeleteSchedule"], {
  parameters: (schedule) => ({ ...byName(schedule), groupName: "default" }),
  effect: "stops or fakes the heartbeat",
  cuts: false,
});

export const PARAMETER_ATTACKS: readonly WeakeningCall[] = [
  ...calls("ssm", ["DeleteParameter"], {
    parameters: byName,
    effect: "deletes what the heartbeat writes",
    cuts: false,
  }),
  ...calls("ssm", ["DeleteParameters"], {
    parameters: ({ text }) => ({ names: [text("name")] }),
    effect: "deletes what the heartbeat writes",
    cuts: false,
  }),
  ...calls("ssm", ["PutParameter"], {
    parameters: (parameter) => ({ ...byName(parameter), overwrite: true }),
    effect: "writes in place of the heartbeat",
    cuts: false,
  }),
];

export const DASHBOARD_ATTACKS: readonly WeakeningCall[] = [
  ...calls("monitoring", ["DeleteDashboards"], {
    parameters: ({ text }) => ({ dashboardNames: [text("dashboard_name")] }),
    effect: "deletes the dashboard",
    cuts: false,
  }),
  ...calls("monitoring", ["PutDashboard"], {
    parameters: ({ text }) => ({ dashboardName: text("dashboard_name") }),
    effect: "shows other metrics",
    cuts: false,
  }),
];

export const QUERY_ATTACKS: readonly WeakeningCall[] = [
  ...calls("logs", ["PutQueryDefinition"], {
    parameters: ({ text }) => ({ name: text("name"), queryString: "fields @timestamp | limit 0" }),
    effect: "makes the saved query show nothing",
    cuts: false,
  }),
  ...calls("logs", ["DeleteQueryDefinition"], {
    parameters: () => ({ queryDefinitionId: "0a1b2c3d-1111-4222-8333-444455556666" }),
    effect: "deletes the saved query",
    cuts: false,
  }),
];
