import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { EventBusFeed, type EventBusFeedProps } from "../../../modules/feed/event-bus-feed";
import {
  addressesOf,
  countsOf,
  policyOf,
  resourceOf,
  resourcesOf,
  statementOf,
  synthModule,
  type StackJson,
} from "../../support/synth";

const SECRETS = { source: ["aws.secretsmanager"] };
const KEYS = { source: ["aws.kms"] };
const ROLES = { source: ["aws.iam"] };

const synth = (changes: Partial<EventBusFeedProps> = {}, furtherRegions?: readonly string[]) =>
  synthModule((scope) => {
    const providers = furtherRegions?.map((region) => {
      return [region, new AwsProvider(scope, region, { region, alias: region })] as const;
    });
    new EventBusFeed(scope, "feed", {
      logGroupName: "/aws/events/trailwatch",
      retentionDays: 365,
      accountId: "333333333333",
      region: "eu-west-1",
      eventPatterns: [SECRETS],
      ...(providers === undefined ? {} : { furtherRegions: new Map(providers) }),
      ...changes,
    });
  });

const stack = synth();
const atHome = (from: StackJson, type: string) =>
  resourcesOf(from, type).filter(({ provider }) => provider === undefined);

test("the rule sees read-only events, which reads of secrets are", () => {
  expect(resourceOf(stack, "aws_cloudwatch_event_rule")).toMatchObject({
    name: "trailwatch",
    event_pattern: '{"source":["aws.secretsmanager"]}',
    state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
  });
});

test("events go to the log group, without a role, once EventBridge may write there", () => {
  expect(resourceOf(stack, "aws_cloudwatch_event_target")).toEqual({
    rule: expect.stringMatching(/^\$\{aws_cloudwatch_event_rule\..*\.name}$/) as string,
    target_id: "log-group",
    arn: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.arn}$/) as string,
    depends_on: [expect.stringMatching(/^aws_cloudwatch_log_resource_policy\./)],
  });
});

test("the log group is encrypted and keeps its events as long as is given", () => {
  expect(resourceOf(synth({ retentionDays: 30 }), "aws_cloudwatch_log_group")).toMatchObject({
    name: "/aws/events/trailwatch",
    retention_in_days: 30,
    kms_key_id: expect.stringContaining("aws_kms_key") as string,
  });
  expect(resourceOf(stack, "aws_kms_alias").name).toBe("alias/trailwatch-events");
});

test("EventBridge's policy", () => {
  const policy = policyOf(resourceOf(stack, "aws_cloudwatch_log_resource_policy"), "policy_document");
  expect(policy).toMatchInlineSnapshot(`
   {
     "Version": "2012-10-17",
     "Statement": [
       {
         "Sid": "EventBridgeToLogs",
         "Effect": "Allow",
         "Principal": {
           "Service": [
             "events.amazonaws.com",
             "delivery.logs.amazonaws.com"
           ]
         },
         "Action": [
           "logs:CreateLogStream",
           "logs:PutLogEvents"
         ],
         "Resource": "arn:aws:logs:eu-west-1:333333333333:log-group:/aws/events/trailwatch:*"
       }
     ]
   }
  `);
});

test("EventBridge may write to the one log group only", () => {
  const other = synth({ logGroupName: "/aws/events/other", region: "us-east-1", accountId: "444444444444" });
  const policy = policyOf(resourceOf(other, "aws_cloudwatch_log_resource_policy"), "policy_document");
  expect(statementOf(policy, "EventBridgeToLogs")).toMatchObject({
    Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: "arn:aws:logs:us-east-1:444444444444:log-group:/aws/events/other:*",
  });
});

describe("several patterns", () => {
  const several = synth({ eventPatterns: [SECRETS, KEYS, ROLES] }, ["us-east-1"]);
  const rulesOf = (provider: string | undefined) =>
    resourcesOf(several, "aws_cloudwatch_event_rule")
      .filter((rule) => rule.provider === provider)
      .map(({ name, event_pattern: pattern }) => [name, pattern])
      .sort();

  test.each([
    ["at home", undefined],
    ["in a further region", "aws.us-east-1"],
  ])("are a rule each, with a name of its own, %s", (_where, provider) => {
    expect(rulesOf(provider)).toEqual([
      ["trailwatch", JSON.stringify(SECRETS)],
      ["trailwatch-2", JSON.stringify(KEYS)],
      ["trailwatch-3", JSON.stringify(ROLES)],
    ]);
  });

  test("all see read-only events", () => {
    for (const rule of resourcesOf(several, "aws_cloudwatch_event_rule")) {
      expect(rule.state).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
    }
  });

  test("have a target each, all of them the one log group", () => {
    const targets = atHome(several, "aws_cloudwatch_event_target");
    expect(new Set(targets.map(({ rule }) => rule)).size).toBe(3);
    expect(new Set(targets.map(({ arn }) => arn)).size).toBe(1);
    expect(countsOf(several)).toMatchObject({
      aws_cloudwatch_event_rule: 6,
      aws_cloudwatch_event_target: 6,
      aws_cloudwatch_log_group: 1,
      aws_cloudwatch_log_resource_policy: 1,
      aws_iam_role: 1,
    });
  });

  test("leave the first rule where it was when they become more", () => {
    expect(addressesOf(several)).toEqual(expect.arrayContaining(addressesOf(stack)));
  });
});

test("without a pattern nothing is let through, and there is no rule", () => {
  const none = synth({ eventPatterns: [] }, ["us-east-1"]);
  expect(resourcesOf(none, "aws_cloudwatch_event_rule")).toEqual([]);
  expect(resourcesOf(none, "aws_cloudwatch_event_target")).toEqual([]);
  expect(resourcesOf(none, "aws_sqs_queue")).toEqual([]);
});

test.each([undefined, []])("with further regions %j nothing is forwarded, and nothing else is created", (regions) => {
  expect(countsOf(synth({}, regions))).toEqual({
    aws_cloudwatch_event_rule: 1,
    aws_cloudwatch_event_target: 1,
    aws_cloudwatch_log_group: 1,
    aws_cloudwatch_log_resource_policy: 1,
    aws_kms_alias: 1,
    aws_kms_key: 1,
  });
});

describe("a further region", () => {
  const forwarding = synth({}, ["us-east-1", "eu-central-1"]);

  test.each(["us-east-1", "eu-central-1"])("%s has a rule that sees read-only events too", (region) => {
    expect(resourceOf(forwarding, "aws_cloudwatch_event_rule", { provider: `aws.${region}` })).toMatchObject({
      event_pattern: '{"source":["aws.secretsmanager"]}',
      state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    });
  });

  test.each(["us-east-1", "eu-central-1"])("%s sends its events to the bus of the home region", (region) => {
    expect(resourceOf(forwarding, "aws_cloudwatch_event_target", { provider: `aws.${region}` })).toMatchObject({
      arn: "arn:aws:events:eu-west-1:333333333333:event-bus/default",
      role_arn: expect.stringMatching(/^\$\{aws_iam_role\..*\.arn}$/) as string,
      dead_letter_config: { arn: expect.stringMatching(/^\$\{aws_sqs_queue\..*\.arn}$/) as string },
      // Not on the queue's policy: the provider takes 25 seconds for it.
      depends_on: [expect.stringMatching(/^aws_iam_role_policy\./)],
    });
  });

  test.each(["us-east-1", "eu-central-1"])(
    "%s keeps what could not be forwarded in a queue for its rules",
    (region) => {
      const several = synth({ eventPatterns: [SECRETS, KEYS] }, ["us-east-1", "eu-central-1"]);
      expect(resourceOf(several, "aws_sqs_queue", { provider: `aws.${region}` })).toMatchObject({
        name: "trailwatch-event-forwarding-undelivered",
        message_retention_seconds: 1_209_600,
        sqs_managed_sse_enabled: true,
      });
      const policy = policyOf(resourceOf(several, "aws_sqs_queue_policy", { provider: `aws.${region}` }));
      expect(statementOf(policy, "AllowRules")).toMatchObject({
        Principal: { Service: "events.amazonaws.com" },
        Resource: `arn:aws:sqs:${region}:333333333333:trailwatch-event-forwarding-undelivered`,
        Condition: {
          ArnEquals: {
            "aws:SourceArn": ["trailwatch", "trailwatch-2"].map(
              (rule) => `arn:aws:events:${region}:333333333333:rule/${rule}`,
            ),
          },
        },
      });
    },
  );

  test("adds nothing to the home region but a role", () => {
    expect(atHome(forwarding, "aws_cloudwatch_event_rule")).toEqual(resourcesOf(stack, "aws_cloudwatch_event_rule"));
    expect(atHome(forwarding, "aws_cloudwatch_event_target")).toEqual(
      resourcesOf(stack, "aws_cloudwatch_event_target"),
    );
    expect(countsOf(forwarding)).toMatchObject({
      aws_iam_role: 1,
      aws_iam_role_policies_exclusive: 1,
      aws_iam_role_policy: 1,
      aws_iam_role_policy_attachments_exclusive: 1,
      aws_cloudwatch_log_group: 1,
    });
  });

  test("shares a role that may do one thing, put events on the bus at home", () => {
    expect(policyOf(resourceOf(forwarding, "aws_iam_role_policy")).Statement).toEqual([
      {
        Sid: "PutEventsAtHome",
        Effect: "Allow",
        Action: "events:PutEvents",
        Resource: "arn:aws:events:eu-west-1:333333333333:event-bus/default",
      },
    ]);
  });

  test("shares a role that EventBridge may assume for this account only", () => {
    expect(policyOf(resourceOf(forwarding, "aws_iam_role"), "assume_role_policy").Statement).toEqual([
      {
        Sid: "EventBridgeAssume",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "333333333333" } },
      },
    ]);
  });
});
