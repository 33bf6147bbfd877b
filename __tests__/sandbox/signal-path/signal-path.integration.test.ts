import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  CreateTrailCommand,
  GetTrailStatusCommand,
  LookupEventsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import {
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { CreateLogGroupCommand, FilterLogEventsCommand, PutMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DisableRuleCommand, EnableRuleCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateKeyCommand, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { CreateSecretCommand, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import {
  CreateTopicCommand,
  PublishCommand,
  ListSubscriptionsByTopicCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { LOCAL_AWS } from "../../../lib/aws/client";
import { ServiceClients } from "../../../lib/aws/service-clients";
import { MANAGEMENT_CREDENTIALS } from "../../../sandbox/environment";
import { type Proxy, openProxy } from "../../../sandbox/proxy/proxy";
import { allShims } from "../../../sandbox/proxy/shims";
import { mailboxPage } from "../../../sandbox/mailbox/mailbox-pages";
import { type Moto, startMoto } from "../../../sandbox/moto";
import { Recorder } from "../../../sandbox/recorder/recorder";
import { sharedState } from "../../../sandbox/shared-state";
import { AccountClients } from "../../../sandbox/signal-path/account-clients";
import { resourcesOf } from "../../../sandbox/page/derived/resource";
import type { HopEvent } from "../../../sandbox/signal-path/hop-event";
import { MetricPublisher } from "../../../sandbox/signal-path/metric-publisher";
import { SignalPath } from "../../../sandbox/signal-path/signal-path";
import { HOPS } from "../../../signals";

// The whole path on a moto of its own, with resources that are made here: calls go through the proxy as a user's do.

/** moto's own account. */
const ACCOUNT = "123456789012";
const REGION = "eu-west-1";
const GROUP = "/aws/events/example";
const ALARM = "secret-reads";
const ADDRESS = "security@example.com";
const THRESHOLD = 3;
/** Quick, but slow enough that hops come in their order. */
const SPEED = 600;

const work = mkdtempSync(join(tmpdir(), "trailwatch-signal-path-"));
const shared = sharedState();
const hops: HopEvent[] = [];
const errors: Error[] = [];
let moto: Moto;
let door: Proxy;
let signalPath: SignalPath;
let topicArn: string;
let keyId: string;

function clientsOf(endpoint: string): ServiceClients {
  const settings = { ...LOCAL_AWS, endpoint, region: REGION, credentials: MANAGEMENT_CREDENTIALS };
  return new ServiceClients(() => settings);
}

let aws: ServiceClients;

const keyPolicy = (services: string[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "kms:*", Resource: "*" },
      ...services.map((Service) => ({
        Effect: "Allow",
        Principal: { Service },
        Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
        Resource: "*",
      })),
    ],
  });

const topicPolicy = (account: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: ["cloudwatch.amazonaws.com", "cloudtrail.amazonaws.com"] },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ],
  });

const setTopicPolicy = (account: string) =>
  aws.sns.send(
    new SetTopicAttributesCommand({
      TopicArn: topicArn,
      AttributeName: "Policy",
      AttributeValue: topicPolicy(account),
    }),
  );

beforeAll(async () => {
  const env = { ...process.env };
  moto = await startMoto({ command: env["TRAILWATCH_MOTO_SERVER"] ?? "moto_server", workFolder: work, env });
  const recorder = new Recorder();
  signalPath = new SignalPath({
    socketPath: moto.socketPath,
    credentials: MANAGEMENT_CREDENTIALS,
    organizationId: "o-exampleorgid",
    accounts: [{ id: ACCOUNT, name: "example" }],
    regions: [REGION, "us-east-1"],
    shared,
    speed: SPEED,
    onError: (error) => errors.push(error),
  });
  signalPath.onHop((hop) => hops.push(hop));
  door = await openProxy({
    upstream: moto.send,
    shims: allShims(shared, (...message) => signalPath.publish(...message)),
    lastWords: moto.lastWords,
    page: (request) => mailboxPage(request, shared.mailbox, (arn) => signalPath.unsubscribe(arn)),
    beforeChange: () => signalPath.caughtUp(),
    onCall: (exchange) => {
      for (const record of recorder.record(exchange)) signalPath.accept(record);
    },
  });
  shared.mailbox.linkTo(door.endpoint);
  aws = clientsOf(door.endpoint);
  await deploy();
  await signalPath.start();
});

afterAll(async () => {
  await signalPath.stop();
  await door.stop();
  await moto.stop();
  rmSync(work, { recursive: true, force: true });
});

async function deploy(): Promise<void> {
  await aws.secrets.send(new CreateSecretCommand({ Name: "Example", SecretString: "hidden" }));
  await aws.s3.send(
    new CreateBucketCommand({ Bucket: "archive", CreateBucketConfiguration: { LocationConstraint: REGION } }),
  );
  const key = await aws.kms.send(new CreateKeyCommand({ Policy: keyPolicy(["cloudwatch.amazonaws.com"]) }));
  keyId = key.KeyMetadata?.KeyId ?? "";
  const topic = await aws.sns.send(new CreateTopicCommand({ Name: "alerts", Attributes: { KmsMasterKeyId: keyId } }));
  topicArn = topic.TopicArn ?? "";
  await setTopicPolicy(ACCOUNT);
  await aws.sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: "email", Endpoint: ADDRESS }));
  await aws.sqs.send(new CreateQueueCommand({ QueueName: "copies" }));
  const Endpoint = `arn:aws:sqs:${REGION}:${ACCOUNT}:copies`;
  await aws.sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: "sqs", Endpoint }));

  await aws.cloudTrail.send(
    new CreateTrailCommand({
      Name: "example",
      S3BucketName: "archive",
      IsMultiRegionTrail: true,
      EnableLogFileValidation: true,
    }),
  );
  await aws.cloudTrail.send(new StartLoggingCommand({ Name: "example" }));
  await aws.logs.send(new CreateLogGroupCommand({ logGroupName: GROUP }));
  const EventPattern = JSON.stringify({ "detail-type": ["AWS API Call via CloudTrail"] });
  await aws.events.send(
    new PutRuleCommand({ Name: "feed", EventPattern, State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" }),
  );
  const Arn = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${GROUP}`;
  await aws.events.send(new PutTargetsCommand({ Rule: "feed", Targets: [{ Id: "group", Arn }] }));
  await aws.logs.send(
    new PutMetricFilterCommand({
      logGroupName: GROUP,
      filterName: ALARM,
      filterPattern: `{ $.detail.eventName = "GetSecretValue" }`,
      metricTransformations: [{ metricName: ALARM, metricNamespace: "Example", metricValue: "1" }],
    }),
  );
  await aws.cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: ALARM,
      AlarmDescription: "A principal reads",
      Namespace: "Example",
      MetricName: ALARM,
      Statistic: "Sum",
      // Long: reads on both sides of a period's end would not count together.
      Period: 3600,
      EvaluationPeriods: 1,
      Threshold: THRESHOLD,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      TreatMissingData: "notBreaching",
      AlarmActions: [topicArn],
    }),
  );
}

async function readSecret(times: number): Promise<void> {
  for (let read = 0; read < times; read++) {
    await aws.secrets.send(new GetSecretValueCommand({ SecretId: "Example" }));
  }
  await signalPath.settled();
}

const alarmState = async () => {
  const { MetricAlarms } = await aws.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [ALARM] }));
  return MetricAlarms?.[0];
};

/** Waits until the calls so far have arrived everywhere; marks where the hops of the next begin. */
async function quiet(): Promise<number> {
  await signalPath.settled();
  return hops.length;
}

/** The hops of a kind since a mark. */
function since<H extends HopEvent["hop"]>(mark: number, hop: H) {
  return hops.slice(mark).filter((each): each is Extract<HopEvent, { hop: H }> => each.hop === hop);
}

/**
 * Makes the alarm go off anew. The reads stay in its window for longer than these tests take: where it is in ALARM
 * already, it goes back to it from OK by itself.
 */
async function setOff(): Promise<void> {
  const mark = await quiet();
  const StateValue = (await alarmState())?.StateValue === "OK" ? "ALARM" : "OK";
  await aws.cloudWatch.send(
    new SetAlarmStateCommand({ AlarmName: ALARM, StateValue, StateReason: "a test", StateReasonData: "{}" }),
  );
  while (!since(mark, "alarm").some(({ to }) => to === "ALARM"))
    await new Promise((resolve) => setTimeout(resolve, 20));
  await signalPath.settled();
}

const alarmMails = () => shared.mailbox.messages().filter(({ subject }) => subject.startsWith("ALARM"));

test("subscribing mails a link first, and the subscription is pending", async () => {
  expect(shared.mailbox.messages()).toMatchObject([
    { to: ADDRESS, confirmLink: expect.stringContaining("/confirm-subscription?token=") as string },
  ]);
  const { Subscriptions } = await aws.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }));
  expect(
    Subscriptions?.map(({ Protocol, SubscriptionArn }) => [Protocol, SubscriptionArn === "PendingConfirmation"]),
  ).toEqual(
    expect.arrayContaining([
      ["email", true],
      ["sqs", false],
    ]),
  );
});

test("one read fewer than the threshold is recorded and counted, and no alarm goes off", async () => {
  const mark = await quiet();
  await readSecret(THRESHOLD - 1);
  expect(since(mark, "metric")).toHaveLength(THRESHOLD - 1);
  expect(since(mark, "alarm")).toEqual([]);
  expect((await alarmState())?.StateValue).toBe("OK");
});

test("reads up to the threshold go through every hop, in order, and the queue gets a message; no mail before confirmation", async () => {
  const mark = await quiet();
  await readSecret(THRESHOLD);
  const first = HOPS.map((hop) => hops.slice(mark).findIndex((each) => each.hop === hop));
  expect(first).toEqual([...first].sort((one, other) => one - other));
  expect(first).not.toContain(-1);

  expect(since(mark, "alarm")).toMatchObject([{ alarm: ALARM, from: "OK", to: "ALARM", actions: [topicArn] }]);
  expect(await alarmState()).toMatchObject({
    StateValue: "ALARM",
    StateReason: expect.stringMatching(
      /^Threshold Crossed: 1 out of the last 1 datapoint \[\d\.0 \(.*\)\] was greater/,
    ) as string,
  });
  expect(since(mark, "subscriber").map(({ protocol, delivered }) => ({ protocol, delivered }))).toEqual(
    expect.arrayContaining([
      { protocol: "email", delivered: false },
      { protocol: "sqs", delivered: true },
    ]),
  );
  expect(alarmMails()).toEqual([]);

  const { QueueUrl } = await aws.sqs.send(new CreateQueueCommand({ QueueName: "copies" }));
  const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages).toHaveLength(1);
  const envelope = JSON.parse(Messages[0]?.Body ?? "{}") as { Subject: string; Message: string };
  expect(envelope.Subject).toBe(`ALARM: "${ALARM}" in EU (Ireland)`);
  expect(JSON.parse(envelope.Message)).toMatchObject({ AlarmName: ALARM, OldStateValue: "OK", NewStateValue: "ALARM" });
});

test("the log group holds EventBridge's envelope, without the secret", async () => {
  const { events = [] } = await aws.logs.send(new FilterLogEventsCommand({ logGroupName: GROUP }));
  const reads = events.map(({ message = "" }) => message).filter((message) => message.includes("GetSecretValue"));
  expect(reads).toHaveLength(2 * THRESHOLD - 1);
  expect(JSON.parse(reads[0] ?? "{}")).toMatchObject({ account: ACCOUNT, detail: { eventName: "GetSecretValue" } });
  expect(reads.join("")).not.toContain("hidden");
});

test("LookupEvents returns the reads", async () => {
  const { Events } = await aws.cloudTrail.send(
    new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "GetSecretValue" }] }),
  );
  expect(Events).toHaveLength(2 * THRESHOLD - 1);
});

/** Names of the events in the archive, with the keys of the files that hold them. */
async function archived(): Promise<{ names: string[]; keys: string[] }> {
  const Prefix = `AWSLogs/${ACCOUNT}/CloudTrail/${REGION}/`;
  const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket: "archive", Prefix }));
  const names: string[] = [];
  for (const { Key } of Contents) {
    const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket: "archive", Key }));
    const file = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString();
    names.push(...(JSON.parse(file) as { Records: { eventName: string }[] }).Records.map(({ eventName }) => eventName));
  }
  return { names, keys: Contents.map(({ Key = "" }) => Key.slice(Prefix.length)) };
}

test("the archive has them in gzip files where CloudTrail puts them, and the trail's status says so", async () => {
  const { names, keys } = await archived();
  const name = new RegExp(`^\\d{4}/\\d{2}/\\d{2}/${ACCOUNT}_CloudTrail_${REGION}_\\d{8}T\\d{4}Z_\\w{16}\\.json\\.gz$`);
  for (const key of keys) expect(key).toMatch(name);
  expect(names.filter((each) => each === "GetSecretValue")).toHaveLength(2 * THRESHOLD - 1);
  const status = await aws.cloudTrail.send(new GetTrailStatusCommand({ Name: "example" }));
  expect(status.LatestDeliveryTime?.getTime()).toBeGreaterThan(Date.now() - 60_000);
  expect(status.LatestDeliveryError ?? "").toBe("");
});

test("once confirmed by the link, an alarm that is set manually is mailed, and the next evaluation resets it", async () => {
  const link = shared.mailbox.messages()[0]?.confirmLink ?? "";
  expect((await fetch(`${link}0`)).status).toBe(400);
  expect((await fetch(link)).status).toBe(200);
  await setOff();
  expect(alarmMails()).toMatchObject([{ to: ADDRESS, subject: `ALARM: "${ALARM}" in EU (Ireland)` }]);
});

test("the history lists states and actions", async () => {
  const { AlarmHistoryItems = [] } = await aws.cloudWatch.send(new DescribeAlarmHistoryCommand({ AlarmName: ALARM }));
  expect(AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)).toEqual(
    expect.arrayContaining(["Alarm updated from OK to ALARM", `Successfully executed action ${topicArn}`]),
  );
});

test("a disabled rule stops events at the feed, and the hop names it", async () => {
  await aws.events.send(new DisableRuleCommand({ Name: "feed" }));
  const mark = await quiet();
  await readSecret(1);
  expect(since(mark, "feed").filter(({ passes }) => passes)).toEqual([]);
  expect(since(mark, "feed").at(-1)).toMatchObject({ passes: false, reason: "the rule is disabled" });
  expect(since(mark, "log group")).toEqual([]);
  await aws.events.send(new EnableRuleCommand({ Name: "feed" }));
});

test.each([
  {
    what: "key policy",
    narrow: () => aws.kms.send(new PutKeyPolicyCommand({ KeyId: keyId, PolicyName: "default", Policy: keyPolicy([]) })),
    restore: () =>
      aws.kms.send(
        new PutKeyPolicyCommand({
          KeyId: keyId,
          PolicyName: "default",
          Policy: keyPolicy(["cloudwatch.amazonaws.com"]),
        }),
      ),
    reason: "CloudWatch Alarms does not have authorization to access the SNS topic encryption key.",
  },
  {
    what: "topic policy",
    narrow: () => setTopicPolicy("999999999999"),
    restore: () => setTopicPolicy(ACCOUNT),
    reason: "is not authorized to perform: SNS:Publish on resource",
  },
])("a narrowed $what fails the action, in AWS's words", async ({ narrow, restore, reason }) => {
  await narrow();
  const mark = await quiet();
  const mails = alarmMails().length;
  await setOff();
  expect(since(mark, "topic")[0]).toMatchObject({
    published: false,
    reason: expect.stringContaining(reason) as string,
  });
  expect(since(mark, "subscriber")).toEqual([]);
  expect(alarmMails()).toHaveLength(mails);
  const { AlarmHistoryItems = [] } = await aws.cloudWatch.send(
    new DescribeAlarmHistoryCommand({ AlarmName: ALARM, HistoryItemType: "Action" }),
  );
  expect(AlarmHistoryItems[0]?.HistorySummary).toMatch(/^Failed to execute action arn:aws:sns:/);
  await restore();
});

test("disabled actions do not run, the state changes all the same", async () => {
  await aws.cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: [ALARM] }));
  const mark = await quiet();
  await setOff();
  expect(since(mark, "alarm").length).toBeGreaterThan(0);
  expect(since(mark, "topic")).toEqual([]);
  await aws.cloudWatch.send(new EnableAlarmActionsCommand({ AlarmNames: [ALARM] }));
  expect((await alarmState())?.ActionsEnabled).toBe(true);
});

test("a trail that is stopped records the call that stops it, and none after", async () => {
  await aws.cloudTrail.send(new StopLoggingCommand({ Name: "example" }));
  await readSecret(1);
  const { names } = await archived();
  expect(names).toContain("StopLogging");
  // One read while the rule was disabled; the last is not among them.
  expect(names.filter((each) => each === "GetSecretValue")).toHaveLength(2 * THRESHOLD);
});

describe("a message published by a user, to a topic with subscribers over http", () => {
  let server: Server;
  const posted: string[] = [];
  let own: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      posted.push(String(request.headers["x-amz-sns-message-type"]));
      response.end();
    }).listen(0, "127.0.0.1");
    await new Promise((listening) => server.once("listening", listening));
    own = (await aws.sns.send(new CreateTopicCommand({ Name: "by-hand" }))).TopicArn ?? "";
    const { port } = server.address() as AddressInfo;
    for (const Endpoint of [`http://127.0.0.1:${port}/hook`, `http://0.0.0.0:${port}/hook`, "http://192.0.2.1/hook"]) {
      await aws.sns.send(new SubscribeCommand({ TopicArn: own, Protocol: "http", Endpoint }));
    }
  });
  afterAll(() => new Promise((closed) => server.close(closed)));

  test("reaches this machine, once, and the hops name why no other", async () => {
    hops.length = 0;
    const { MessageId } = await aws.sns.send(new PublishCommand({ TopicArn: own, Message: "by hand" }));
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(posted).toEqual(["Notification"]);
    const deliveries = hops.filter(({ hop }) => hop === "subscriber");
    expect(deliveries).toMatchObject([{ delivered: true }, { delivered: false }, { delivered: false }]);
    expect(deliveries[2]).toMatchObject({
      reason: expect.stringContaining("192.0.2.1: start it with --deliver-outside") as string,
    });
  });

  test("moto itself, called without the proxy, posts nothing", async () => {
    const body = new URLSearchParams({ Action: "Publish", Version: "2010-03-31", TopicArn: own, Message: "past it" });
    const { status } = await moto.send({
      method: "POST",
      url: "/",
      headers: {
        host: "127.0.0.1",
        authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/${REGION}/sns/aws4_request, SignedHeaders=host, Signature=0`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: Buffer.from(body.toString()),
    });
    expect(status).toBe(500);
    expect(posted).toHaveLength(1);
  });
});

test("no internal error occurred", () => {
  expect(errors).toEqual([]);
});

test("values of hundreds of metrics at once all arrive", async () => {
  const publisher = new MetricPublisher(
    new AccountClients({ socketPath: moto.socketPath, credentials: MANAGEMENT_CREDENTIALS }),
  );
  const names = Array.from({ length: 300 }, (_, number) => `one-metric-of-many-${number}`);
  const place = { account: ACCOUNT, region: REGION, namespace: "Many" };
  const timestamp = Date.now();
  await Promise.all(names.map((metricName) => publisher.publish({ ...place, metricName }, { value: 1, timestamp })));

  const { Metrics } = await aws.cloudWatch.send(new ListMetricsCommand({ Namespace: "Many" }));
  expect(Metrics?.map(({ MetricName }) => MetricName).sort()).toEqual(names.sort());
});

test("lists the deployed resources, and reads them again after a change", async () => {
  const kinds = async () =>
    (await signalPath.deployed())
      .flatMap(resourcesOf)
      .map(({ kind, name }) => `${kind} ${name}`)
      .sort();
  expect(await kinds()).toEqual(expect.arrayContaining([`alarm ${ALARM}`, `topic ${topicArn.split(":").at(-1)}`]));
  expect(await kinds()).not.toContain("topic another");
  const clients = clientsOf(door.endpoint);
  await clients.sns.send(new CreateTopicCommand({ Name: "another" }));
  await signalPath.settled();
  expect(await kinds()).toContain("topic another");
  clients.destroy();
});
