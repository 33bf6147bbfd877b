import { NotificationTopic, type NotificationTopicProps } from "../../../modules/topic/notification-topic";
import {
  addressesOf,
  countsOf,
  policyOf,
  resourceOf,
  resourcesOf,
  statementOf,
  synthModule,
} from "../../support/synth";

const KEY = "arn:aws:kms:eu-west-1:333333333333:key/1";
const ALARMS = "arn:aws:cloudwatch:eu-west-1:333333333333:alarm:*";

function synth(changes: Partial<NotificationTopicProps> = {}) {
  let topic: NotificationTopic | undefined;
  const stack = synthModule((scope) => {
    topic = new NotificationTopic(scope, "alerts", {
      name: "trailwatch-alerts",
      accountId: "333333333333",
      region: "eu-west-1",
      publisher: { service: "cloudwatch.amazonaws.com", sourceArn: ALARMS },
      encryptionKeyArn: KEY,
      subscribers: { email: [], https: [], sqs: [] },
      ...changes,
    });
  });
  return { stack, pending: topic?.pendingSubscriptions };
}

const subscribers = (changes: Partial<NotificationTopicProps["subscribers"]>) => ({
  subscribers: { email: [], https: [], sqs: [], ...changes },
});

test("messages are encrypted by the key that is given and signed with SHA-256", () => {
  expect(resourceOf(synth().stack, "aws_sns_topic")).toEqual({
    name: "trailwatch-alerts",
    kms_master_key_id: KEY,
    signature_version: 2,
  });
});

test("the topic's policy", () => {
  expect(policyOf(resourceOf(synth().stack, "aws_sns_topic_policy"))).toMatchInlineSnapshot(`
   {
     "Version": "2012-10-17",
     "Statement": [
       {
         "Sid": "AllowPublisher",
         "Effect": "Allow",
         "Principal": {
           "Service": "cloudwatch.amazonaws.com"
         },
         "Action": "sns:Publish",
         "Resource": "arn:aws:sns:eu-west-1:333333333333:trailwatch-alerts",
         "Condition": {
           "StringEquals": {
             "aws:SourceAccount": "333333333333"
           },
           "ArnLike": {
             "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:333333333333:alarm:*"
           }
         }
       },
       {
         "Sid": "DenyInsecurePublish",
         "Effect": "Deny",
         "Principal": "*",
         "Action": "sns:Publish",
         "Resource": "arn:aws:sns:eu-west-1:333333333333:trailwatch-alerts",
         "Condition": {
           "Bool": {
             "aws:SecureTransport": "false"
           }
         }
       },
       {
         "Sid": "DenyPlainHttpSubscriptions",
         "Effect": "Deny",
         "Principal": "*",
         "Action": "sns:Subscribe",
         "Resource": "arn:aws:sns:eu-west-1:333333333333:trailwatch-alerts",
         "Condition": {
           "StringEquals": {
             "sns:Protocol": "http"
           }
         }
       }
     ]
   }
  `);
});

test("another publisher replaces the default publisher", () => {
  const sourceArn = ["arn:aws:cloudtrail:eu-west-1:111111111111:trail/one"];
  const { stack } = synth({ publisher: { service: "cloudtrail.amazonaws.com", sourceArn } });
  const policy = policyOf(resourceOf(stack, "aws_sns_topic_policy"));
  expect(JSON.stringify(policy)).not.toContain("cloudwatch");
  expect(statementOf(policy, "AllowPublisher")).toMatchObject({
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Condition: { StringEquals: { "aws:SourceAccount": "333333333333" }, ArnLike: { "aws:SourceArn": sourceArn } },
  });
});

test("only the publisher is allowed to use the topic", () => {
  const { Statement } = policyOf(resourceOf(synth().stack, "aws_sns_topic_policy"));
  const allowed = Statement.filter(({ Effect }) => Effect === "Allow");
  expect(allowed.map(({ Action, Resource }) => [Action, Resource])).toEqual([
    ["sns:Publish", "arn:aws:sns:eu-west-1:333333333333:trailwatch-alerts"],
  ]);
});

test("each subscriber gets a subscription, in each way", () => {
  const { stack } = synth(
    subscribers({
      email: ["one@example.com", "two@example.com"],
      https: ["https://example.com/hook"],
      sqs: ["arn:aws:sqs:eu-west-1:333333333333:alerts"],
    }),
  );
  const found = resourcesOf(stack, "aws_sns_topic_subscription");
  expect(found.map(({ protocol, endpoint }) => [protocol, endpoint])).toEqual(
    expect.arrayContaining([
      ["email", "one@example.com"],
      ["email", "two@example.com"],
      ["https", "https://example.com/hook"],
      ["sqs", "arn:aws:sqs:eu-west-1:333333333333:alerts"],
    ]),
  );
  expect(found).toHaveLength(4);
});

test("a subscription keeps its address when others are added or removed", () => {
  const alone = addressesOf(synth(subscribers({ email: ["b@example.com"] })).stack);
  const among = addressesOf(synth(subscribers({ email: ["a@example.com", "b@example.com", "c@example.com"] })).stack);
  expect(among).toEqual(expect.arrayContaining(alone));
});

test("every subscription is queried by address to find pending ones", () => {
  const { stack, pending = "" } = synth(subscribers({ email: ["a@example.com"], https: ["https://example.com"] }));
  const asked = pending.match(/aws_sns_topic_subscription\.[\w-]+/g);
  expect(asked?.sort()).toEqual(addressesOf(stack).filter((address) => address.includes("subscription")));
  expect(pending).toMatch(/^\$\{\[for s in \[.*] : s\.endpoint if s\.pending_confirmation]}$/);
});

test("without subscribers there is no subscription, and none is pending", () => {
  const { stack, pending } = synth();
  expect(resourcesOf(stack, "aws_sns_topic_subscription")).toEqual([]);
  expect(pending).toBe("${[for s in [] : s.endpoint if s.pending_confirmation]}");
});

test("a repeated subscriber is rejected", () => {
  expect(() => synth(subscribers({ email: ["a@example.com", "a@example.com"] }))).toThrow("There is already");
});

test("nothing else is created, no key either: topics share one", () => {
  expect(countsOf(synth().stack)).toEqual({ aws_sns_topic: 1, aws_sns_topic_policy: 1 });
});
