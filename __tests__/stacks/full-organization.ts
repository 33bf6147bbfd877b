/** `organization.yaml` with every setting that there is, but for those that exclude others: see below. */
export const FULL_ORGANIZATION = {
  id: "o-exampleorgid",
  homeRegion: "eu-west-1",
  furtherRegions: ["eu-central-1"],
  omittedRegions: [{ region: "us-east-1", reason: "Denied by a service control policy" }],
  names: { prefix: "secwatch" },
  archive: {
    bucket: "example-archive",
    breakGlassRole: "ArchiveBreakGlass",
    objectLock: { mode: "GOVERNANCE" },
    readerRoleArns: ["arn:aws:iam::333333333333:role/reader"],
  },
  state: { backend: "local" },
  deploymentRole: "Deploy",
  iam: { path: "/security/", permissionsBoundary: "boundaries/Company", namePrefix: "company-" },
  deployment: {
    account: "workloads",
    administratorRole: "Administrator",
    github: {
      repository: "example/trailwatch",
      ownerId: 1,
      repositoryId: 2,
      branch: "main",
      environment: "production",
    },
  },
  tags: { owner: "security" },
  notifications: {
    alerts: {
      email: ["security@example.com"],
      https: ["https://example.com/alerts"],
      sqs: ["arn:aws:sqs:eu-west-1:333333333333:alerts"],
    },
    notices: {
      email: ["notices@example.com"],
      https: ["https://example.com/notices"],
      sqs: ["arn:aws:sqs:eu-west-1:333333333333:notices"],
    },
  },
  alertHub: {
    account: "log-archive",
    chat: {
      slack: { workspaceId: "T07EA123LEP", channelId: "C07EZ1ABC23" },
      teams: {
        tenantId: "11111111-2222-4333-8444-555555555555",
        teamId: "11111111-2222-4333-8444-555555555556",
        channelId: "19:channel",
      },
    },
    noticesDigest: "07:00",
    webhooks: [
      {
        name: "pager",
        url: "https://events.pagerduty.com/v2/enqueue",
        format: "pagerduty",
        header: "X-Routing-Key",
        topics: ["alerts"],
        ratePerSecond: 5,
      },
    ],
  },
  runbooks: "https://example.com/runbooks",
  // Few: Terraform plans several resources for each detection.
  packs: { management: [], "log-archive": [], member: ["secrets"] },
  accountRules: [
    {
      ou: "Workloads",
      tag: { key: "stage", value: "production" },
      feed: "event-bus",
      packs: ["secrets"],
      deploymentRole: "DeployHere",
    },
  ],
  detections: {
    "secret-read-denied": {
      severity: "high",
      alarm: { kind: "static-threshold" },
      ignore: [
        { field: "userIdentity.arn", equals: "arn:aws:iam::333333333333:role/scanner", reason: "harmless" },
        { field: "userAgent", matches: "scanner*", reason: "harmless", until: "2099-01-01" },
      ],
    },
    "secret-deleted-at-once": {
      ignore: [
        { ipAddress: "198.51.100.7", reason: "harmless" },
        {
          all: [
            { field: "eventName", equals: "scanner" },
            { field: "errorCode", matches: "scanner*" },
            { ipAddress: "198.51.100.8" },
          ],
          reason: "harmless",
        },
      ],
    },
  },
  trail: {
    dataEvents: [
      { resourceType: "AWS::S3::Object", excludeArns: ["arn:aws:s3:::cache/"] },
      { resourceType: "AWS::DynamoDB::Table", includeArns: ["arn:aws:dynamodb:eu-west-1:333333333333:table/orders"] },
    ],
    insights: ["ApiCallRateInsight"],
    logFileNotifications: {
      enabled: true,
      subscribers: {
        email: ["files@example.com"],
        https: ["https://example.com/files"],
        sqs: ["arn:aws:sqs:eu-west-1:333333333333:files"],
      },
    },
  },
};

/** An account's file with every setting that there is. */
export const FULL_ACCOUNT = {
  name: "workloads",
  id: "333333333333",
  role: "member",
  organizationalUnit: "Workloads",
  accountTags: { stage: "production" },
  tags: { data: "payments" },
  feed: "event-bus",
  deploymentRole: "DeployHere",
  secrets: {
    create: [{ name: "MyProjectSecrets", description: "credentials" }],
    watch: ["other/secret"],
  },
  notifications: {
    alerts: {
      email: ["own@example.com"],
      https: ["https://example.com/own"],
      sqs: ["arn:aws:sqs:eu-west-1:333333333333:own"],
    },
    notices: {
      email: ["own-notices@example.com"],
      https: ["https://example.com/own-notices"],
      sqs: ["arn:aws:sqs:eu-west-1:333333333333:own-notices"],
    },
  },
  packs: ["secrets"],
  detections: {
    "secret-policy-changed": {
      severity: "high",
      alarm: { kind: "static-threshold" },
      ignore: [
        { field: "userIdentity.arn", equals: "arn:aws:iam::333333333333:role/app", reason: "harmless" },
        { field: "userAgent", matches: "app*", reason: "harmless", until: "2099-01-01" },
      ],
    },
    "secret-batch-read": {
      ignore: [
        { ipAddress: "198.51.100.7", reason: "harmless" },
        {
          all: [
            { field: "eventName", equals: "app" },
            { field: "errorCode", matches: "app*" },
            { ipAddress: "198.51.100.8" },
          ],
          reason: "harmless",
        },
      ],
    },
  },
};

/** The settings of a trail and archive that exist, which take the place of Trailwatch's own. */
export const EXISTING = {
  trail: { existing: { name: "company", region: "eu-west-1", account: "management", logGroup: "company/trail" } },
  archive: {
    existing: {
      bucket: "company-logs",
      region: "eu-west-1",
      keyArn: "arn:aws:kms:eu-west-1:222222222222:key/0a1b2c3d",
      prefix: "o-exampleorgid",
    },
  },
  notifications: {
    alerts: { existing: { topicArn: "arn:aws:sns:eu-west-1:333333333333:on-call" } },
    notices: { existing: { topicArn: "arn:aws:sns:eu-west-1:333333333333:tickets" } },
  },
};

const KEY = "arn:aws:kms:eu-west-1:222222222222:key/0a1b2c3d";

/** Keys that exist; with them, the organization has no webhooks. */
export const EXISTING_KEYS = { keys: { archive: KEY, logs: KEY, topics: KEY, secrets: KEY, state: KEY } };

/** The same of an account. */
export const EXISTING_OF_ACCOUNT = { notifications: EXISTING.notifications };

/** Backends of `state` besides `local`. */
export const OTHER_STATES = [
  { backend: "s3", account: "log-archive", bucket: "example-state", breakGlassRole: "BreakGlass" },
  {
    backend: "s3",
    account: "log-archive",
    existing: { bucket: "company-state", region: "eu-west-1", keyArn: KEY, prefix: "security" },
  },
  {
    backend: "cloud",
    organization: "example-org",
    hostname: "app.terraform.io",
    project: "security",
    tags: { owner: "ops" },
    executionMode: "remote",
    vcs: { repository: "example-org/trailwatch", branch: "main", connection: "ghain-abc123" },
    manageWorkspaces: true,
  },
];
