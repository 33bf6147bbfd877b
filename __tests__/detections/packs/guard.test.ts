import { conditionsFor, type TunedDetection, type WatchedAccount } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { apiCall, assumedRole, awsService, deniedCall } from "../../../detections/example-record";
import { guard } from "../../../detections/packs/guard";
import { HEARTBEAT } from "../../../lib/naming/resource-names";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";

const detections = guard.detections.filter((detection): detection is TunedDetection => "condition" in detection);
const evaluators = new Map(detections.map((detection) => [detection, predicatesOf(detection, EXAMPLE_ACCOUNT)]));
const HUB = "alert-hub-changed";
const DEPLOYMENT = assumedRole("OrganizationAccountAccessRole", "trailwatch");

/** An account that knows no deployment role and owns neither archive nor state. */
const BARE_ACCOUNT: WatchedAccount = {
  name: "bare",
  id: EXAMPLE_ACCOUNT.id,
  homeRegion: EXAMPLE_ACCOUNT.homeRegion,
  watchedSecrets: [],
  archiveBuckets: [],
};

test("every detection of the pack is tuned", () => {
  expect(detections).toHaveLength(guard.detections.length);
});

describe("Trailwatch's own deployment", () => {
  // What it hardly ever does, and what only the management account can still see.
  const notExcepted = ["trail-stopped", "organization-left", "delegated-administrator-changed", "member-silenced"];
  const excepted = detections.filter(
    ({ id }) => ![...notExcepted, HUB, "tampering-refused", "own-deployment", "heartbeat"].includes(id),
  );

  test.each(excepted)("is passed over by $id, with notice", ({ id, examples }) => {
    const notice = id === "state-read-by-stranger" ? [] : ["own-deployment"];
    const records = examples.matches.map((record) => ({ ...record, userIdentity: DEPLOYMENT }));
    expect(records.map((record) => tellersOf(record))).toEqual(records.map(() => notice));
  });

  test.each(notExcepted)("is told of by %s", (id) => {
    const [record = {}] = detections.find((detection) => detection.id === id)?.examples.matches ?? [];
    expect(tellersOf({ ...record, userIdentity: DEPLOYMENT })).toContain(id);
  });

  const deletion = { requestParameters: { alarmNames: ["trailwatch-workloads-production-heartbeat"] } };
  test.each<[string, object, Partial<WatchedAccount>, string[]]>([
    ["the role in its session", DEPLOYMENT, {}, ["own-deployment"]],
    [
      "a role with a path, which sessions leave out",
      DEPLOYMENT,
      { deploymentRole: "ops/OrganizationAccountAccessRole" },
      ["own-deployment"],
    ],
    ["the role taken by a person", assumedRole("OrganizationAccountAccessRole", "alice"), {}, ["alarm-changed"]],
    ["another role in a session of that name", assumedRole("Developer", "trailwatch"), {}, ["alarm-changed"]],
    ["the role of another account", ofAccount("444455556666", DEPLOYMENT), {}, ["alarm-changed"]],
  ])("is %s", (_what, userIdentity, account, ids) => {
    expect(tellersOf(apiCall("monitoring", "DeleteAlarms", { ...deletion, userIdentity }), account)).toEqual(ids);
  });

  test("is unknown where no role is: then every change pages", () => {
    const record = apiCall("monitoring", "DeleteAlarms", { ...deletion, userIdentity: DEPLOYMENT });
    expect(tellersIn(BARE_ACCOUNT, record)).toEqual(["alarm-changed"]);
  });
});

describe("detections that match", () => {
  const OUR_GROUP = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/trailwatch";
  test.each<[string, CloudTrailRecord, string[]]>([
    [
      "a key taken from a log group named by its ARN",
      logs("DisassociateKmsKey", { resourceIdentifier: OUR_GROUP }),
      ["log-group-changed"],
    ],
    [
      "a log group named both ways, once",
      logs("DisassociateKmsKey", { resourceIdentifier: OUR_GROUP, logGroupName: "/trailwatch/a/b" }),
      ["log-group-changed"],
    ],
    ["another project's log group, deleted", logs("DeleteLogGroup", { logGroupName: "/aws/lambda/checkout" }), []],
    [
      "one of several alarms muted",
      monitoring("DisableAlarmActions", { alarmNames: ["cpu", "trailwatch-a-b"] }),
      ["alarm-changed"],
    ],
    [
      "an alarm muted for a while",
      monitoring("PutAlarmMuteRule", { name: "quiet", muteTargets: { alarmNames: ["trailwatch-a-b"] } }),
      ["alarm-changed"],
    ],
    ["an autoscaling alarm deleted", monitoring("DeleteAlarms", { alarmNames: ["TargetTracking-web"] }), []],
    [
      "a subscriber taken from a topic of another region",
      sns("Unsubscribe", { subscriptionArn: "arn:aws:sns:us-east-1:111122223333:trailwatch-alerts:1" }),
      [],
    ],
    [
      "a topic that masks its messages",
      sns("PutDataProtectionPolicy", { resourceArn: "arn:aws:sns:eu-west-1:111122223333:trailwatch-notices" }),
      ["topic-changed"],
    ],
    [
      "the archive's lock",
      s3("PutBucketObjectLockConfiguration", { bucketName: EXAMPLE_ACCOUNT.archiveBuckets[0] }),
      ["archive-changed"],
    ],
    [
      "a bucket whose name begins as the archive's",
      s3("DeleteBucket", { bucketName: "example-org-trailwatch-archive-2" }),
      [],
    ],
    [
      "an object of the state bucket, without a bucket key",
      decrypt("arn:aws:s3:::example-org-trailwatch-state/trailwatch/a/terraform.tfstate"),
      ["state-read-by-stranger"],
    ],
    [
      "an alias of ours moved",
      apiCall("kms", "UpdateAlias", { requestParameters: { aliasName: "alias/trailwatch-state" } }),
      ["key-policy-changed"],
    ],
    ["a refused attempt whose target is withheld", deniedCall("events", "DeleteRule"), ["tampering-refused"]],
    [
      "a refused attempt on an alarm of ours",
      deniedCall("monitoring", "DeleteAlarms", { requestParameters: { alarmNames: ["trailwatch-a-b"] } }),
      ["alarm-changed", "tampering-refused"],
    ],
    ["a refused attempt on a trail", deniedCall("cloudtrail", "DeleteTrail"), ["trail-stopped"]],
    ["a heartbeat", heartbeat(), ["heartbeat"]],
    ["the heartbeat's role set on something else", { ...heartbeat(), eventName: "DeleteParameter" }, []],
  ])("%s", (_what, record, ids) => {
    expect(tellersOf(record)).toEqual(ids);
  });

  test.each<[string, Partial<WatchedAccount>, string[]]>([
    ["without role, archive or state", {}, ["archive-changed", "state-read-by-stranger", "own-deployment"]],
    ["with a role", { deploymentRole: "deploy" }, ["archive-changed", "state-read-by-stranger"]],
    ["with state", { stateBucket: "state" }, ["state-read-by-stranger", "own-deployment"]],
    ["with both", { deploymentRole: "deploy", stateBucket: "state" }, []],
  ])("nothing to watch in an account %s", (_what, changes, ids) => {
    const account = { ...BARE_ACCOUNT, ...changes };
    expect(detections.filter((each) => conditionsFor(each, account).length === 0).map(({ id }) => id)).toEqual(ids);
  });
});

test("the heartbeat differs from every other call, in every account", () => {
  const [detection] = detections.filter(({ id }) => id === "heartbeat");
  expect(detection).toMatchObject({ alarmWhen: "missed", threshold: 1, periodSeconds: 3600, evaluationPeriods: 2 });
  const member = { ...heartbeat(), recipientAccountId: "444455556666" };
  expect(tellersOf(member)).toEqual([]);
  expect(tellersOf(member, { id: "444455556666" })).toEqual(["heartbeat"]);
});

function timesMet(detection: TunedDetection, record: CloudTrailRecord, account?: WatchedAccount): number {
  const predicates = account === undefined ? evaluators.get(detection) : predicatesOf(detection, account);
  return (predicates ?? []).filter((holds) => holds(record)).length;
}

function predicatesOf(detection: TunedDetection, account: WatchedAccount): ((record: CloudTrailRecord) => boolean)[] {
  return conditionsFor(detection, account).map(predicate);
}

/** Ids of the detections that match the record, in the example account with some changes. */
function tellersOf(record: CloudTrailRecord, changes: Partial<WatchedAccount> = {}): string[] {
  return tellersIn({ ...EXAMPLE_ACCOUNT, ...changes }, record);
}

function tellersIn(account: WatchedAccount, record: CloudTrailRecord): string[] {
  const met = detections.map((detection) => ({ id: detection.id, times: timesMet(detection, record, account) }));
  expect(met.filter(({ times }) => times > 1)).toEqual([]);
  return met.filter(({ times }) => times === 1).map(({ id }) => id);
}

function logs(operation: string, requestParameters: object): CloudTrailRecord {
  return apiCall("logs", operation, { requestParameters });
}

function monitoring(operation: string, requestParameters: object): CloudTrailRecord {
  return apiCall("monitoring", operation, { requestParameters });
}

function sns(operation: string, requestParameters: object): CloudTrailRecord {
  return apiCall("sns", operation, { requestParameters });
}

function s3(operation: string, requestParameters: object): CloudTrailRecord {
  return apiCall("s3", operation, { requestParameters });
}

function decrypt(arn: string): CloudTrailRecord {
  return apiCall("kms", "Decrypt", { requestParameters: { encryptionContext: { "aws:s3:arn": arn } } });
}

function heartbeat(): CloudTrailRecord {
  return apiCall("ssm", "PutParameter", {
    userIdentity: { ...assumedRole(HEARTBEAT.name), ...awsService("scheduler"), type: "AssumedRole" },
    requestParameters: { name: HEARTBEAT.parameter, overwrite: true },
  });
}

function ofAccount(id: string, identity: object): object {
  return JSON.parse(JSON.stringify(identity).replaceAll("111122223333", id)) as object;
}

describe("the alert hub", () => {
  const machine = "arn:aws:states:eu-west-1:111122223333:stateMachine:trailwatch-alert-hub";
  const queue = "https://sqs.eu-west-1.amazonaws.com/111122223333/trailwatch-alert-forwarding-undelivered";
  const bus = { eventBusName: "trailwatch-alerts" };
  const update = apiCall("states", "UpdateStateMachine", { requestParameters: { stateMachineArn: machine } });
  const admit = apiCall("events", "PutPermission", { requestParameters: bus });
  const empty = apiCall("sqs", "PurgeQueue", { requestParameters: { queueUrl: queue } });

  test("is watched in its own account, the queues in each", () => {
    expect([update, admit, empty].map((record) => tellersOf(record))).toEqual([update, admit, empty].map(() => [HUB]));
    const member = { hasAlertHub: false };
    expect([update, admit, empty].map((record) => tellersOf(record, member))).toEqual([[], [], [HUB]]);
  });

  test.each([
    ["emptying a queue", empty],
    ["starting an execution", apiCall("states", "StartExecution", { requestParameters: { stateMachineArn: machine } })],
    [
      "stopping an execution",
      apiCall("states", "StopExecution", {
        requestParameters: { executionArn: `${machine.replace("stateMachine", "execution")}:one` },
      }),
    ],
    ["removing the chat's authorization", apiCall("chatbot", "DeleteSlackWorkspaceAuthorization")],
  ])("no deployment does it: %s", (_what, record) => {
    expect(tellersOf({ ...record, userIdentity: DEPLOYMENT })).toContain(HUB);
  });

  test.each([update, admit])("a deployment may change it, with notice", (record) => {
    expect(tellersOf({ ...record, userIdentity: DEPLOYMENT })).toEqual(["own-deployment"]);
  });

  test("queues of other accounts, and by older endpoints", () => {
    const of = (queueUrl: string) => tellersOf(apiCall("sqs", "DeleteQueue", { requestParameters: { queueUrl } }));
    expect(of(queue.replace("sqs.eu-west-1", "eu-west-1.queue"))).toEqual([HUB]);
    expect(of(queue.replace("111122223333", "444455556666"))).toEqual([]);
  });
});
