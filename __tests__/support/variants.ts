import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument, type Document } from "yaml";
import { PACKS } from "../../detections/catalogue";
import { buildApp } from "../../main";
import { loadOrganization } from "../../organization/load";
import type { Account, Organization } from "../../organization/organization";
import { testOrganization, type OrganizationChanges } from "./organization";
import { synthApp, testApp, type Arguments, type StackJson } from "./synth";

/** An organization as a user may configure it. What must hold for every deployment is tested with each of them. */
export interface Variant {
  readonly name: string;
  readonly organization: () => Organization;
  /** Accounts whose own stacks are built. @default - all */
  readonly accounts?: (organization: Organization) => readonly Account[];
}

const HUB = { account: "log-archive" };
const CHAT = {
  slack: { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" },
  teams: {
    tenantId: "6ba7b810-9dad-41d1-80b4-00c04fd430c8",
    teamId: "6ba7b811-9dad-41d1-80b4-00c04fd430c8",
    channelId: "19%3Aabc%40thread.tacv2",
  },
};
const GITHUB = { repository: "acme/watch", ownerId: 1001, repositoryId: 2002 };
/**
 * The packs that an account of any role and feed may have: only a trail's log group carries `cis`. With it, they are more
 * than the 100 metric filters of a log group.
 */
const EVERY_PACK = PACKS.filter(({ id, events }) => !["organization", "cis"].includes(id) && events !== "data").map(
  ({ id }) => id,
);
/** The largest choice with `cis` that fits. */
const TRAIL_PACKS = ["cis", ...EVERY_PACK.filter((id) => id !== "operations")];

/** What Control Tower creates. */
const CONTROL_TOWER: OrganizationChanges = {
  trail: { existing: { name: "aws-controltower-BaselineCloudTrail", logGroup: "aws-controltower/CloudTrailLogs" } },
  archive: {
    existing: {
      bucket: "aws-controltower-logs-222222222222-eu-west-1",
      region: "eu-west-1",
      keyArn: "arn:aws:kms:eu-west-1:222222222222:key/0a1b2c3d",
      prefix: "o-exampleorgid",
    },
  },
  alertHub: HUB,
  notifications: { alerts: { existing: { topicArn: "arn:aws:sns:eu-west-1:333333333333:security" } } },
  // Reports changes of that topic, which cannot report its own.
  accounts: { management: { notifications: { alerts: { email: ["security@example.com"] } } } },
};

/** Without queries, because the archive has no management events. */
const EXISTING_TRAIL: OrganizationChanges = {
  trail: { existing: { name: "audit", logGroup: "audit" } },
  athena: { enabled: false },
};
const OWN_TRAIL = { feed: "account-trail" } as const;

/** Every kind of setting that adds, renames or leaves out resources. */
const CHANGES: Readonly<Record<string, OrganizationChanges>> = {
  "only what is required": {},
  "alert hub": { alertHub: HUB },
  "alert hub with chat": { alertHub: { ...HUB, chat: CHAT } },
  "alert hub with a digest, encrypted with keys of AWS": {
    alertHub: { ...HUB, noticesDigest: "07:00" },
    encryption: "aws-owned",
  },
  "alert hub with webhooks": {
    alertHub: {
      ...HUB,
      webhooks: [
        { name: "pager", url: "https://events.pagerduty.com/v2/enqueue", format: "pagerduty", topics: ["alerts"] },
        { name: "siem", url: "https://example.com/alerts?${a}", header: "X-Api-Key", ratePerSecond: 1 },
        { name: `w${"o".repeat(39)}`, url: "https://api.opsgenie.com/v2/alerts", format: "opsgenie" },
      ],
    },
  },
  "alert hub and its chat in the management account": { alertHub: { account: "management", chat: CHAT } },
  "alert hub in a member, with change windows": {
    alertHub: {
      account: "workloads",
      chat: { slack: CHAT.slack },
      noticesDigest: "23:30",
      webhooks: [{ name: "pager", url: "https://events.pagerduty.com/v2/enqueue", format: "pagerduty" }],
    },
    changeWindows: true,
  },
  "version 6 of the AWS provider": { awsProvider: 6 },
  "change windows without a hub": { changeWindows: true },
  "chat in Teams only": { alertHub: { ...HUB, chat: { teams: CHAT.teams } } },
  "no detections": { packs: { management: [], "log-archive": [], member: [] } },
  "feed account-trail, in management beside the organization's": {
    accounts: {
      management: { feed: "account-trail" },
      workloads: { feed: "account-trail", packs: TRAIL_PACKS },
    },
  },
  "every pack that each feed carries, in every account": {
    packs: {
      // With the detections of all accounts, its log group has no regular expression left for one more pack.
      management: EVERY_PACK.filter((id) => id !== "compute"),
      "log-archive": EVERY_PACK,
      member: EVERY_PACK,
    },
  },
  "several regions": { homeRegion: "us-east-1", furtherRegions: ["eu-central-1", "ap-southeast-2"] },
  "anomaly alarms": {
    accounts: {
      workloads: { detections: { "watched-secret-reads": { alarm: { kind: "anomaly-detection" } } } },
    },
  },
  "subscribers of every kind": {
    notifications: {
      alerts: {
        email: ["one@example.com", "two@example.com"],
        https: ["https://example.com/alerts"],
        sqs: ["arn:aws:sqs:eu-west-1:333333333333:alerts"],
      },
      notices: { email: ["one@example.com"], sqs: ["arn:aws:sqs:eu-west-1:333333333333:alerts"] },
    },
    trail: { logFileNotifications: { enabled: true, subscribers: { email: ["files@example.com"] } } },
  },
  "names as long as they may be": {
    archive: { bucket: "a".repeat(51) },
    state: { backend: "cloud", organization: "acme", manageWorkspaces: true },
    deploymentRole: "d".repeat(64),
    deployment: { account: "log-archive", github: GITHUB },
    alertHub: { ...HUB, chat: CHAT },
    changeWindows: true,
    accounts: {
      [`w${"o".repeat(39)}`]: { id: "444444444444", role: "member", feed: "account-trail", packs: TRAIL_PACKS },
    },
  },
  "several secrets, with existing keys": {
    keys: {
      archive: "arn:aws:kms:eu-west-1:222222222222:key/0a1b2c3d-archive",
      logs: "arn:aws:kms:eu-west-1:222222222222:key/0a1b2c3d-shared",
      topics: "arn:aws:kms:eu-west-1:222222222222:key/0a1b2c3d-shared",
      secrets: "arn:aws:kms:eu-west-1:333333333333:key/0a1b2c3d-secrets",
      state: "arn:aws:kms:eu-west-1:222222222222:key/0a1b2c3d-state",
    },
    accounts: {
      workloads: {
        secrets: { create: [{ name: "a/b" }, { name: "a-b" }, { name: "a_b" }], watch: ["payments/*", "other"] },
      },
    },
  },
  "an existing state bucket in another region, deployed by CI": {
    state: {
      backend: "s3",
      account: "workloads",
      existing: {
        bucket: "company.states",
        region: "eu-central-1",
        keyArn: "arn:aws:kms:eu-central-1:333333333333:key/0a1b2c3d",
        prefix: "security",
      },
    },
    trail: { dataEvents: [{ resourceType: "AWS::S3::Object" }] },
    deploymentRole: "trailwatch-deploy",
    deployment: { account: "log-archive", github: GITHUB },
  },
  "an existing trail and archive, as Control Tower has them": CONTROL_TOWER,
  "an existing trail and archive, deployed by CI, without queries": {
    ...CONTROL_TOWER,
    athena: { enabled: false },
    deploymentRole: "trailwatch-deploy",
    deployment: { account: "workloads", github: GITHUB },
    accounts: { workloads: { feed: "account-trail" } },
  },
  "an existing trail for other feeds, with trails of data events": {
    trail: {
      existing: { name: "audit", region: "eu-central-1" },
      dataEvents: [{ resourceType: "AWS::S3::Object" }, { resourceType: "AWS::DynamoDB::Table", alarms: true }],
    },
    furtherRegions: ["eu-central-1"],
    athena: { enabled: false },
    notifications: {
      alerts: { existing: { topicArn: "arn:aws:sns:eu-west-1:111111111111:on-call" } },
      notices: { existing: { topicArn: "arn:aws:sns:eu-west-1:333333333333:tickets" } },
    },
    accounts: { management: { feed: "event-bus" } },
  },
  "an existing trail, and an account's own in the archive": { ...EXISTING_TRAIL, accounts: { workloads: OWN_TRAIL } },
  "no archive queries": { athena: { enabled: false } },
  "local state": { state: { backend: "local" } },
  "local AWS": { localAws: true, alertHub: { ...HUB, chat: CHAT }, changeWindows: true },
  "HCP Terraform workspaces": {
    state: { backend: "cloud", organization: "acme", manageWorkspaces: true },
    deploymentRole: "trailwatch-deploy",
    deployment: { account: "log-archive", hcpTerraform: true, github: GITHUB },
  },
  "state in HCP Terraform, alert hub, chat in Slack only": {
    state: { backend: "cloud", organization: "acme" },
    alertHub: { ...HUB, chat: { slack: CHAT.slack } },
  },
  "every tag and data event": {
    tags: { owner: "security", "cost-center": "1234" },
    trail: {
      dataEvents: [{ resourceType: "AWS::S3::Object" }, { resourceType: "AWS::Lambda::Function" }],
      insights: ["ApiCallRateInsight", "ApiErrorRateInsight"],
    },
  },
  "data events with alarms, beside others of the same type": {
    trail: {
      dataEvents: [
        { resourceType: "AWS::S3::Object" },
        { resourceType: "AWS::S3::Object", includeArns: ["arn:aws:s3:::customer-records/"], alarms: true },
        { resourceType: "AWS::DynamoDB::Table", alarms: true },
        { resourceType: "AWS::Lambda::Function", alarms: true },
      ],
    },
    alertHub: HUB,
    changeWindows: true,
  },
  "roles with a path, a prefix and a boundary": {
    iam: { path: "/security/", permissionsBoundary: "boundaries/Company", namePrefix: `${"c".repeat(28)}-` },
    deploymentRole: "security/Deployer",
    alertHub: {
      account: "workloads",
      chat: CHAT,
      noticesDigest: "07:00",
      webhooks: [{ name: "pager", url: "https://events.pagerduty.com/v2/enqueue", format: "pagerduty" }],
    },
    changeWindows: true,
    trail: { dataEvents: [{ resourceType: "AWS::S3::Object", alarms: true }] },
    accountRules: [{ ou: "Sandbox/**", deploymentRole: "AWSControlTowerExecution" }],
    accounts: {
      // More names of deployment roles need more metric filters.
      management: { packs: ["guard", "organization", "secrets", "identity"] },
      workloads: { feed: "account-trail", packs: TRAIL_PACKS, tags: { owner: "payments" } },
      sandbox: { id: "444444444444", role: "member", organizationalUnit: "Sandbox/Payments" },
    },
  },
  "roles with a path, a prefix and a boundary, deployed by CI": {
    iam: { path: "/security/watch/", permissionsBoundary: "Company", namePrefix: "company-" },
    state: { backend: "cloud", organization: "acme", manageWorkspaces: true },
    deploymentRole: "trailwatch-deploy",
    deployment: { account: "log-archive", hcpTerraform: true, github: GITHUB },
    alertHub: HUB,
    accountRules: [{ tag: { key: "stage" }, deploymentRole: "stage-deploy" }],
    accounts: {
      // The roles of both rules are watched, which takes the last metric filters beside pack cis.
      management: { packs: ["guard", "organization", "secrets", "identity"] },
      workloads: { accountTags: { stage: "production" } },
    },
  },
  "roles with a path and a prefix, deployed by CI": {
    iam: { path: "/security/", namePrefix: "company-" },
    deploymentRole: "trailwatch-deploy",
    deployment: { account: "log-archive", github: GITHUB },
    alertHub: HUB,
  },
  "deployment roles": {
    deploymentRole: "trailwatch-deploy",
    deployment: { account: "log-archive", github: GITHUB },
    alertHub: { ...HUB, chat: CHAT },
  },
};

/** The regions of organizations in other partitions, with what is available there. */
const ELSEWHERE: Readonly<Record<string, OrganizationChanges>> = {
  GovCloud: { homeRegion: "us-gov-west-1", furtherRegions: ["us-gov-east-1"] },
  "GovCloud, from us-gov-east-1": { homeRegion: "us-gov-east-1" },
  "GovCloud, with an existing trail and archive, and roles with a path, a prefix and a boundary": {
    homeRegion: "us-gov-west-1",
    iam: { path: "/security/", permissionsBoundary: "boundaries/Company", namePrefix: "company-" },
    trail: CONTROL_TOWER.trail,
    archive: {
      existing: {
        bucket: "aws-controltower-logs-222222222222-us-gov-west-1",
        region: "us-gov-west-1",
        keyArn: "arn:aws-us-gov:kms:us-gov-west-1:222222222222:key/0a1b2c3d",
        prefix: "o-exampleorgid",
      },
    },
    accounts: {},
  },
  China: {
    homeRegion: "cn-north-1",
    alertHub: {
      ...HUB,
      webhooks: [{ name: "pager", url: "https://events.pagerduty.com/v2/enqueue", format: "pagerduty" }],
    },
  },
  "China, from cn-northwest-1": { homeRegion: "cn-northwest-1" },
};

/** Everything that every partition has. */
const COMMON: OrganizationChanges = {
  alertHub: { ...HUB, noticesDigest: "07:00" },
  changeWindows: true,
  deploymentRole: "trailwatch-deploy",
  deployment: { account: "log-archive", github: GITHUB },
  archive: { bucket: "example-archive", breakGlassRole: "break-glass" },
  trail: {
    dataEvents: [{ resourceType: "AWS::S3::Object", alarms: true }, { resourceType: "AWS::DynamoDB::Table" }],
    logFileNotifications: { enabled: true, subscribers: { email: ["files@example.com"] } },
  },
  accounts: { workloads: { feed: "account-trail", packs: TRAIL_PACKS } },
};

const MANY = Object.fromEntries(
  Array.from({ length: 297 }, (_, index) => [
    `team-${String(index)}`,
    { id: String(500_000_000_000 + index), role: "member" as const },
  ]),
);

export const VARIANTS: readonly Variant[] = [
  { name: "the shipped example", organization: () => loadOrganization("accounts") },
  { name: "the shipped example with chat channels, and deployed by CI", organization: exampleWithChatAndCi },
  { name: "the shipped example without an alert hub", organization: exampleWithoutHub },
  ...Object.entries(CHANGES).map(([name, changes]) => ({ name, organization: () => testOrganization(changes) })),
  ...Object.entries(ELSEWHERE).flatMap(([name, changes]) => [
    { name, organization: () => testOrganization({ ...COMMON, ...changes }) },
    {
      name: `${name}, only what is required`,
      organization: () => testOrganization({ homeRegion: changes.homeRegion }),
    },
  ]),
  {
    name: "300 accounts, the last of them",
    organization: () => testOrganization({ alertHub: HUB, accounts: MANY }),
    accounts: ({ accounts }) => accounts.slice(-2),
  },
  {
    name: "an existing trail, and 300 accounts with trails of their own, the last of them",
    organization: () =>
      testOrganization({
        ...EXISTING_TRAIL,
        accounts: Object.fromEntries(
          Object.entries(MANY).map(([name, account]) => [name, { ...account, ...OWN_TRAIL }]),
        ),
      }),
    accounts: ({ accounts }) => accounts.slice(-2),
  },
];

/** @throws Error for a name that no variant has */
export function variantNamed(name: string): Variant {
  const found = VARIANTS.find((variant) => variant.name === name);
  if (found === undefined) throw new Error(`there is no variant '${name}'`);
  return found;
}

/** The settings that need most metric filters in the management account. The role's name is not of Trailwatch's pattern. */
function exampleWithChatAndCi(): Organization {
  return changedExample((document) => {
    document.set("deploymentRole", "ci-deployer");
    document.set("alertHub", { ...HUB, chat: CHAT });
    document.set("deployment", { account: "log-archive", github: GITHUB });
  });
}

function exampleWithoutHub(): Organization {
  return changedExample((document) => {
    document.delete("alertHub");
  });
}

/** The shipped example with another `organization.yaml`. */
function changedExample(change: (document: Document) => void): Organization {
  const folder = mkdtempSync(join(tmpdir(), "trailwatch-accounts-"));
  try {
    cpSync("accounts", folder, { recursive: true });
    const file = join(folder, "organization.yaml");
    const document = parseDocument(readFileSync(file, "utf8"));
    change(document);
    writeFileSync(file, document.toString());
    return loadOrganization(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The stacks of a variant, by id, which are also written to the app's folder. */
export function synthVariant({ organization, accounts }: Variant, app = testApp()): Record<string, StackJson> {
  const whole = organization();
  return synthApp(buildApp(whole, app, accounts?.(whole)));
}

/** A synthesized resource with what it takes to know where it is deployed. */
export interface SynthesizedResource {
  readonly stack: string;
  readonly type: string;
  /** Its id within the stack and type. */
  readonly id: string;
  /** The 12-digit id of its account; empty for a resource outside AWS. */
  readonly account: string;
  /** Its region; empty for a resource outside AWS. */
  readonly region: string;
  readonly values: Arguments;
}

export function resourcesOfStacks(stacks: Readonly<Record<string, StackJson>>): SynthesizedResource[] {
  return Object.entries(stacks).flatMap(([stack, json]) =>
    Object.entries(json.resource ?? {}).flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([id, values]) => ({ stack, type, id, ...placeOf(json, type, values), values })),
    ),
  );
}

function placeOf({ provider }: StackJson, type: string, values: Arguments): { account: string; region: string } {
  if (!type.startsWith("aws_")) return { account: "", region: "" };
  const alias = typeof values.provider === "string" ? values.provider.replace(/^aws\./, "") : undefined;
  const aws = provider.aws?.find((one) => one.alias === alias) ?? {};
  return {
    account: String((aws.allowed_account_ids as readonly string[] | undefined)?.[0]),
    region: String(aws.region),
  };
}
