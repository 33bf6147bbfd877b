import { allDetections } from "../../../../detections/catalogue";
import { isRecord } from "../../../../lib/support/is-record";
import { RESOURCE_FUNCTIONS } from "../../../../modules/alert-hub/details/resources";
import { evaluateExpressions } from "../../../../sandbox/signal-path/alert-hub/state-machine";
import { INPUT, logged, read } from "./reading";

const ID = "333333333333";
const sts = (path: string) => `arn:aws:sts::${ID}:${path}`;

const RECORD = { eventSource: "iam.amazonaws.com", eventName: "X", eventTime: "2026-11-22T17:00:00Z" };

/** What the machine makes of records. */
async function events(...records: readonly unknown[]) {
  const { found, execution, problem } = await read({ pages: () => ({ Events: logged(...records) }) });
  expect([execution.reason, problem]).toEqual(["Found", undefined]);
  return found.events;
}

async function eventOf(fields: object) {
  const [event] = await events({ ...RECORD, ...fields });
  return event;
}

describe("principals, as people name them", () => {
  const issuer = (userName: string) => ({ sessionContext: { sessionIssuer: { userName } } });
  test.each([
    ["root", { type: "Root", arn: `arn:aws:iam::${ID}:root` }, "root"],
    ["a user", { type: "IAMUser", userName: "bob", arn: `arn:aws:iam::${ID}:user/bob` }, "bob"],
    ["a user without a name", { type: "IAMUser", arn: `arn:aws:iam::${ID}:user/team/bob` }, "bob"],
    [
      "a wrong name at sign-in",
      { type: "IAMUser", userName: "HIDDEN_DUE_TO_SECURITY_REASONS" },
      "a user that does not exist",
    ],
    ["a role", { type: "AssumedRole", arn: sts("assumed-role/Developer/alice") }, "alice (assumed-role/Developer)"],
    [
      "a role with an e-mail address",
      { type: "AssumedRole", arn: sts("assumed-role/Developer/alice@example.com") },
      "alice@example.com (assumed-role/Developer)",
    ],
    [
      "a permission set",
      { type: "AssumedRole", arn: sts("assumed-role/AWSReservedSSO_Power_User_0123456789abcdef/alice") },
      "alice (permission set Power_User)",
    ],
    [
      "a role without an ARN",
      { type: "AssumedRole", principalId: "AROAEXAMPLE:alice", ...issuer("Developer") },
      "alice (assumed-role/Developer)",
    ],
    ["a role, chained", { type: "Role", arn: sts("assumed-role/Deploy/ci") }, "ci (assumed-role/Deploy)"],
    [
      "a federated user",
      { type: "FederatedUser", arn: sts("federated-user/carol"), ...issuer("alice") },
      "carol (federated by alice)",
    ],
    [
      "a web identity",
      { type: "WebIdentityUser", userName: "repo:acme/x", identityProvider: "token.actions.githubusercontent.com" },
      "repo:acme/x (token.actions.githubusercontent.com)",
    ],
    [
      "a web identity, as CloudTrail names the provider of an account",
      {
        type: "WebIdentityUser",
        userName: "repo:acme/x",
        identityProvider: `arn:aws:iam::${ID}:oidc-provider/token.actions.githubusercontent.com`,
      },
      "repo:acme/x (token.actions.githubusercontent.com)",
    ],
    ["SAML", { type: "SAMLUser", userName: "dan", identityProvider: "okta" }, "dan (okta)"],
    ["a directory", { type: "Directory", userName: "erin" }, "erin (directory)"],
    [
      "Identity Center",
      { type: "IdentityCenterUser", onBehalfOf: { userId: "user-1" } },
      "user-1 (IAM Identity Center)",
    ],
    ["a service", { type: "AWSService", invokedBy: "config.amazonaws.com" }, "config.amazonaws.com"],
    [
      "an account without a name",
      { type: "AWSAccount", accountId: "999999999999", principalId: "AIDAEXAMPLE" },
      "account 999999999999",
    ],
    [
      "a session of another account",
      { type: "AWSAccount", accountId: "999999999999", principalId: "AROAEXAMPLE:mallory" },
      "mallory (account 999999999999)",
    ],
    ["anonymous", { type: "AWSAccount", accountId: "anonymous", principalId: "" }, "anonymous"],
    ["anonymous at S3", { type: "AWSAccount", accountId: "ANONYMOUS_PRINCIPAL" }, "anonymous"],
    [
      "a federated user of root",
      {
        type: "FederatedUser",
        arn: sts("federated-user/carol"),
        sessionContext: { sessionIssuer: { type: "Root" } },
      },
      "carol (federated by root)",
    ],
    [
      "a federated user without an issuer",
      { type: "FederatedUser", arn: sts("federated-user/carol") },
      "carol (federated user)",
    ],
    ["SAML without a provider", { type: "SAMLUser", userName: "dan" }, "dan"],
    ["SAML without a name", { type: "SAMLUser", identityProvider: "okta", principalId: "okta:dan" }, "okta:dan"],
    ["a hidden name", { type: "IAMUser", userName: "***", arn: `arn:aws:iam::${ID}:user/bob` }, "bob"],
    [
      "a role without a session",
      { type: "AssumedRole", principalId: "AROAEXAMPLE", ...issuer("Developer") },
      "assumed-role/Developer",
    ],
    ["a type of tomorrow", { type: "New", arn: `arn:aws:iam::${ID}:thing/x` }, "thing/x"],
    ["no type", { invokedBy: "AWS Internal" }, "AWS Internal"],
    ["only an id", { principalId: "AIDAEXAMPLE" }, "AIDAEXAMPLE"],
    ["nothing", {}, ""],
    ["no identity", undefined, ""],
    ["null", null, ""],
  ])("%s", async (_what, userIdentity, principal) => {
    expect((await eventOf({ userIdentity }))?.principal).toBe(principal);
  });
});

describe("the account of a caller from another account", () => {
  test.each([
    ["a role", { type: "AssumedRole", arn: sts("assumed-role/X/alice") }, "alice (assumed-role/X of 333333333333)"],
    ["a user", { type: "IAMUser", userName: "bob" }, "bob (account 333333333333)"],
    ["root", { type: "Root" }, "root (account 333333333333)"],
    ["an id", { type: "AWSAccount", principalId: "AIDAEXAMPLE" }, "account 333333333333"],
    ["nothing", {}, ""],
  ])("%s", async (_what, user, principal) => {
    const userIdentity = { ...user, accountId: ID };
    expect((await eventOf({ userIdentity, recipientAccountId: "444444444444" }))?.principal).toBe(principal);
  });

  test("the longest role still ends with it", async () => {
    const userIdentity = { type: "AssumedRole", arn: sts(`assumed-role/${"r".repeat(300)}/alice`), accountId: ID };
    const event = await eventOf({ userIdentity, recipientAccountId: "444444444444" });
    expect(event?.principal).toMatch(/^alice \(assumed-role\/r+ of 333333333333\)$/);
  });
});

describe("resources, as people recognize them", () => {
  const secret = `arn:aws:secretsmanager:eu-west-1:${ID}:secret:app/Orders-AbCdEf`;
  test.each([
    ["a secret", { secretId: "Orders" }, "Orders"],
    ["a secret by its ARN", { secretId: secret }, "app/Orders"],
    ["a bucket", { bucketName: "b", Host: "b.s3.amazonaws.com" }, "b"],
    ["an object", { bucketName: "b", key: "a/b.txt" }, "b/a/b.txt"],
    ["a trail", { name: `arn:aws:cloudtrail:eu-west-1:${ID}:trail/audit` }, "audit"],
    ["a role before its policy", { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess", roleName: "Dev" }, "Dev"],
    ["a policy", { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }, "AdministratorAccess"],
    ["a role to assume", { roleSessionName: "x", roleArn: `arn:aws:iam::${ID}:role/team/Deploy` }, "team/Deploy"],
    ["a key", { keyId: `arn:aws:kms:eu-west-1:${ID}:key/1234` }, "1234"],
    ["a log group", { resourceArn: `arn:aws:logs:eu-west-1:${ID}:log-group:/a/b:*` }, "/a/b"],
    ["a topic", { topicArn: `arn:aws:sns:eu-west-1:${ID}:alerts` }, "alerts"],
    ["alarms", { alarmNames: ["a", "b", "c", "d"] }, "a, b, c and 1 more"],
    ["instances", { instancesSet: { items: [{ instanceId: "i-1" }, { instanceId: "i-2" }] } }, "i-1"],
    [
      "a wrapped request of EC2",
      { ModifyInstanceMetadataOptionsRequest: { InstanceId: "i-1", HttpTokens: "x" } },
      "i-1",
    ],
    ["a parameter of tomorrow", { force: true, widgetIdentifier: "w-1" }, "w-1"],
    ["a queue", { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${ID}/orders` }, "orders"],
    ["a rule before its bus", { rule: "r", eventBusName: "default" }, "r"],
    ["a schedule before its group", { groupName: "default", name: "daily" }, "daily"],
    ["a cluster before the policy", { name: "shop", policyArn: "arn:aws:eks::aws:cluster-access-policy/A" }, "shop"],
    ["a route table before its gateway", { gatewayId: "igw-1", routeTableId: "rtb-1" }, "rtb-1"],
    ["a flow log", { DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: "fl-1" } } }, "fl-1"],
    ["a session's instance", { target: "i-1" }, "i-1"],
    ["what is encrypted", { encryptionContext: { "aws:s3:arn": "arn:aws:s3:::state" } }, "state"],
    ["a statement", { statementId: "x", principal: "*" }, ""],
    ["a hidden name", { accountName: "***", userName: "HIDDEN_DUE_TO_SECURITY_REASONS" }, ""],
    ["only numbers and lists of lists", { name: 7, alarmNames: [[1]], ids: [null] }, ""],
    ["none", null, ""],
    ["a text", "x", ""],
    ["a list", [{ secretId: "x" }], ""],
  ])("%s", async (_what, requestParameters, resource) => {
    expect((await eventOf({ requestParameters }))?.resource).toBe(resource);
  });

  test("without one in the request, that of the record", async () => {
    expect((await eventOf({ requestParameters: null, resources: [{ ARN: secret, accountId: ID }] }))?.resource).toBe(
      "app/Orders",
    );
  });

  test.each<[string, object, string]>([
    [
      "of an access key of one's own",
      { responseElements: { accessKey: { userName: "bob", accessKeyId: "AKIA" } } },
      "bob",
    ],
    ["of a new key", { responseElements: { keyMetadata: { keyId: "1234", aWSAccountId: ID } } }, "1234"],
    ["of a session: none", { responseElements: { credentials: { accessKeyId: "ASIA" } } }, ""],
    ["of a rotation", { additionalEventData: { SecretId: secret } }, "app/Orders"],
    [
      "of a refused call",
      { errorMessage: `User: x is not authorized to perform: y on resource: ${secret} because` },
      "app/Orders",
    ],
    [
      "of one that may be any",
      { errorMessage: "not authorized to perform: y on resource: * with an explicit deny" },
      "",
    ],
    ["of new instances", { eventName: "RunInstances", requestParameters: { instanceType: "p5", subnetId: "s" } }, "p5"],
  ])("without one in the request, that %s", async (_what, fields, resource) => {
    expect((await eventOf({ requestParameters: null, ...fields }))?.resource).toBe(resource);
  });

  test("the examples of most detections name one", async () => {
    const examples = allDetections().flatMap(({ detection }) => {
      const [record] = detection.examples.matches as readonly { readonly requestParameters?: unknown }[];
      return isRecord(record?.requestParameters) ? [{ id: detection.id, record }] : [];
    });
    const named = await evaluateExpressions(
      `{% (${RESOURCE_FUNCTIONS.join("; ")}; [$states.input.record.$resourceOf($)]) %}`,
      examples,
    );
    const nameless = examples.flatMap(({ id, record }, index) =>
      (named as readonly string[])[index] === "" ? [`${id}: ${JSON.stringify(record.requestParameters)}`] : [],
    );
    expect(nameless).toMatchInlineSnapshot(`
      [
        "image-or-snapshot-shared: {"createVolumePermission":{"add":{"items":[{"userId":"444455556666"}]}}}",
        "organization-extended: {"accountName":"***","email":"***"}",
        "iam-parameters-omitted: {"reason":"requestParameters too large","omitted":true,"originalSize":102515}",
        "cis-4-11-network-acl-changes: {"cidrBlock":"0.0.0.0/0","ruleAction":"allow"}",
      ]
    `);
  });
});

test.each([
  ["an error", { errorCode: "AccessDenied" }, "AccessDenied"],
  ["success", { errorCode: null }, "ok"],
  ["a sign-in that failed", { responseElements: { ConsoleLogin: "Failure" } }, "Failure"],
  ["a sign-in", { responseElements: { ConsoleLogin: "Success" } }, "ok"],
])("the result: %s", async (_what, fields, result) => {
  expect((await eventOf(fields))?.result).toBe(result);
});

test.each([
  ["a password", { type: "IAMUser" }, "No", "no"],
  ["MFA", { type: "Root" }, "Yes", "yes"],
  ["a provider, whose MFA AWS does not know", { type: "AssumedRole" }, "No", ""],
  ["something else", { type: "Root" }, 7, ""],
])("a sign-in with %s", async (_what, userIdentity, MFAUsed, mfa) => {
  const record = { eventName: "ConsoleLogin", userIdentity, additionalEventData: { MFAUsed } };
  expect((await eventOf(record))?.mfa).toBe(mfa);
});

test("records of a trail and of the event-bus feed are read alike", async () => {
  const record = { ...RECORD, userIdentity: { type: "Root" }, requestParameters: { roleName: "Dev" } };
  const envelope = {
    version: "0",
    "detail-type": "AWS API Call via CloudTrail",
    source: "aws.iam",
    account: ID,
    detail: record,
  };
  const [event] = await events(record, envelope);
  expect(event).toMatchObject({ count: 2, principal: "root", call: "X", resource: "Dev" });
});

test("texts of a record are truncated, and are never more than text", async () => {
  const long = '\u0000é"\\\n😀{% $states %}'.repeat(200);
  const hostile = {
    eventSource: "x.amazonaws.com",
    eventName: long,
    eventTime: long,
    awsRegion: { a: [long] },
    sourceIPAddress: long,
    recipientAccountId: 7,
    errorCode: long,
    userIdentity: {
      type: "AssumedRole",
      arn: sts(`assumed-role/${long}/${long}`),
      userName: long,
      principalId: [long],
    },
    requestParameters: { secretId: long, __proto__x: long, constructor: long },
    resources: [[[{ ARN: long }]]],
  };
  const [event] = await events(hostile);
  expect(JSON.stringify(event).length).toBeLessThan(8000);
  for (const value of Object.values(event ?? {})) expect(["string", "number"]).toContain(typeof value);
  expect(event?.time).toBe("2026-11-22T16:59:00.000Z");
  expect(event?.region).toBe("");
});

test.each([
  [
    "a list for each field",
    { eventName: [], userIdentity: [{ type: ["Root"] }], requestParameters: [[]], eventTime: [] },
  ],
  ["functions' names", { userIdentity: { type: "constructor" }, requestParameters: { name: "__proto__" } }],
  ["deep objects", { requestParameters: { a: { b: { c: { secretId: "x" } } } }, responseElements: [null] }],
  ["texts for objects", { userIdentity: "root", responseElements: "Failure", resources: "arn:aws:iam" }],
  ["lists of any depth", { requestParameters: JSON.parse("[".repeat(3000) + "]".repeat(3000)) as unknown }],
  [
    "lists of any depth in items",
    { requestParameters: { a: { items: JSON.parse("[".repeat(3000) + "]".repeat(3000)) as unknown } } },
  ],
  ["null in lists", { requestParameters: [null], responseElements: [{ a: 1 }], resources: [null, { ARN: 7 }] }],
  ["arn:", { userIdentity: { type: "AssumedRole", arn: "arn:::::" }, requestParameters: { roleArn: "arn:::::" } }],
])("%s do not fail", async (_what, fields) => {
  expect(await eventOf(fields)).toMatchObject({ count: 1 });
});

test.each(["", "null", "[]", "7", "truncated {", undefined])(
  "an event %j that is no record does not hide the others",
  async (Message) => {
    const Events = [
      ...logged({ ...RECORD, requestParameters: { roleName: "Dev" } }),
      { Message, Timestamp: INPUT.from },
    ];
    const { found } = await read({ pages: () => ({ Events }) });
    expect(found.count).toBe(2);
    expect(found.events.map(({ resource }) => resource)).toContain("Dev");
  },
);
