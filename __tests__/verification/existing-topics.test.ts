import { evaluate } from "../../lib/aws/policy-evaluator";
import { existingTopicChecks } from "../../verification/checks/existing-topics";
import type { Subject } from "../../verification/checks/check";
import type { Finding } from "../../verification/result";
import { testOrganization } from "../support/organization";
import { FakeAws } from "./support/fake-aws";
import { REGION, subjectWith } from "./support/subject";

const OWNER = "222222222222";
const ACCOUNT = "333333333333";
const TOPIC = `arn:aws:sns:${REGION}:${OWNER}:on-call`;
const KEY = `arn:aws:kms:${REGION}:${OWNER}:key/0a1b2c3d`;
const ALARM = `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:trailwatch-shop-watched-secret-reads`;
const CONFIRMED = { SubscriptionArn: `${TOPIC}:0a1b2c3d`, Protocol: "email", Endpoint: "a@example.com" };

interface Given {
  readonly policy?: object;
  readonly keyId?: string;
  readonly key?: object;
  readonly keyPolicy?: object;
  readonly subscriptions?: readonly object[];
}

function document(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** Results of the checks: topic, key, subscriber. The topic's account is another one, which is entered. */
async function checked(given: Given): Promise<Finding[]> {
  const { policy = {}, keyId, key = { KeyState: "Enabled", Arn: KEY }, keyPolicy = {} } = given;
  const { subscriptions = [CONFIRMED] } = given;
  const owner = new FakeAws({
    "sns:GetTopicAttributes": () => ({
      Attributes: { Policy: document(policy), ...(keyId === undefined ? {} : { KmsMasterKeyId: keyId }) },
    }),
    "sns:ListSubscriptionsByTopic": () => ({ Subscriptions: subscriptions }),
    "kms:DescribeKey": () => ({ KeyMetadata: key }),
    "kms:GetKeyPolicy": () => ({ Policy: document(keyPolicy) }),
  });
  const subject = subjectWith(new FakeAws({}), () => 0, { alarmActions: [TOPIC] });
  const notifications = { alerts: { existing: { topicArn: TOPIC } } };
  const entered: Subject = {
    ...subject,
    organization: testOrganization({ notifications }),
    account: { ...subject.account, id: ACCOUNT },
    enter: (id) => Promise.resolve(id === OWNER ? owner : undefined),
  };
  const topic = { existing: true, arn: TOPIC, stack: "monitoring-shop", key: "existing", hasChat: false };
  return Promise.all(existingTopicChecks(topic).map(({ run }) => run(entered)));
}

const ALLOWED = {
  Effect: "Allow",
  Principal: { Service: "cloudwatch.amazonaws.com" },
  Action: ["sns:Publish", "kms:GenerateDataKey*", "kms:Decrypt"],
  Resource: "*",
};

test("a topic that admits CloudWatch, unencrypted or with a key that does, is proven", async () => {
  expect((await checked({ policy: ALLOWED })).map(({ status }) => status)).toEqual(["proven", "proven", "proven"]);
  const encrypted = await checked({ policy: ALLOWED, keyId: KEY, keyPolicy: ALLOWED });
  expect(encrypted.map(({ status }) => status)).toEqual(["proven", "proven", "proven"]);
});

describe("the statement to add", () => {
  const request = { principal: "cloudwatch.amazonaws.com", resource: TOPIC };
  const context = { "aws:SourceAccount": ACCOUNT, "aws:SourceArn": ALARM, "aws:SecureTransport": "true" };

  test.each<[string, Given]>([
    ["no statement", {}],
    ["one for another account", { policy: { ...ALLOWED, Condition: { StringEquals: { "aws:SourceAccount": "1" } } } }],
    [
      "one for other alarms",
      { policy: { ...ALLOWED, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*:*:alarm:cpu-*" } } } },
    ],
  ])("of the topic's policy admits this organization's alarms and no others: %s", async (_name, given) => {
    const [topic] = await checked(given);
    expect(topic).toMatchObject({ status: "failed", remedy: expect.stringContaining(OWNER) as string });
    const policy = document(...(topic?.statements ?? []));
    const asked = { ...request, action: "sns:Publish" };
    expect(evaluate([policy], { ...asked, context }).answer).toBe("allowed");
    const stranger = { ...context, "aws:SourceAccount": "999999999999" };
    expect(evaluate([policy], { ...asked, context: stranger }).answer).toBe("denied");
    expect((await checked({ policy: topic?.statements?.[0] ?? {} }))[0]?.status).toBe("proven");
  });

  test("of the key's policy does the same", async () => {
    const [, key] = await checked({ policy: ALLOWED, keyId: KEY });
    expect(key).toMatchObject({ status: "failed", seen: "no statement allows it" });
    const again = await checked({ policy: ALLOWED, keyId: KEY, keyPolicy: key?.statements?.[0] ?? {} });
    expect(again[1]?.status).toBe("proven");
  });
});

test("the AWS managed key is named as the trap that it is, by alias or by id", async () => {
  for (const given of [
    { keyId: "alias/aws/sns" },
    { keyId: "0a1b", key: { KeyManager: "AWS", KeyState: "Enabled" } },
  ]) {
    const [, key] = await checked({ policy: ALLOWED, keyPolicy: ALLOWED, ...given });
    expect(key).toMatchObject({ status: "failed", reason: expect.stringContaining("cannot be changed") as string });
  }
  const [, disabled] = await checked({ policy: ALLOWED, keyId: KEY, key: { KeyState: "Disabled", Arn: KEY } });
  expect(disabled).toMatchObject({ status: "failed", seen: "key is Disabled" });
});

test("a topic without a confirmed subscriber reaches no one", async () => {
  const pending = { ...CONFIRMED, SubscriptionArn: "PendingConfirmation" };
  for (const subscriptions of [[], [pending]]) {
    expect((await checked({ policy: ALLOWED, subscriptions }))[2]).toMatchObject({ status: "failed" });
  }
});
