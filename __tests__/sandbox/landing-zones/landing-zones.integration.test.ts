import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeTrailsCommand, GetTrailStatusCommand, StopLoggingCommand } from "@aws-sdk/client-cloudtrail";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeMetricFiltersCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { CreateUserCommand, GetRoleCommand, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import {
  DescribePolicyCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
} from "@aws-sdk/client-organizations";
import {
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  ListObjectsV2Command,
} from "@aws-sdk/client-s3";
import { ListSubscriptionsCommand } from "@aws-sdk/client-sns";
import { loadOrganization } from "../../../organization/load";
import type { Organization } from "../../../organization/organization";
import { createOrganization } from "../../../sandbox/aws-organization";
import { MANAGEMENT_CREDENTIALS } from "../../../sandbox/environment";
import { createLandingZone } from "../../../sandbox/landing-zones";
import { controlTower } from "../../../sandbox/landing-zones/control-tower";
import type { ZoneSettings } from "../../../sandbox/landing-zones/landing-zone";
import { ownTrail } from "../../../sandbox/landing-zones/own-trail";
import { ZoneSite } from "../../../sandbox/landing-zones/zone-site";
import { mailboxPage } from "../../../sandbox/mailbox/mailbox-pages";
import { type Moto, startMoto } from "../../../sandbox/moto";
import { openProxy, type Proxy } from "../../../sandbox/proxy/proxy";
import { allShims } from "../../../sandbox/proxy/shims";
import { Recorder } from "../../../sandbox/recorder/recorder";
import { sharedState } from "../../../sandbox/shared-state";
import type { HopEvent } from "../../../sandbox/signal-path/hop-event";
import { localSignalPath } from "../../../sandbox/signal-path/local-signal-path";
import type { SignalPath } from "../../../sandbox/signal-path/signal-path";

// Both landing zones in one organization, on a moto of its own. Nothing of Trailwatch is deployed.

const work = mkdtempSync(join(tmpdir(), "trailwatch-zones-"));
const shared = sharedState();
const hops: HopEvent[] = [];
const errors: Error[] = [];
let moto: Moto;
let proxy: Proxy;
let signalPath: SignalPath | undefined;
let organization: Organization;
let site: ZoneSite;
let tower: ZoneSettings;
let own: ZoneSettings;

beforeAll(async () => {
  moto = await startMoto({
    command: process.env["TRAILWATCH_MOTO_SERVER"] ?? "moto_server",
    workFolder: work,
    env: { ...process.env },
  });
  const recorder = new Recorder();
  proxy = await openProxy({
    upstream: moto.send,
    shims: allShims(shared, async (...message) => signalPath?.publish(...message)),
    lastWords: moto.lastWords,
    page: (request) => mailboxPage(request, shared.mailbox, async (arn) => signalPath?.unsubscribe(arn)),
    beforeChange: async () => signalPath?.caughtUp(),
    onCall: (exchange) => {
      for (const record of recorder.record(exchange)) signalPath?.accept(record);
    },
  });
  shared.mailbox.linkTo(proxy.endpoint);
  const described = loadOrganization("accounts");
  const aws = { endpoint: proxy.endpoint, region: described.homeRegion, credentials: MANAGEMENT_CREDENTIALS };
  const newIds = await createOrganization(described, aws);
  const place = { described, newIds, aws, mailbox: shared.mailbox };
  tower = await createLandingZone(controlTower, place);
  own = await createLandingZone(ownTrail, place);

  const newId = (id: string): string => newIds.get(id) ?? id;
  const accounts = described.accounts.map((account) => ({ ...account, id: newId(account.id) }));
  organization = { ...described, accounts, id: newId(described.id) };
  site = new ZoneSite(organization, aws, shared.mailbox);
  signalPath = localSignalPath(organization, {
    socketPath: moto.socketPath,
    credentials: MANAGEMENT_CREDENTIALS,
    shared,
    speed: 600,
    onError: (error) => errors.push(error),
  });
  signalPath.onHop((hop) => hops.push(hop));
  await signalPath.start();
}, 120_000);

afterAll(async () => {
  (site as ZoneSite | undefined)?.destroy();
  await signalPath?.stop();
  await (proxy as Proxy | undefined)?.stop();
  await (moto as Moto | undefined)?.stop();
  rmSync(work, { recursive: true });
});

const management = () => site.of(site.management);
const archive = () => site.of(site.logArchive);

async function trailNamed(name: string) {
  const { trailList = [] } = await management().cloudTrail.send(new DescribeTrailsCommand({ trailNameList: [name] }));
  return trailList;
}

async function policyOf(Bucket: string): Promise<string> {
  const { Policy = "" } = await archive().s3.send(new GetBucketPolicyCommand({ Bucket }));
  return Policy;
}

describe("control-tower", () => {
  test("the trail and its log group, whose name ends in a suffix", async () => {
    const { region, organizationId, logArchive, management: owner } = site;
    expect(tower.trail).toEqual({
      name: "aws-controltower-BaselineCloudTrail",
      region,
      logGroup: expect.stringMatching(/^aws-controltower\/CloudTrailLogs-[A-Za-z0-9]{12}$/) as string,
    });
    expect(await trailNamed(tower.trail.name)).toEqual([
      expect.objectContaining({
        Name: tower.trail.name,
        HomeRegion: region,
        S3BucketName: `aws-controltower-logs-${logArchive.id}-${region}`,
        S3KeyPrefix: organizationId,
        IsOrganizationTrail: true,
        IsMultiRegionTrail: true,
        LogFileValidationEnabled: true,
        KmsKeyId: tower.archive.keyArn,
        CloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${owner.id}:log-group:${tower.trail.logGroup}:*`,
        CloudWatchLogsRoleArn: `arn:aws:iam::${owner.id}:role/service-role/AWSControlTowerCloudTrailRole`,
      }),
    ]);
    const status = await management().cloudTrail.send(new GetTrailStatusCommand({ Name: tower.trail.name }));
    expect(status.IsLogging).toBe(true);
    const { logGroups } = await management().logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: "aws-controltower/" }),
    );
    expect(logGroups).toMatchObject([{ logGroupName: tower.trail.logGroup, retentionInDays: 14 }]);
  });

  test("the archive: policy, key and access logs", async () => {
    const { bucket: Bucket, keyArn = "", prefix } = tower.archive;
    const { s3 } = archive();
    expect(prefix).toBe(site.organizationId);
    expect(JSON.parse(await policyOf(Bucket))).toMatchObject({
      Statement: [
        { Sid: "AllowSSLRequestsOnly", Effect: "Deny" },
        { Sid: "AWSBucketPermissionsCheck" },
        {
          Sid: "AWSBucketDelivery",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Resource: [`arn:aws:s3:::${Bucket}/${site.organizationId}/AWSLogs/${site.organizationId}/*`],
          Condition: { StringEquals: { "aws:SourceOrgID": site.organizationId } },
        },
        { Sid: "AWSConfigBucketExistenceCheck" },
        { Sid: "AWSConfigDelivery" },
      ],
    });
    const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(ServerSideEncryptionConfiguration?.Rules).toMatchObject([
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyArn } },
    ]);
    const { LoggingEnabled } = await s3.send(new GetBucketLoggingCommand({ Bucket }));
    expect(LoggingEnabled?.TargetBucket).toBe(`aws-controltower-s3-access-logs-${site.logArchive.id}-${site.region}`);
    const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(Object.values(PublicAccessBlockConfiguration ?? {})).toEqual([true, true, true, true]);
    const { KeyMetadata } = await management().kms.send(new DescribeKeyCommand({ KeyId: keyArn }));
    expect(KeyMetadata?.Arn).toBe(keyArn);
  });

  test("units, controls, and the role of every enrolled account", async () => {
    const { organizations } = management();
    const { Roots = [] } = await organizations.send(new ListRootsCommand());
    const { OrganizationalUnits = [] } = await organizations.send(
      new ListOrganizationalUnitsForParentCommand({ ParentId: Roots[0]?.Id }),
    );
    const units = await Promise.all(
      OrganizationalUnits.map(async ({ Id, Name }) => {
        const { Accounts = [] } = await organizations.send(new ListAccountsForParentCommand({ ParentId: Id }));
        const { Policies = [] } = await organizations.send(
          new ListPoliciesForTargetCommand({ TargetId: Id, Filter: "SERVICE_CONTROL_POLICY" }),
        );
        const contents = await Promise.all(
          Policies.filter((policy) => policy.Name?.startsWith("aws-guardrails-")).map(async ({ Id: PolicyId }) => {
            const { Policy } = await organizations.send(new DescribePolicyCommand({ PolicyId }));
            return Policy?.Content ?? "";
          }),
        );
        return { name: Name, accounts: Accounts.map((account) => account.Name), contents };
      }),
    );
    expect(units.map(({ name, accounts }) => ({ name, accounts }))).toEqual([
      { name: "Security", accounts: ["log-archive"] },
      { name: "Sandbox", accounts: ["payments", "workloads-production"] },
    ]);
    const [security = "", sandbox = ""] = units.map(({ contents }) => contents.join());
    for (const controls of [security, sandbox]) {
      expect(controls).toContain("cloudtrail:StopLogging");
      expect(controls).toContain("arn:aws:logs:*:*:log-group:*aws-controltower*");
      expect(controls).toContain("role/AWSControlTowerExecution");
    }
    expect(security).toContain("s3:PutBucketPolicy");
    expect(sandbox).not.toContain("s3:PutBucketPolicy");

    expect(tower.deploymentRole).toBe("AWSControlTowerExecution");
    const RoleName = tower.deploymentRole;
    for (const account of organization.accounts) {
      const { iam } = site.of(account);
      if (account.role === "management") {
        await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toThrow(/not found|cannot be found/i);
        continue;
      }
      const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
      expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toContain(`${site.management.id}:root`);
      const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
      expect(PolicyNames).toEqual(["AdministratorAccess"]);
    }
  });
});

describe("own-trail", () => {
  test("the trail, with a bucket and key of the log-archive account", async () => {
    const { bucket, keyArn = "" } = own.archive;
    expect(await trailNamed("company-trail")).toMatchObject([
      { S3BucketName: bucket, KmsKeyId: keyArn, IsOrganizationTrail: true, LogFileValidationEnabled: true },
    ]);
    expect(keyArn).toContain(`:${site.logArchive.id}:key/`);
    expect(JSON.parse(await policyOf(bucket))).toMatchObject({
      Statement: [
        {},
        {},
        {
          Resource: [
            `arn:aws:s3:::${bucket}/AWSLogs/${site.management.id}/*`,
            `arn:aws:s3:::${bucket}/AWSLogs/${site.organizationId}/*`,
          ],
          Condition: {
            StringEquals: {
              "aws:SourceArn": `arn:aws:cloudtrail:${site.region}:${site.management.id}:trail/company-trail`,
            },
          },
        },
      ],
    });
  });

  test("metric filters, alarms, a topic with one confirmed subscriber, and a rule", async () => {
    const { logs, cloudWatch, sns, events } = management();
    const { metricFilters = [] } = await logs.send(
      new DescribeMetricFiltersCommand({ logGroupName: own.trail.logGroup }),
    );
    expect(metricFilters).toHaveLength(15);
    const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms.map(({ MetricName }) => MetricName).sort()).toEqual(
      metricFilters.map(({ metricTransformations }) => metricTransformations?.[0]?.metricName).sort(),
    );
    const { Subscriptions = [] } = await sns.send(new ListSubscriptionsCommand({}));
    const states = Subscriptions.map(({ Endpoint, SubscriptionArn }) => [
      Endpoint,
      SubscriptionArn === "PendingConfirmation" ? "pending" : "confirmed",
    ]);
    expect(states).toEqual([
      ["soc@example.com", "confirmed"],
      ["auditors@example.com", "pending"],
    ]);
    const { Rules = [] } = await events.send(new ListRulesCommand({}));
    expect(Rules).toMatchObject([{ Name: "company-trail-changes", State: "ENABLED" }]);
  });
});

describe("the signal path through existing trails", () => {
  test("files, log streams, alarms and mail", async () => {
    const payments = organization.accounts.find(({ name }) => name === "payments");
    if (payments === undefined) throw new Error("the example has no account 'payments'");
    const begin = shared.mailbox.messages().length;
    await site.of(payments).iam.send(new CreateUserCommand({ UserName: "eve" }));
    // StopLogging is recorded by the trail that it stops, and by the rule.
    await management().cloudTrail.send(new StopLoggingCommand({ Name: "company-trail" }));
    await signalPath?.settled();
    expect(errors).toEqual([]);

    const stream = `${site.organizationId}_${payments.id}_CloudTrail_us-east-1`;
    for (const logGroupName of [tower.trail.logGroup, own.trail.logGroup]) {
      const { logStreams = [] } = await management().logs.send(new DescribeLogStreamsCommand({ logGroupName }));
      expect(logStreams.map(({ logStreamName }) => logStreamName)).toContain(stream);
    }
    const folder = `AWSLogs/${site.organizationId}/${payments.id}/CloudTrail`;
    expect(await keysOf(tower)).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^${site.organizationId}/${folder}/us-east-1/\\d{4}/\\d\\d/\\d\\d/${payments.id}_CloudTrail_us-east-1_`,
        ),
      ),
    );
    expect(await keysOf(own)).toContainEqual(expect.stringMatching(new RegExp(`^${folder}/us-east-1/`)));

    const mails = shared.mailbox.messages().slice(begin);
    expect(mails.map(({ to }) => to)).toEqual(["soc@example.com", "soc@example.com"]);
    expect(mails.map(({ subject }) => subject)).toContainEqual(expect.stringContaining("CloudTrailCfgChanges"));
  }, 60_000);
});

async function keysOf({ archive: { bucket } }: ZoneSettings): Promise<(string | undefined)[]> {
  const { Contents = [] } = await archive().s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.map(({ Key }) => Key);
}
