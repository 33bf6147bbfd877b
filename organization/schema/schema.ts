import { AWS_PROVIDER_MAJORS } from "../../lib/terraform/aws-provider";
import { REGIONS, PARTITION_TITLES } from "../../lib/aws/partitions";
import { z } from "zod";
import { feeds } from "../../lib/naming/feeds";
import { accountRules, organizationalUnit } from "./account-rule-settings";
import { alertHub } from "./alert-hub-settings";
import { detections, packs } from "./detection-settings";
import { deployment } from "./deployment-settings";
import { accountId, accountName, logRetentionDays, roleName, runbooks, secretName, watchedSecret } from "./fields";
import { iam } from "./iam-settings";
import { encryption, keys } from "./key-settings";
import { names } from "./names-settings";
import { archive, athena, state } from "./storage-settings";
import { notifications } from "./subscribers";
import { existingTags, newTags } from "./tags";
import { trail } from "./trail-settings";

const region = z.enum(REGIONS, `be a region of ${PARTITION_TITLES}`);

/** `accounts/organization.yaml`. */
export const organizationFile = z.strictObject({
  id: z.string().regex(/^o-[a-z0-9]{10,32}$/, "be an organization id: 'o-' and 10 to 32 lower-case letters or digits"),
  homeRegion: region.describe("Region of the trail, the archive and every account's log group and alarms."),
  furtherRegions: z
    .array(region)
    .default([])
    .describe(
      "Further regions watched, of the same partition; those of global services, such as us-east-1, always are, except for omittedRegions.",
    ),
  omittedRegions: z
    .array(
      z.strictObject({
        region,
        reason: z.string().trim().min(1, "say why").describe("Why nothing can be deployed there; verify prints it."),
      }),
    )
    .default([])
    .describe(
      "Regions of global services, such as us-east-1, where nothing is deployed because a service control policy denies it. Accounts with feed event-bus do not see their events.",
    ),
  archive,
  athena: athena.prefault({}),
  state,
  deploymentRole: roleName
    .default("OrganizationAccountAccessRole")
    .describe(
      "Role that Terraform assumes in each account but the management account; with its path, if it has one. AWSControlTowerExecution in accounts of Control Tower.",
    ),
  deployment: deployment.optional().describe("How CI deploys: roles of its own. Default: only administrators deploy."),
  awsProvider: z
    .literal([...AWS_PROVIDER_MAJORS], { error: `be one of ${AWS_PROVIDER_MAJORS.join(", ")}` })
    .optional()
    .describe(
      "Major version of Terraform's AWS provider. Default: the newest that Terraform finds, of those that work.",
    ),
  encryption: encryption
    .default("customer-key")
    .describe("Whether Trailwatch creates KMS keys, or keys that AWS owns encrypt: no cost, and no key policy."),
  keys: keys.prefault({}).describe("KMS keys that exist, by purpose, instead of those that Trailwatch creates."),
  iam: iam.prefault({}).describe("Path, names and permissions boundary of the roles that stacks create."),
  names: names
    .prefault({})
    .describe(
      "Names of all resources, so that two installations can be in the same accounts; see docs/landing-zones.md.",
    ),
  tags: newTags.default({}).describe("Tags of every resource, at most 49."),
  notifications: notifications
    .prefault({ alerts: {} })
    .describe("For accounts that name no subscribers of their own; with an alertHub, for all accounts."),
  alertHub: alertHub
    .optional()
    .describe("One account that sends all accounts' alarms, so that subscribers confirm once. None unless given."),
  changeWindows: z
    .boolean()
    .default(false)
    .describe("Whether alarms of packs other than cis and guard can be suppressed during changes."),
  runbooks: runbooks
    .default("docs/runbooks")
    .describe("https:// address below which the runbooks are, <id>.md each; alarms link to it."),
  packs: z
    .strictObject({ management: packs, "log-archive": packs, member: packs })
    .partial()
    .prefault({})
    .describe("For accounts that name no packs of their own, by role."),
  accountRules: accountRules
    .default([])
    .describe(
      "Feed, packs and deployment role of members by organizational unit or tag. Of each, the first rule that matches is taken.",
    ),
  detections: detections.prefault({}).describe("For all accounts; an account's own settings go first."),
  trail: trail.prefault({}),
  localAws: z
    .boolean()
    .default(false)
    .describe("For a local AWS behind AWS_ENDPOINT_URL, as the sandbox runs it: path-style S3, no metadata service."),
});

/** `accounts/<account>.yaml`. */
export const accountFile = z.strictObject({
  name: accountName.describe("Short name; part of stack ids and state keys, so renaming it moves state."),
  id: accountId,
  role: z.enum(["management", "log-archive", "member"]),
  organizationalUnit: organizationalUnit
    .optional()
    .describe("Where AWS Organizations has the account; `accounts sync` writes it. None: directly below the root."),
  accountTags: existingTags
    .default({})
    .describe("Those of its tags in AWS Organizations that accountRules look at; `accounts sync` writes them."),
  feed: z
    .enum(feeds)
    .optional()
    .describe(
      "How CloudTrail's events reach CloudWatch Logs. Default: by accountRules; organization-trail for management, else event-bus.",
    ),
  deploymentRole: roleName
    .optional()
    .describe("Role that Terraform assumes here. Default: by accountRules, else the organization's."),
  tags: newTags.optional().describe("Further tags of every resource here; they replace the organization's by key."),
  secrets: z
    .strictObject({
      create: z
        .array(
          z.strictObject({
            name: secretName,
            description: z.string().default(""),
            recoveryWindowDays: z.int().min(7, "be at least 7").max(30, "be at most 30").default(30),
          }),
        )
        .default([])
        .describe("Secrets to create with a placeholder value and to watch."),
      watch: z.array(watchedSecret).default([]).describe("Further secrets to watch."),
    })
    .prefault({}),
  logRetentionDays: logRetentionDays.default(365).describe("Retention of the account's own log group."),
  notifications: notifications
    .optional()
    .describe("Instead of the organization's subscribers, on both topics; besides them where there is an alertHub."),
  changeWindows: z.boolean().optional().describe("Instead of what organization.yaml says."),
  packs: packs
    .optional()
    .describe("Packs that are on here. Default: those of organization.yaml, by rule or role, or of the role."),
  detections: detections.prefault({}).describe("Instead of what organization.yaml says, setting by setting."),
});

export type OrganizationFile = z.infer<typeof organizationFile>;
export type AccountFile = z.infer<typeof accountFile>;
export type SecretToCreate = AccountFile["secrets"]["create"][number];

export type { AlertHub, Webhook } from "./alert-hub-settings";
export type { AccountRule } from "./account-rule-settings";
export type { AlarmKind, DetectionSettings, Detections, PackId } from "./detection-settings";
export { ignoreTests, type Ignore, type IgnoreTest } from "./ignore-settings";
export type { DeploymentSettings } from "./deployment-settings";
export type { StateBackend } from "./storage-settings";
export type { Notifications, Subscribers } from "./subscribers";
export type { DataEvents } from "./trail-settings";
