import { PLAIN } from "../../../lib/naming/own-names";
import { conditionsFor, type TunedDetection, type WatchedAccount } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { apiCall, assumedRole, awsService, deniedCall } from "../../../detections/example-record";
import { guard } from "../../../detections/packs/guard";
import { DEPLOYMENT_CALLS } from "../../../detections/packs/guard/deployment-calls";
import type { Condition } from "../../../detections/condition";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";

/** An account that sees its own events only. */
const WATCHED: WatchedAccount = withoutKey(EXAMPLE_ACCOUNT, "deploymentRoles");

type Predicates = readonly ((record: CloudTrailRecord) => boolean)[];

/** Those of each account that a test makes up, by its content: it has several records, and the account is made for each. */
const compiled = new Map<string, Map<TunedDetection, Predicates>>();

const tuned = guard.detections.filter((detection): detection is TunedDetection => "condition" in detection);
/** Those of all accounts count beside the account's own: member.test.ts has their cases. */
const detections = tuned.filter(({ id }) => !id.startsWith("member-"));
const evaluators = new Map(detections.map((detection) => [detection, predicatesOf(detection, WATCHED)]));
const HUB = "alert-hub-changed";
const DEPLOYMENT = assumedRole("OrganizationAccountAccessRole", "trailwatch");

/** An account that knows no deployment role and owns neither archive nor state. */
const BARE_ACCOUNT: WatchedAccount = {
  name: "bare",
  id: WATCHED.id,
  homeRegion: WATCHED.homeRegion,
  organizationId: WATCHED.organizationId,
  managementAccount: WATCHED.managementAccount,
  watchedSecrets: [],
  archiveBuckets: [],
};

test("every detection of the pack is tuned", () => {
  expect(tuned).toHaveLength(guard.detections.length);
});

test.each(["watcher-role-changed", "member-roles-changed"])("%s reports a deployment role of another name", (id) => {
  const detection = tuned.find((one) => one.id === id);
  if (detection === undefined) throw new Error(`there is no detection '${id}'`);
  const isDetected = (account: WatchedAccount, roleName: string) =>
    predicatesOf(detection, account).some((matches) =>
      matches(apiCall("iam", "DeleteRole", { requestParameters: { roleName } })),
    );
  const account = { ...EXAMPLE_ACCOUNT, chosenRoles: ["ci-deploy"] };
  expect([isDetected(account, "ci-deploy"), isDetected(account, "ci-deploy-2")]).toEqual([true, false]);
  expect(isDetected(EXAMPLE_ACCOUNT, "ci-deploy")).toBe(false);
});

describe("Trailwatch's own deployment", () => {
  // What the management account alone sees, or what the deployment is not asked about.
  const others = ["member-silenced", "tampering-refused", "own-deployment", "heartbeat"];
  const detected = detections.filter(({ id }) => !others.includes(id) && id !== "state-read-by-stranger");
  const isDeployed = (record: CloudTrailRecord) => {
    const service = String(record["eventSource"]).replace(".amazonaws.com", "");
    return DEPLOYMENT_CALLS[service]?.includes(String(record["eventName"])) === true;
  };

  test.each(detected)("makes no call of $id unseen, and pages by those only that no deployment makes", (detection) => {
    // What no deployment changes: the default event bus, an ignored role, and policies that CloudTrail left out.
    const isNeverOurs = ["PutPermission", "UpdateEventBus", "CreateRole", "CreateUser"];
    for (const record of detection.examples.matches) {
      if (isNeverOurs.includes(String(record["eventName"])) || detection.id === "iam-parameters-omitted") continue;
      const ids = tellersOf({ ...record, userIdentity: DEPLOYMENT });
      const isOmitted = JSON.stringify(record["requestParameters"] ?? null).includes('"omitted":true');
      const expected = [...(isDeployed(record) ? [] : [detection.id]), "own-deployment"];
      expect([record["eventName"], ids]).toEqual([
        record["eventName"],
        isOmitted ? ["iam-parameters-omitted", ...expected] : expected,
      ]);
    }
  });

  test("reads its state", () => {
    const record = decrypt("arn:aws:s3:::example-org-trailwatch-state");
    expect(tellersOf({ ...record, userIdentity: DEPLOYMENT })).toEqual([]);
    const elsewhere = ofAccount("444455556666", DEPLOYMENT);
    expect(tellersOf({ ...record, userIdentity: elsewhere })).toEqual(["state-read-by-stranger"]);
  });

  test("has no business with the default event bus", () => {
    const requestParameters = { name: "default" };
    const record = apiCall("events", "UpdateEventBus", { userIdentity: DEPLOYMENT, requestParameters });
    expect(tellersOf(record)).toContain("event-rule-changed");
  });

  const group = { logGroupName: "/aws/events/trailwatch" };
  const alarms = { alarmNames: ["trailwatch-a-b"] };
  const topic = "arn:aws:sns:eu-west-1:111122223333:trailwatch-alerts";
  test.each<[string, string, object, string]>([
    ["monitoring", "SetAlarmState", { alarmName: "trailwatch-a-b" }, "alarm-changed"],
    ["monitoring", "PutAlarmMuteRule", { name: "m", muteTargets: alarms }, "alarm-changed"],
    ["monitoring", "DisableAlarmActions", alarms, "alarm-changed"],
    ["monitoring", "PutLogAlarm", { alarmName: "trailwatch-a-b" }, "alarm-changed"],
    ["events", "DisableRule", { name: "trailwatch" }, "event-rule-changed"],
    ["events", "EnableRule", { name: "trailwatch" }, "event-rule-changed"],
    ["cloudtrail", "StopLogging", { name: "trailwatch-organization" }, "trail-stopped"],
    ["cloudtrail", "UpdateTrail", { name: "trailwatch-organization", s3BucketName: "x" }, "trail-changed"],
    ["cloudtrail", "PutEventConfiguration", { trailName: "trailwatch-organization" }, "trail-changed"],
    ["logs", "DeleteLogStream", { ...group, logStreamName: "x" }, "log-group-changed"],
    ["logs", "PutSubscriptionFilter", group, "log-group-changed"],
    ["logs", "DisassociateKmsKey", group, "log-group-changed"],
    ["logs", "PutAccountPolicy", { policyType: "TRANSFORMER_POLICY" }, "log-events-withheld"],
    ["logs", "PutAccountPolicy", { policyType: "SUBSCRIPTION_FILTER_POLICY" }, "log-policy-changed"],
    ["logs", "PutTransformer", { logGroupIdentifier: "/aws/events/trailwatch" }, "log-events-withheld"],
    ["sns", "SetSubscriptionAttributes", { subscriptionArn: `${topic}:x` }, "topic-changed"],
    ["sns", "PutDataProtectionPolicy", { resourceArn: topic }, "topic-changed"],
    ["sns", "AddPermission", { topicArn: topic }, "topic-changed"],
    ["kms", "DisableKey", { keyId: "x" }, "key-policy-changed"],
    ["kms", "ScheduleKeyDeletion", { keyId: "x" }, "key-policy-changed"],
    ["iam", "DeleteRolePermissionsBoundary", { roleName: "trailwatch-heartbeat" }, "watcher-role-changed"],
    ["iam", "DeleteServiceLinkedRole", { roleName: "AWSServiceRoleForCloudTrail" }, "watcher-role-changed"],
    ["s3", "PutBucketRequestPayment", { bucketName: "example-org-trailwatch-archive" }, "archive-changed"],
    ["s3", "PutBucketObjectLockConfiguration", { bucketName: "example-org-trailwatch-archive" }, "archive-changed"],
    ["ssm", "DeleteParameters", { names: ["/trailwatch/heartbeat"] }, "heartbeat-changed"],
  ])("pages by %s:%s", (service, operation, requestParameters, id) => {
    expect(tellersOf(apiCall(service, operation, { userIdentity: DEPLOYMENT, requestParameters }))).toEqual([
      id,
      "own-deployment",
    ]);
  });

  test.each<[string, string, object]>([
    ["monitoring", "PutMetricAlarm", { alarmName: "trailwatch-a-b" }],
    ["monitoring", "PutDashboard", { dashboardName: "trailwatch-workloads-production" }],
    ["events", "PutRule", { name: "trailwatch" }],
    ["events", "PutTargets", { rule: "trailwatch" }],
    ["logs", "CreateLogGroup", group],
    ["logs", "PutMetricFilter", group],
    ["logs", "PutRetentionPolicy", group],
    ["logs", "PutResourcePolicy", { policyName: "trailwatch-events" }],
    ["logs", "PutQueryDefinition", { name: "trailwatch/a/b" }],
    ["kms", "TagResource", { tags: [{ tagKey: "trailwatch:stack", tagValue: "x" }] }],
    ["sns", "Subscribe", { topicArn: topic }],
    ["iam", "PutRolePolicy", { roleName: "trailwatch-heartbeat" }],
    ["scheduler", "UpdateSchedule", { name: "trailwatch-heartbeat" }],
    ["ssm", "PutParameter", { name: "/trailwatch/heartbeat" }],
    ["s3", "PutBucketPolicy", { bucketName: "example-org-trailwatch-archive" }],
    ["glue", "UpdateTable", { databaseName: "trailwatch" }],
  ])("deploys by %s:%s with a notice", (service, operation, requestParameters) => {
    const record = apiCall(service, operation, { userIdentity: DEPLOYMENT, requestParameters });
    expect(tellersOf(record)).toEqual(["own-deployment"]);
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

describe("parameters that CloudTrail left out", () => {
  // These match by the principal, or failed calls alone; `member-silenced` is about other accounts.
  const others = ["heartbeat", "own-deployment", "tampering-refused", "member-silenced"];
  // Their parameters are far below 100 KB at the most: 100 alarm names, a resource policy of 5,120 characters.
  const bounded = [
    ...["DeleteAlarms", "DisableAlarmActions", "PutAlarmMuteRule", "PutResourcePolicy", "DeleteResourcePolicy"],
    ...["PutParameter", "DeleteParameter", "DeleteParameters", "UpdateEventBus", "PutPermission", "RemovePermission"],
  ];
  const calls = detections
    .filter(({ id }) => !others.includes(id))
    .flatMap((detection) =>
      conditionsFor(detection, WATCHED)
        .flatMap((condition) => callsIn(condition))
        .map((made) => [detection.id, ...made] as const)
        .filter(([, , operation]) => !bounded.includes(operation)),
    );

  test.each(calls)("may have named ours: %s, %s:%s", (id, service, operation) => {
    for (const omitted of [true, "true"]) {
      const requestParameters = { reason: "requestParameters too large", omitted, originalSize: 102_515 };
      expect(tellersOf(apiCall(service, operation, { requestParameters }))).toContain(id);
    }
  });

  test("are no reason to match another service's call", () => {
    const requestParameters = { reason: "requestParameters too large", omitted: true, originalSize: 102_515 };
    expect(tellersOf(apiCall("glue", "BatchCreatePartition", { requestParameters }))).toEqual([]);
    expect(tellersOf(apiCall("lambda", "UpdateFunctionCode20150331v2", { requestParameters }))).toEqual([]);
  });

  test.each([
    ...["s3 PutBucketPolicy", "kms PutKeyPolicy", "kms CreateKey", "ecr SetRepositoryPolicy"],
    ...["secretsmanager PutResourcePolicy", "sns CreateTopic", "sqs SetQueueAttributes", "organizations UpdatePolicy"],
    ...["ec2 ModifySnapshotAttribute", "ec2 ModifyImageAttribute", "es UpdateDomainConfig", "iam CreateRole"],
    ...["dynamodb PutResourcePolicy", "elasticfilesystem PutFileSystemPolicy"],
  ])("are worth a page for %s, which writes a policy", (call) => {
    const [service = "", operation = ""] = call.split(" ");
    const left = { reason: "requestParameters too large", omitted: true, originalSize: 102_515 };
    expect(tellersOf(apiCall(service, operation, { requestParameters: left }))).toContain("iam-parameters-omitted");
    expect(tellersOf(apiCall(service, operation, { requestParameters: { ...left, omitted: "true" } }))).toContain(
      "iam-parameters-omitted",
    );
    expect(tellersOf(apiCall(service, operation))).not.toContain("iam-parameters-omitted");
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
    [
      "a log group removed from the reach of filters, by a policy of the account",
      logs("PutAccountPolicy", { policyName: "all", policyType: "TRANSFORMER_POLICY", scope: "ALL" }),
      ["log-events-withheld"],
    ],
    [
      "our permission overwritten",
      logs("PutResourcePolicy", { policyName: "trailwatch-events", policyDocument: "{}" }),
      ["log-events-withheld"],
    ],
    [
      "another permission",
      logs("PutResourcePolicy", { policyName: "dns", policyDocument: "{}" }),
      ["log-policy-changed"],
    ],
    [
      "a setting of the archive that S3 does not have yet",
      s3("PutBucketSomethingNew", { bucketName: WATCHED.archiveBuckets[0] }),
      ["archive-changed"],
    ],
    ["a setting of another bucket", s3("PutBucketSomethingNew", { bucketName: "example-website" }), []],
    ["a setting of the archive that is read", s3("GetBucketAbac", { bucketName: WATCHED.archiveBuckets[0] }), []],
    [
      "a role with an ignored name",
      apiCall("iam", "CreateRole", { requestParameters: { roleName: "BackupX" } }),
      ["ignored-role-created"],
    ],
    [
      "a role that IAM Identity Center creates",
      apiCall("iam", "CreateRole", {
        userIdentity: { ...assumedRole("AWSServiceRoleForSSO"), invokedBy: "sso.amazonaws.com" },
        requestParameters: { roleName: "BackupX" },
      }),
      [],
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
      s3("PutBucketObjectLockConfiguration", { bucketName: WATCHED.archiveBuckets[0] }),
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
    ["another object of it", decrypt("arn:aws:s3:::example-org-trailwatch-state/x"), ["state-read-by-stranger"]],
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
    [
      "without role, archive or state",
      {},
      ["archive-changed", "state-read-by-stranger", "webhook-changed", "ignored-role-created", "own-deployment"],
    ],
    [
      "with a role",
      { deploymentRole: "deploy" },
      ["archive-changed", "state-read-by-stranger", "webhook-changed", "ignored-role-created"],
    ],
    [
      "with state",
      { stateBucket: "state" },
      ["state-read-by-stranger", "webhook-changed", "ignored-role-created", "own-deployment"],
    ],
    ["with both", { deploymentRole: "deploy", stateBucket: "state" }, ["webhook-changed", "ignored-role-created"]],
    [
      "with all",
      {
        deploymentRole: "deploy",
        stateBucket: "state",
        hasWebhooks: true,
        ignoredNames: { roles: ["Inventory"], users: [] },
      },
      [],
    ],
  ])("nothing to watch in an account %s", (_what, changes, ids) => {
    const account = { ...BARE_ACCOUNT, ...changes };
    expect(detections.filter((each) => conditionsFor(each, account).length === 0).map(({ id }) => id)).toEqual(ids);
  });
});

test("the heartbeat differs from every other call, in every account", () => {
  const [detection] = detections.filter(({ id }) => id === "heartbeat");
  expect(detection).toMatchObject({ alarmWhen: "missed", threshold: 1, periodSeconds: 3600, evaluationPeriods: 2 });
  const member = { ...ofAccount("444455556666", heartbeat()), recipientAccountId: "444455556666" };
  expect(tellersOf(member)).not.toContain("heartbeat");
  expect(tellersOf(member, { id: "444455556666" })).toEqual(["heartbeat"]);
});

test("in a bucket that holds other states too, readers of Trailwatch's are reported, or of the bucket by its key", () => {
  const read = (name: string) =>
    apiCall("kms", "Decrypt", { requestParameters: { encryptionContext: { "aws:s3:arn": `arn:aws:s3:::${name}` } } });
  const shared = { stateBucket: "company.states", stateFolder: "sec/trailwatch/" };
  const of = (name: string) => tellersOf(read(name), shared).filter((id) => id === "state-read-by-stranger").length;
  expect(["company.states/sec/trailwatch/a/terraform.tfstate", "company.states"].map(of)).toEqual([1, 1]);
  expect(["company.states/sec/other/terraform.tfstate", "company.states-2"].map(of)).toEqual([0, 0]);
});

/** The calls that a condition names, as service and operation. */
function callsIn(condition: Condition, service = ""): [service: string, operation: string][] {
  if (condition.kind === "equals") return condition.field === "eventName" ? [[service, condition.value]] : [];
  if (condition.kind !== "all" && condition.kind !== "any") return [];
  const source = condition.conditions.find((part) => part.kind === "equals" && part.field === "eventSource");
  const inner = source?.kind === "equals" ? source.value.replace(".amazonaws.com", "") : service;
  return condition.conditions.flatMap((part) => callsIn(part, inner)).filter(([known]) => known !== "");
}

function timesMet(detection: TunedDetection, record: CloudTrailRecord, account?: WatchedAccount): number {
  const predicates = account === undefined ? evaluators.get(detection) : predicatesOf(detection, account);
  return (predicates ?? []).filter((holds) => holds(record)).length;
}

function predicatesOf(detection: TunedDetection, account: WatchedAccount): Predicates {
  const content = JSON.stringify(account);
  const known = compiled.get(content) ?? new Map<TunedDetection, Predicates>();
  compiled.set(content, known);
  const predicates = known.get(detection) ?? conditionsFor(detection, account).map(predicate);
  known.set(detection, predicates);
  return predicates;
}

/** Ids of the detections that match the record, in the example account with some changes. */
function tellersOf(record: CloudTrailRecord, changes: Partial<WatchedAccount> = {}): string[] {
  return tellersIn({ ...WATCHED, ...changes }, record);
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
  return apiCall("kms", "Decrypt", { readOnly: true, requestParameters: { encryptionContext: { "aws:s3:arn": arn } } });
}

function heartbeat(): CloudTrailRecord {
  return apiCall("ssm", "PutParameter", {
    userIdentity: { ...assumedRole(PLAIN.heartbeat.name), ...awsService("scheduler"), type: "AssumedRole" },
    requestParameters: { name: PLAIN.heartbeat.parameter, overwrite: true },
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

test("where the organization's events arrive, any change by the deployment sends a notice", () => {
  const management = { deploymentRoles: ["OrganizationAccountAccessRole"] };
  const changes = ["CreateTopic", "DeleteTopic", "Publish"].map((name) =>
    apiCall("sns", name, { userIdentity: DEPLOYMENT }),
  );
  for (const change of changes) expect(tellersOf(change, management)).toContain("own-deployment");
  const read = apiCall("sns", "GetTopicAttributes", { userIdentity: DEPLOYMENT, readOnly: true });
  const byAlice = apiCall("sns", "DeleteTopic", {
    userIdentity: assumedRole("OrganizationAccountAccessRole", "alice"),
  });
  for (const other of [read, byAlice]) expect(tellersOf(other, management)).not.toContain("own-deployment");
});

function withoutKey<T extends object>(object: T, key: keyof T): T {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key)) as T;
}
