import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as cloudtrail from "@aws-sdk/client-cloudtrail";
import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as events from "@aws-sdk/client-eventbridge";
import * as kms from "@aws-sdk/client-kms";
import * as organizations from "@aws-sdk/client-organizations";
import * as s3 from "@aws-sdk/client-s3";
import * as secrets from "@aws-sdk/client-secrets-manager";
import * as sns from "@aws-sdk/client-sns";
import * as sts from "@aws-sdk/client-sts";
import { allDetections } from "../../../detections/catalogue";
import { conditionsFor, type WatchedAccount } from "../../../detections/detection";
import { predicate } from "../../../detections/predicate";
import { type Proxy, openProxy } from "../../../sandbox/proxy/proxy";
import { allShims } from "../../../sandbox/proxy/shims";
import { type Moto, startMoto } from "../../../sandbox/moto";
import { Recorder } from "../../../sandbox/recorder/recorder";
import { sharedState } from "../../../sandbox/shared-state";
import type { RecordJson } from "../../../sandbox/signal-path/hop-event";
import { authorization } from "../proxy/requests";

// Real calls of the AWS SDK to a real moto: what the recorder writes of each must be what the detections look at.

const MANAGEMENT = "123456789012";
const MEMBER = "222222222222";
const REGION = "eu-west-1";
const ARCHIVE = "example-archive";
const SECRET = "MyProjectSecrets";

const workFolder = mkdtempSync(join(tmpdir(), "trailwatch-recorder-"));
const shared = sharedState();
const recorder = new Recorder();
const everything: RecordJson[] = [];
let recorded: RecordJson[] = [];
let moto: Moto;
let door: Proxy;

/** The records that a call left behind, whether it succeeded or not. */
async function recordsOf(call: () => Promise<unknown>): Promise<readonly RecordJson[]> {
  recorded = [];
  await call().catch((error: unknown) => {
    // A call that moto lacks would prove nothing.
    if (error instanceof Error && error.name.startsWith("Sandbox")) throw error;
  });
  return recorded;
}

/** The account's own detections, CIS's frozen ones apart, that a record sets off in it. */
function detectedBy(record: RecordJson | undefined, account: WatchedAccount): readonly string[] {
  if (record === undefined) throw new Error("nothing was recorded");
  return allDetections()
    .filter(
      ({ detection }) =>
        // `member-…` are on in the management account only, which knows the deployment roles of all accounts.
        !detection.id.startsWith("member-") &&
        "condition" in detection &&
        conditionsFor(detection, account).some((each) => predicate(each)(record)),
    )
    .map(({ detection }) => detection.id)
    .sort();
}

const WATCHED: WatchedAccount = {
  name: "member",
  id: MEMBER,
  homeRegion: REGION,
  organizationId: "o-exampleorgid",
  managementAccount: "111111111111",
  watchedSecrets: [SECRET],
  archiveBuckets: [ARCHIVE],
  deploymentRole: "Deployment",
};

function settings(accessKeyId = "AKIATRAILWATCHSANDBX", secretAccessKey = "sandbox", sessionToken?: string) {
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  return { endpoint: door.endpoint, region: REGION, credentials, maxAttempts: 1, forcePathStyle: true };
}

type Settings = ReturnType<typeof settings>;

async function asRole(role: string, session: string): Promise<Settings> {
  const RoleArn = `arn:aws:iam::${MEMBER}:role/${role}`;
  const { Credentials: given } = await new sts.STSClient(settings()).send(
    new sts.AssumeRoleCommand({ RoleArn, RoleSessionName: session }),
  );
  return settings(given?.AccessKeyId, given?.SecretAccessKey, given?.SessionToken);
}

let member: Settings;

beforeAll(async () => {
  moto = await startMoto({
    command: process.env["TRAILWATCH_MOTO_SERVER"] ?? "moto_server",
    workFolder,
    env: process.env,
  });
  door = await openProxy({
    upstream: moto.send,
    shims: allShims(shared),
    lastWords: moto.lastWords,
    onCall: (exchange) => {
      const records = recorder.record(exchange);
      recorded.push(...records);
      everything.push(...records);
    },
  });
  member = await asRole("Application", "web-1");
}, 120_000);

afterAll(async () => {
  await door.stop();
  await moto.stop();
  rmSync(workFolder, { recursive: true });
});

/** A call, and the detections that it must set off. */
type Case = readonly [name: string, call: () => Promise<unknown>, detected: readonly string[]];

async function check(cases: readonly Case[]): Promise<void> {
  const seen: Record<string, readonly string[]> = {};
  for (const [name, call] of cases) {
    const [record] = await recordsOf(call);
    seen[name] = detectedBy(record, WATCHED);
  }
  expect(seen).toEqual(Object.fromEntries(cases.map(([name, , detected]) => [name, detected])));
}

test("secrets", async () => {
  const client = new secrets.SecretsManagerClient(member);
  let arn = "";
  await check([
    [
      "create",
      async () => {
        const created = await client.send(new secrets.CreateSecretCommand({ Name: SECRET, SecretString: "hush" }));
        arn = created.ARN ?? "";
      },
      [],
    ],
    [
      "read by name",
      () => client.send(new secrets.GetSecretValueCommand({ SecretId: SECRET })),
      ["secret-read-burst", "watched-secret-reads"],
    ],
    [
      "read by ARN",
      () => client.send(new secrets.GetSecretValueCommand({ SecretId: arn })),
      ["secret-read-burst", "watched-secret-reads"],
    ],
    ["read of another", () => client.send(new secrets.GetSecretValueCommand({ SecretId: "other" })), []],
    ["put", () => client.send(new secrets.PutSecretValueCommand({ SecretId: SECRET, SecretString: "hush" })), []],
    ["update", () => client.send(new secrets.UpdateSecretCommand({ SecretId: SECRET, SecretString: "hush" })), []],
    ["list", () => client.send(new secrets.ListSecretsCommand({})), []],
    ["delete", () => client.send(new secrets.DeleteSecretCommand({ SecretId: SECRET })), ["secret-deleted"]],
  ]);
});

test("trails", async () => {
  const client = new cloudtrail.CloudTrailClient(member);
  const trail = { Name: "trailwatch" };
  await new s3.S3Client(member).send(
    new s3.CreateBucketCommand({ Bucket: "trail", CreateBucketConfiguration: { LocationConstraint: REGION } }),
  );
  const narrow: cloudtrail.EventSelector = { ReadWriteType: "WriteOnly", IncludeManagementEvents: false };
  await check([
    ["create", () => client.send(new cloudtrail.CreateTrailCommand({ ...trail, S3BucketName: "trail" })), []],
    ["start", () => client.send(new cloudtrail.StartLoggingCommand(trail)), []],
    ["status", () => client.send(new cloudtrail.GetTrailStatusCommand(trail)), []],
    [
      "narrow",
      () => client.send(new cloudtrail.PutEventSelectorsCommand({ TrailName: "trailwatch", EventSelectors: [narrow] })),
      ["trail-changed"],
    ],
    [
      "update",
      () => client.send(new cloudtrail.UpdateTrailCommand({ ...trail, IsMultiRegionTrail: false })),
      ["trail-changed"],
    ],
    ["stop", () => client.send(new cloudtrail.StopLoggingCommand(trail)), ["trail-stopped"]],
    ["delete", () => client.send(new cloudtrail.DeleteTrailCommand(trail)), ["trail-stopped"]],
    ["delete what is gone", () => client.send(new cloudtrail.DeleteTrailCommand({ Name: "none" })), ["trail-stopped"]],
  ]);
});

test("alarms", async () => {
  const client = new cloudwatch.CloudWatchClient(member);
  const alarm = (AlarmName: string, Namespace = "AWS/EC2") =>
    new cloudwatch.PutMetricAlarmCommand({
      AlarmName,
      Namespace,
      MetricName: "reads",
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
    });
  const OURS = "trailwatch-member-root-use";
  const names = { AlarmNames: ["cpu", OURS] };
  await check([
    ["put ours", () => client.send(alarm(OURS, "Trailwatch")), ["alarm-changed"]],
    ["put another", () => client.send(alarm("cpu")), []],
    ["put another on our metric", () => client.send(alarm("copy", "Trailwatch")), ["alarm-changed"]],
    [
      "set",
      () =>
        client.send(new cloudwatch.SetAlarmStateCommand({ AlarmName: OURS, StateValue: "ALARM", StateReason: "test" })),
      ["alarm-changed"],
    ],
    [
      "disable another",
      () => client.send(new cloudwatch.DisableAlarmActionsCommand({ AlarmNames: ["cpu"] })),
      ["alarm-or-rule-deleted"],
    ],
    // One of both.
    [
      "disable",
      () => client.send(new cloudwatch.DisableAlarmActionsCommand(names)),
      ["alarm-changed", "alarm-or-rule-deleted"],
    ],
  ]);
  const { MetricAlarms: muted = [] } = await client.send(new cloudwatch.DescribeAlarmsCommand({ AlarmNames: [OURS] }));
  expect(muted).toMatchObject([{ ActionsEnabled: false, StateValue: "ALARM", StateReason: "test", Threshold: 1 }]);

  await check([
    ["enable", () => client.send(new cloudwatch.EnableAlarmActionsCommand(names)), []],
    ["describe", () => client.send(new cloudwatch.DescribeAlarmsCommand(names)), []],
    [
      "delete",
      () => client.send(new cloudwatch.DeleteAlarmsCommand(names)),
      ["alarm-changed", "alarm-or-rule-deleted"],
    ],
  ]);
});

test("log groups and metric filters", async () => {
  const client = new logs.CloudWatchLogsClient(member);
  const ours = { logGroupName: "/trailwatch/events" };
  const other = { logGroupName: "/app/web" };
  const metric = { metricName: "reads", metricNamespace: "Trailwatch", metricValue: "1" };
  const filter = {
    filterName: "reads",
    filterPattern: "{ $.eventName = GetSecretValue }",
    metricTransformations: [metric],
  };
  await check([
    ["create", () => client.send(new logs.CreateLogGroupCommand(ours)), ["log-group-changed"]],
    ["create another", () => client.send(new logs.CreateLogGroupCommand(other)), []],
    ["put filter", () => client.send(new logs.PutMetricFilterCommand({ ...ours, ...filter })), ["log-group-changed"]],
    ["put filter elsewhere", () => client.send(new logs.PutMetricFilterCommand({ ...other, ...filter })), []],
    [
      "delete filter",
      () => client.send(new logs.DeleteMetricFilterCommand({ ...ours, filterName: "reads" })),
      ["log-group-changed"],
    ],
    [
      "retention",
      () => client.send(new logs.PutRetentionPolicyCommand({ ...ours, retentionInDays: 1 })),
      ["log-group-changed"],
    ],
    ["delete another", () => client.send(new logs.DeleteLogGroupCommand(other)), ["log-group-deleted"]],
    ["delete", () => client.send(new logs.DeleteLogGroupCommand(ours)), ["log-group-changed"]],
  ]);
});

test("rules", async () => {
  const client = new events.EventBridgeClient(member);
  const rule = (Name: string) => new events.PutRuleCommand({ Name, EventPattern: '{"source":["aws.s3"]}' });
  await check([
    ["put", () => client.send(rule("trailwatch")), ["event-rule-changed"]],
    ["put another", () => client.send(rule("nightly")), []],
    ["disable", () => client.send(new events.DisableRuleCommand({ Name: "trailwatch" })), ["event-rule-changed"]],
    ["disable another", () => client.send(new events.DisableRuleCommand({ Name: "nightly" })), []],
    [
      "remove targets",
      () => client.send(new events.RemoveTargetsCommand({ Rule: "trailwatch", Ids: ["1"] })),
      ["event-rule-changed"],
    ],
    ["delete", () => client.send(new events.DeleteRuleCommand({ Name: "trailwatch" })), ["event-rule-changed"]],
  ]);
});

test("topics", async () => {
  const client = new sns.SNSClient(member);
  const arnOf = (name: string) => `arn:aws:sns:${REGION}:${MEMBER}:${name}`;
  const ours = { TopicArn: arnOf("trailwatch-alerts") };
  let SubscriptionArn = "";
  await check([
    ["create", () => client.send(new sns.CreateTopicCommand({ Name: "trailwatch-alerts" })), []],
    ["create another", () => client.send(new sns.CreateTopicCommand({ Name: "orders" })), []],
    [
      "subscribe",
      async () => {
        const email = { Protocol: "email", Endpoint: "alice@example.com", ReturnSubscriptionArn: true };
        SubscriptionArn = (await client.send(new sns.SubscribeCommand({ ...ours, ...email }))).SubscriptionArn ?? "";
      },
      ["topic-changed"],
    ],
    [
      "set",
      () =>
        client.send(new sns.SetTopicAttributesCommand({ ...ours, AttributeName: "DisplayName", AttributeValue: "x" })),
      ["topic-changed"],
    ],
    [
      "set another",
      () => client.send(new sns.SetTopicAttributesCommand({ TopicArn: arnOf("orders"), AttributeName: "DisplayName" })),
      [],
    ],
    ["publish", () => client.send(new sns.PublishCommand({ ...ours, Message: "hush" })), []],
    ["unsubscribe", () => client.send(new sns.UnsubscribeCommand({ SubscriptionArn })), ["topic-changed"]],
    ["delete another", () => client.send(new sns.DeleteTopicCommand({ TopicArn: arnOf("orders") })), []],
    ["delete", () => client.send(new sns.DeleteTopicCommand(ours)), ["topic-changed"]],
  ]);
});

test("buckets", async () => {
  const client = new s3.S3Client(member);
  const create = (Bucket: string) =>
    client.send(
      new s3.CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: REGION },
        ObjectLockEnabledForBucket: true,
      }),
    );
  const ours = { Bucket: ARCHIVE };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  const oneDay = { Rules: [{ ID: "x", Status: "Enabled" as const, Filter: { Prefix: "" }, Expiration: { Days: 1 } }] };
  await check([
    ["create", () => create(ARCHIVE), ["archive-changed"]],
    ["create another", () => create("website"), []],
    ["policy", () => client.send(new s3.PutBucketPolicyCommand({ ...ours, Policy })), ["archive-changed"]],
    ["policy elsewhere", () => client.send(new s3.PutBucketPolicyCommand({ Bucket: "website", Policy })), []],
    [
      "lifecycle",
      () => client.send(new s3.PutBucketLifecycleConfigurationCommand({ ...ours, LifecycleConfiguration: oneDay })),
      ["archive-changed", "bucket-protection-removed"],
    ],
    [
      "lock",
      () =>
        client.send(
          new s3.PutObjectLockConfigurationCommand({
            ...ours,
            ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" },
          }),
        ),
      ["archive-changed"],
    ],
    [
      "public access",
      () => client.send(new s3.DeletePublicAccessBlockCommand(ours)),
      ["archive-changed", "public-access-block-removed"],
    ],
    ["object", () => client.send(new s3.PutObjectCommand({ ...ours, Key: "a/b", Body: "hush" })), []],
    ["read policy", () => client.send(new s3.GetBucketPolicyCommand(ours)), []],
    ["delete", () => client.send(new s3.DeleteBucketCommand(ours)), ["archive-changed"]],
  ]);
});

test("keys", async () => {
  const client = new kms.KMSClient(member);
  const { KeyMetadata: key } = await client.send(new kms.CreateKeyCommand({}));
  const named = { KeyId: key?.KeyId };
  const context = { EncryptionContext: { SecretARN: "arn:example" } };
  const { CiphertextBlob } = await client.send(
    new kms.EncryptCommand({ ...named, ...context, Plaintext: Buffer.from("hush") }),
  );
  const [decrypt] = await recordsOf(() => client.send(new kms.DecryptCommand({ CiphertextBlob, ...context })));
  expect(decrypt).toMatchObject({
    readOnly: true,
    requestParameters: { encryptionContext: { SecretARN: "arn:example" } },
    responseElements: null,
    resources: [{ accountId: MEMBER, type: "AWS::KMS::Key", ARN: key?.Arn }],
  });
  await check([
    ["read policy", () => client.send(new kms.GetKeyPolicyCommand(named)), []],
    ["policy", () => client.send(new kms.PutKeyPolicyCommand({ ...named, Policy: "{}" })), ["key-policy-changed"]],
    [
      "disable",
      () => client.send(new kms.DisableKeyCommand(named)),
      ["key-policy-changed", "kms-key-disabled", "secret-key-unusable"],
    ],
    [
      "schedule deletion",
      () => client.send(new kms.ScheduleKeyDeletionCommand({ ...named, PendingWindowInDays: 7 })),
      ["key-policy-changed", "kms-key-disabled", "secret-key-unusable"],
    ],
  ]);
});

const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }],
});

/** There is no client of IAM among the packages: its protocol is simple. */
async function iam(accessKeyId: string, input: Record<string, string>): Promise<string> {
  const response = await fetch(door.endpoint, {
    method: "POST",
    headers: { authorization: authorization("iam", "us-east-1").replace("AKIAEXAMPLE", accessKeyId) },
    body: new URLSearchParams({ Version: "2010-05-08", ...input }),
  });
  return response.text();
}

const PASSWORD = { UserName: "bob", Password: "Correct-horse-battery-9" };

function roleFor(account: string): Record<string, string> {
  const principal = { AWS: `arn:aws:iam::${account}:root` };
  const statement = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2);
  return { Action: "CreateRole", RoleName: `for-${account}`, AssumeRolePolicyDocument: document };
}

test("IAM, and the keys that it gives out", async () => {
  const { accessKeyId } = member.credentials;
  let key = "";
  await check([
    ["create user", () => iam(accessKeyId, { Action: "CreateUser", UserName: "bob" }), ["user-or-second-factor-added"]],
    [
      "give a temporary password",
      () => iam(accessKeyId, { Action: "CreateLoginProfile", ...PASSWORD, PasswordResetRequired: "true" }),
      ["user-or-second-factor-added"],
    ],
    [
      "give a password",
      () => iam(accessKeyId, { Action: "UpdateLoginProfile", ...PASSWORD, PasswordResetRequired: "false" }),
      ["long-lived-credential-created"],
    ],
    ["trust the own account", () => iam(accessKeyId, roleFor(MEMBER)), []],
    ["trust another account", () => iam(accessKeyId, roleFor("999900001111")), ["role-created-for-outsider"]],
    [
      "allow short passwords",
      () => iam(accessKeyId, { Action: "UpdateAccountPasswordPolicy", MinimumPasswordLength: "8" }),
      ["second-factor-weakened"],
    ],
    [
      "allow long passwords only",
      () => iam(accessKeyId, { Action: "UpdateAccountPasswordPolicy", MinimumPasswordLength: "14" }),
      [],
    ],
    [
      "put policy",
      () => iam(accessKeyId, { Action: "PutUserPolicy", UserName: "bob", PolicyName: "p", PolicyDocument: POLICY }),
      ["iam-policy-changed"],
    ],
    ["list", () => iam(accessKeyId, { Action: "ListUsers" }), []],
    [
      "create key",
      async () => {
        key =
          /<AccessKeyId>([^<]+)/.exec(await iam(accessKeyId, { Action: "CreateAccessKey", UserName: "bob" }))?.[1] ??
          "";
      },
      ["long-lived-credential-created"],
    ],
  ]);
  const [record] = await recordsOf(() => iam(key, { Action: "ListUsers" }));
  expect(record?.["userIdentity"]).toMatchObject({
    type: "IAMUser",
    userName: "bob",
    accountId: MEMBER,
    accessKeyId: key,
  });
});

test("the organization", async () => {
  const client = new organizations.OrganizationsClient(settings());
  const service = { ServicePrincipal: "cloudtrail.amazonaws.com" };
  await check([
    ["create", () => client.send(new organizations.CreateOrganizationCommand({ FeatureSet: "ALL" })), []],
    ["enable", () => client.send(new organizations.EnableAWSServiceAccessCommand(service)), ["organization-extended"]],
    [
      "disable",
      () => client.send(new organizations.DisableAWSServiceAccessCommand(service)),
      ["delegated-administrator-changed"],
    ],
  ]);
});

test("a role of another account is recorded in both, its session named alike ever after", async () => {
  const assumed = await recordsOf(() => asRole("Deployment", "trailwatch"));
  expect(assumed).toMatchObject([
    { recipientAccountId: MANAGEMENT, userIdentity: { type: "IAMUser" }, readOnly: true },
    { recipientAccountId: MEMBER, userIdentity: { type: "AWSAccount", accountId: MANAGEMENT } },
  ]);
  expect(assumed[0]?.["sharedEventID"]).toBe(assumed[1]?.["sharedEventID"]);

  const client = new sts.STSClient(await asRole("Deployment", "trailwatch"));
  const [record] = await recordsOf(() => client.send(new sts.GetCallerIdentityCommand()));
  const identity = await client.send(new sts.GetCallerIdentityCommand());
  expect(record).toMatchObject({
    recipientAccountId: MEMBER,
    userIdentity: { type: "AssumedRole", arn: identity.Arn, accountId: identity.Account },
  });
});

test("Trailwatch's own deployment sets nothing off but its own detection", async () => {
  const client = new events.EventBridgeClient(await asRole("Deployment", "trailwatch"));
  await check([
    [
      "put",
      () => client.send(new events.PutRuleCommand({ Name: "trailwatch", EventPattern: "{}" })),
      ["own-deployment"],
    ],
  ]);
});

test("LookupEvents answers what was delivered", async () => {
  const client = new cloudtrail.CloudTrailClient(member);
  for (const each of await recordsOf(() => client.send(new cloudtrail.DeleteTrailCommand({ Name: "none" }))))
    shared.eventHistory.add(each);
  const EventName = { AttributeKey: "EventName", AttributeValue: "DeleteTrail" } as const;
  const { Events: found = [] } = await client.send(
    new cloudtrail.LookupEventsCommand({ LookupAttributes: [EventName] }),
  );
  expect(found).toMatchObject([{ EventName: "DeleteTrail", Username: "web-1", ReadOnly: "false" }]);
  expect(JSON.parse(found[0]?.CloudTrailEvent ?? "")).toMatchObject({ requestParameters: { name: "none" } });
  const elsewhere = new cloudtrail.CloudTrailClient(settings());
  expect((await elsewhere.send(new cloudtrail.LookupEventsCommand({}))).Events).toEqual([]);
});

test("no secret is in any record", () => {
  const text = JSON.stringify(everything);
  expect(text).toContain("PutSecretValue");
  expect(text).not.toMatch(/hush|aHVzaA|secretAccessKey|alice@example.com/);
  expect(text).not.toContain(member.credentials.sessionToken);
});
