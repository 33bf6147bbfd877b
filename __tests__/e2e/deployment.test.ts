import { join } from "node:path";
import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailStatusCommand,
} from "@aws-sdk/client-cloudtrail";
import {
  DescribeAlarmsCommand,
  GetDashboardCommand,
  type MetricAlarm,
  paginateDescribeAlarms,
} from "@aws-sdk/client-cloudwatch";
import {
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  DescribeQueryDefinitionsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { ListRulesCommand, ListTargetsByRuleCommand } from "@aws-sdk/client-eventbridge";
import {
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns";
import type { StackSummary } from "../../lib/terraform/read/stack";
import { accountNamed } from "../../organization/organization";
import { subscriptionsOf, type Subscription } from "../../organization/resolve/subscriptions";
import type { Cloud } from "../../sandbox/cloud/cloud";
import type { DeployedStack } from "../../sandbox/deploy";
import type { Sandbox } from "../../sandbox/sandbox";
import { startSandbox } from "../../sandbox/start-sandbox";
import { cloudRunTests } from "./cloud-runs";
import { cloudStateTests } from "./cloud-state";
import { scenarioTests } from "./scenarios";
import { HOPS_WITH_HUB, readDeployment } from "../../signals";
import { openAccess } from "../../verification/aws/access";
import { readExpected } from "../../verification/expected/read-expected";
import { verify } from "../../verification/verify";
import { clientsOf } from "../../bench/support/sandbox-clients";
import type { ServiceClients } from "../../lib/aws/service-clients";
import { terraformIn } from "./support/terraform";

// Real Terraform with the real AWS provider applies the shipped accounts to a local AWS, by remote runs of a stand-in for
// HCP Terraform; `terminal.test.ts` and `delivery.test.ts` deploy directly, with state in S3. One sandbox for all tests: they
// look at it in the order in which they stand.

const MINUTE = 60_000;
// Other tests use the processors meanwhile.
jest.setTimeout(15 * MINUTE);

const MEMBER = "workloads-production";

let sandbox: Sandbox;
let cloud: Cloud;
/** Calls that exchanged a run's token for credentials. */
const tokenUses: URLSearchParams[] = [];
let stacks: StackSummary[];
let deployed: DeployedStack[];
let management: ServiceClients;
let logArchive: ServiceClients;
let member: ServiceClients;
let payments: ServiceClients;

beforeAll(async () => {
  const workFolder = ".trailwatch/e2e";
  sandbox = await startSandbox({
    ...{ accountsFolder: "accounts", workFolder, env: process.env, cloud: true },
    onCall: ({ call, request }) => {
      if (call.operation === "AssumeRoleWithWebIdentity") tokenUses.push(new URLSearchParams(request.body.toString()));
    },
  });
  if (sandbox.cloud === undefined) throw new Error("the sandbox has no stand-in for HCP Terraform");
  cloud = sandbox.cloud;
  stacks = await sandbox.synthesize();
  deployed = await sandbox.deploy(stacks.map(({ id }) => id));
  [management, logArchive, member, payments] = await Promise.all([
    clientsOf(sandbox, "management"),
    clientsOf(sandbox, "log-archive"),
    clientsOf(sandbox, MEMBER),
    clientsOf(sandbox, "payments"),
  ]);
}, 20 * MINUTE);

afterAll(async () => {
  await sandbox.stop();
});

test("every stack is applied, with every resource that it was synthesized with", () => {
  const added = Object.fromEntries(deployed.map(({ stack, changes }) => [stack, changes.added]));
  expect(added).toEqual(Object.fromEntries(stacks.map(({ id, resourceCount }) => [id, resourceCount])));
});

test("the organization's trail logs, in all regions, validated, encrypted, into its log group", async () => {
  const { trailList } = await management.cloudTrail.send(new DescribeTrailsCommand({}));
  const trail = trailList?.find(({ Name }) => Name === "trailwatch-organization");
  expect(trail).toMatchObject({
    S3BucketName: sandbox.organization.archive.bucket,
    IsOrganizationTrail: true,
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
    LogFileValidationEnabled: true,
    KmsKeyId: expect.stringContaining(`:${accountNamed(sandbox.organization, "log-archive").id}:key/`) as string,
    CloudWatchLogsLogGroupArn: expect.stringMatching(
      /:log-group:\/trailwatch\/management\/organization-trail:\*$/,
    ) as string,
  });

  const TrailName = "trailwatch-organization";
  expect(await management.cloudTrail.send(new GetTrailStatusCommand({ Name: TrailName }))).toMatchObject({
    IsLogging: true,
  });
  const { AdvancedEventSelectors } = await management.cloudTrail.send(new GetEventSelectorsCommand({ TrailName }));
  expect(AdvancedEventSelectors?.map(({ FieldSelectors }) => FieldSelectors)).toEqual([
    [expect.objectContaining({ Field: "eventCategory", Equals: ["Management"] })],
  ]);
  const { InsightSelectors } = await management.cloudTrail.send(new GetInsightSelectorsCommand({ TrailName }));
  expect(InsightSelectors?.map(({ InsightType }) => InsightType).sort()).toEqual([
    "ApiCallRateInsight",
    "ApiErrorRateInsight",
  ]);
});

test("data events go on a second trail without CloudWatch Logs, own buckets left out", async () => {
  const { trailList } = await management.cloudTrail.send(new DescribeTrailsCommand({}));
  const trail = trailList?.find(({ Name }) => Name === "trailwatch-organization-data");
  expect(trail?.IsOrganizationTrail).toBe(true);
  expect(trail?.CloudWatchLogsLogGroupArn ?? "").toBe("");

  const { AdvancedEventSelectors } = await management.cloudTrail.send(
    new GetEventSelectorsCommand({ TrailName: "trailwatch-organization-data" }),
  );
  const excluded = AdvancedEventSelectors?.flatMap(({ FieldSelectors }) => FieldSelectors ?? [])
    .filter(({ Field }) => Field === "resources.ARN")
    .flatMap(({ NotStartsWith }) => NotStartsWith ?? []);
  expect(excluded).toEqual(expect.arrayContaining([`arn:aws:s3:::${sandbox.organization.archive.bucket}/`]));
});

test("the archive is locked, versioned and closed to the public", async () => {
  const { bucket, objectLock } = sandbox.organization.archive;
  const Bucket = { Bucket: bucket };
  const lock = await logArchive.s3.send(new GetObjectLockConfigurationCommand(Bucket));
  expect(lock.ObjectLockConfiguration).toMatchObject({
    ObjectLockEnabled: "Enabled",
    Rule: { DefaultRetention: { Mode: objectLock.mode, Days: objectLock.retentionDays } },
  });
  expect(await logArchive.s3.send(new GetBucketVersioningCommand(Bucket))).toMatchObject({ Status: "Enabled" });
  const block = await logArchive.s3.send(new GetPublicAccessBlockCommand(Bucket));
  expect(block.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
  const { Policy } = await logArchive.s3.send(new GetBucketPolicyCommand(Bucket));
  expect(Policy).toContain("DenyOutsideOrganization");
  expect(Policy).toContain(sandbox.organization.id);
});

test.each([
  { account: "management", logGroup: "/trailwatch/management/organization-trail", root: "$." },
  { account: MEMBER, logGroup: "/aws/events/trailwatch", root: "$.detail." },
  { account: "payments", logGroup: "/trailwatch/payments/account-trail", root: "$." },
])("reads of watched secrets in $account raise its alarm by its own feed", async ({ account, logGroup, root }) => {
  const { logs, cloudWatch, sns } = await clientsOf(sandbox, account);
  const settings = subscriptions(account).find(({ detection }) => detection.id === "watched-secret-reads");

  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroup }));
  expect(logGroups?.[0]).toMatchObject({ logGroupName: logGroup, retentionInDays: 365 });
  expect(logGroups?.[0]?.kmsKeyId).toMatch(/:key\//);

  const { metricFilters = [] } = await logs.send(new DescribeMetricFiltersCommand({ logGroupName: logGroup }));
  const filters = metricFilters.filter(({ filterName }) => filterName?.startsWith("trailwatch-watched-secret-reads"));
  expect(filters.length).toBeGreaterThan(0);
  for (const filter of filters) {
    expect(filter.filterPattern).toContain(`${root}requestParameters.secretId`);
    expect(filter.metricTransformations).toMatchObject([{ metricNamespace: "Trailwatch", metricValue: "1" }]);
  }

  const AlarmNames = [`trailwatch-${account}-watched-secret-reads`];
  const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames }));
  const alarm = MetricAlarms?.[0];
  expect(alarm).toMatchObject({
    Namespace: "Trailwatch",
    MetricName: filters[0]?.metricTransformations?.[0]?.metricName,
    Statistic: settings?.threshold === 1 ? "Maximum" : "Sum",
    Threshold: settings?.threshold,
    Period: settings?.periodSeconds,
    EvaluationPeriods: settings?.evaluationPeriods,
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    TreatMissingData: "notBreaching",
    ActionsEnabled: true,
  });

  const topicArn = alarm?.AlarmActions?.[0] ?? "";
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
  expect(Attributes?.KmsMasterKeyId).toMatch(/:key\//);
  expect(Attributes?.Policy).toContain("cloudwatch.amazonaws.com");
});

test.each(["alerts", "notices"] as const)("exactly the configured subscribers of %s are subscribed", async (name) => {
  const { notifications, id } = accountNamed(sandbox.organization, "payments");
  const TopicArn = `arn:aws:sns:${sandbox.organization.homeRegion}:${id}:trailwatch-${name}`;
  const { Subscriptions } = await payments.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(Subscriptions?.map(({ Endpoint }) => Endpoint).sort()).toEqual([...notifications[name].email].sort());
});

test.each(["management", "log-archive", MEMBER, "payments"])(
  "%s has an alarm, a saved query and a graph for each detection that is on",
  async (account) => {
    const { cloudWatch, logs } = await clientsOf(sandbox, account);
    const names = subscribed(account).map((id) => `trailwatch-${account}-${id}`);
    const alarms = await detectionAlarmNames(cloudWatch);
    // A detection that has nothing to watch in the account has no alarm there.
    expect(names).toEqual(expect.arrayContaining(alarms));
    expect(alarms.length).toBeGreaterThan(30);

    const { queryDefinitions } = await logs.send(new DescribeQueryDefinitionsCommand({ maxResults: 1000 }));
    expect(queryDefinitions?.map(({ name }) => name?.replaceAll("/", "-")).sort()).toEqual([...alarms].sort());
    const { DashboardBody = "" } = await cloudWatch.send(
      new GetDashboardCommand({ DashboardName: `trailwatch-${account}` }),
    );
    for (const alarm of alarms) expect(DashboardBody).toContain(`:alarm:${alarm}"`);
  },
);

test("the output of a monitoring stack names the subscribers who have not confirmed", async () => {
  const { output } = await terraformIn(sandbox, "monitoring-payments", "output", "-json", "pending_subscriptions");
  const pending = JSON.parse(output.slice(output.indexOf("{"))) as Record<"alerts" | "notices", string[]>;
  const { notifications } = accountNamed(sandbox.organization, "payments");
  expect([...pending.alerts].sort()).toEqual([...notifications.alerts.email].sort());
  expect([...pending.notices].sort()).toEqual([...notifications.notices.email].sort());
});

test("further regions forward to the home region's event bus, read-only events included", async () => {
  const { homeRegion } = sandbox.organization;
  const { events } = await clientsOf(sandbox, MEMBER, "us-east-1");
  const { Rules } = await events.send(new ListRulesCommand({ NamePrefix: "trailwatch" }));
  expect(Rules?.length).toBeGreaterThan(0);
  expect(new Set(Rules?.map(({ State }) => State))).toEqual(new Set(["ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"]));
  const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: Rules?.[0]?.Name ?? "" }));
  expect(Targets?.map(({ Arn }) => Arn)).toEqual([
    `arn:aws:events:${homeRegion}:${accountNamed(sandbox.organization, MEMBER).id}:event-bus/default`,
  ]);
});

test("nothing of a member is in another account", async () => {
  for (const [account, clients] of [
    ["log-archive", logArchive],
    [MEMBER, member],
  ] as const) {
    const names = await alarmNames(clients.cloudWatch);
    expect(names.filter((name) => !name.startsWith(`trailwatch-${account}-`))).toEqual([]);
  }
});

test("verify proves everything except the unconfirmed subscriptions", async () => {
  const folder = join(sandbox.workFolder, "cdktf.out");
  const { organization } = sandbox;
  const own = process.env;
  process.env = { ...sandbox.env };
  try {
    const { sections } = await verify({
      organization,
      expected: readExpected(folder, readDeployment(folder), organization),
      accounts: organization.accounts,
      access: await openAccess({ organization }),
      now: Date.now,
    });
    const failures = sections.flatMap(({ results }) => results.filter(({ status }) => status === "failed"));
    expect(failures.filter(({ seen }) => !seen.startsWith("pending confirmation"))).toEqual([]);
    const hops = new Set(sections.flatMap(({ results }) => results.map(({ hop }) => hop)));
    expect([...HOPS_WITH_HUB].filter((hop) => !hops.has(hop))).toEqual([]);
  } finally {
    process.env = own;
  }
});

describe("state and runs in HCP Terraform:", () => {
  cloudStateTests(() => ({ sandbox, cloud, stacks, tokenUses }));
});

test("resources that hold data permanently cannot be destroyed", async () => {
  const { exitCode, output } = await terraformIn(
    sandbox,
    "log-archive",
    "plan",
    "-destroy",
    "-refresh=false",
    "-input=false",
  );
  expect(exitCode).toBe(1);
  expect(output).toContain("Instance cannot be destroyed");
});

describe("the signal path, once everything is deployed:", () => {
  scenarioTests(() => sandbox);
});

describe("runs of HCP Terraform:", () => {
  cloudRunTests(
    () => sandbox,
    () => cloud,
  );
});

function subscriptions(account: string): Subscription[] {
  return subscriptionsOf(sandbox.organization, accountNamed(sandbox.organization, account));
}

function subscribed(account: string): string[] {
  return subscriptions(account).map(({ detection }) => detection.id);
}

async function alarmNames(cloudWatch: ServiceClients["cloudWatch"]): Promise<string[]> {
  return (await alarmsOf(cloudWatch)).map(({ AlarmName = "" }) => AlarmName);
}

/** Alarms of detections; those of the path itself watch AWS's metrics, or several at once. */
async function detectionAlarmNames(cloudWatch: ServiceClients["cloudWatch"]): Promise<string[]> {
  const alarms = await alarmsOf(cloudWatch);
  // Alarms on AWS's own metrics and metric math watch the signal path; pack cis has a namespace of its own.
  const ofDetections = ["Trailwatch", "LogMetrics"];
  return alarms.flatMap(({ Namespace = "", AlarmName = "" }) => (ofDetections.includes(Namespace) ? [AlarmName] : []));
}

async function alarmsOf(cloudWatch: ServiceClients["cloudWatch"]): Promise<MetricAlarm[]> {
  const alarms: MetricAlarm[] = [];
  for await (const page of paginateDescribeAlarms({ client: cloudWatch }, {})) {
    alarms.push(...(page.MetricAlarms ?? []));
  }
  return alarms;
}
