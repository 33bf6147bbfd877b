/** @jest-environment-options {"modules": "own"} */
import {
  endpointsOf,
  kindOfProtocol,
  NO_SUBSCRIBERS,
  SUBSCRIBER_KINDS,
  subscriberKinds,
  type SubscriberKind,
} from "../../../lib/naming/subscriber-kinds";
import { NotificationTopic } from "../../../modules/topic/notification-topic";
import { repeatedSubscribers } from "../../../organization/validation/repeats";
import { jsonSchemas } from "../../../organization/schema/json-schemas";
import { YamlFile } from "../../../organization/yaml/yaml-file";
import { resourcesOf, synthModule } from "../../support/synth";

const FUNCTION = "arn:aws:lambda:eu-west-1:333333333333:function:on-call";

test("subscribers in the order of the table, each by its protocol", () => {
  const subscribers = { sqs: ["arn:q"], https: ["https://a.example"], email: ["b@example.com", "a@example.com"] };
  expect(endpointsOf(subscribers)).toEqual([
    { kind: "email", protocol: "email", endpoint: "b@example.com" },
    { kind: "email", protocol: "email", endpoint: "a@example.com" },
    { kind: "https", protocol: "https", endpoint: "https://a.example" },
    { kind: "sqs", protocol: "sqs", endpoint: "arn:q" },
  ]);
  expect(endpointsOf(NO_SUBSCRIBERS)).toEqual([]);
});

test("protocols that no setting has are of no kind", () => {
  expect(subscriberKinds.map((kind) => kindOfProtocol(SUBSCRIBER_KINDS[kind].protocol))).toEqual(subscriberKinds);
  expect(["http", "email-json", "toString", undefined].map(kindOfProtocol)).toEqual(Array(4).fill(undefined));
});

test("each kind is a setting, in the order of the table", () => {
  const { properties } = JSON.parse(jsonSchemas()["account.schema.json"] ?? "") as {
    readonly properties: { readonly notifications: { readonly properties: { readonly alerts: object } } };
  };
  expect(properties.notifications.properties.alerts).toHaveProperty("properties");
  const { properties: settings } = properties.notifications.properties.alerts as { readonly properties: object };
  expect(Object.keys(settings)).toEqual([...subscriberKinds, "existing"]);
});

describe("a kind that is added to the table", () => {
  const kind = "lambda" as SubscriberKind;
  const subscribers = { ...NO_SUBSCRIBERS, [kind]: [FUNCTION] };
  beforeAll(() => {
    Object.assign(SUBSCRIBER_KINDS, { [kind]: { protocol: "lambda", confirmation: "never" } });
    (subscriberKinds as SubscriberKind[]).push(kind);
  });

  test("is deployed, and pending until it is confirmed", () => {
    let topic: NotificationTopic | undefined;
    const stack = synthModule((scope) => {
      topic = new NotificationTopic(scope, "alerts", {
        name: "trailwatch-alerts",
        accountId: "333333333333",
        region: "eu-west-1",
        publisher: { service: "cloudwatch.amazonaws.com", sourceArn: "*" },
        encryptionKeyArn: "arn:aws:kms:eu-west-1:333333333333:key/1",
        subscribers,
      });
    });
    const [subscription, ...others] = resourcesOf(stack, "aws_sns_topic_subscription");
    expect(subscription).toMatchObject({ protocol: "lambda", endpoint: FUNCTION });
    expect(others).toEqual([]);
    expect(topic?.pendingSubscriptions).toMatch(/aws_sns_topic_subscription\.alerts_lambda/);
  });

  test("is not allowed to be listed twice", () => {
    const text = `notifications: { alerts: { lambda: [${FUNCTION}, ${FUNCTION}] } }`;
    const file = new YamlFile("payments.yaml", { text });
    const twice = { ...NO_SUBSCRIBERS, [kind]: [FUNCTION, FUNCTION] };
    expect(repeatedSubscribers(file, ["notifications", "alerts"], twice)).toMatchObject([
      { property: "notifications.alerts.lambda[1]", rule: "be listed once" },
    ]);
  });
});
