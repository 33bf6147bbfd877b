import { DescribeAlarmsCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { DeleteMetricFilterCommand, PutMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutTargetsCommand, RemoveTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  GetTopicAttributesCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { accountNamed } from "../../../organization/organization";
import type { Fault } from "./faults";
import { HUB_ACCOUNT, MEMBER, type Garden } from "./garden";

const LOG_GROUP = "/aws/events/trailwatch";
const FORWARDING = "trailwatch-alert-forwarding";
const HUB = "trailwatch-alert-hub";
const ALARM = `trailwatch-${MEMBER}-watched-secret-reads`;
const ELSEWHERE = "arn:aws:sqs:eu-west-1:999999999999:elsewhere";

const EVERYTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** What was added by hand to what was deployed: Terraform plans nothing for most of it. */
export const FURTHER_FAULTS: readonly Fault[] = [
  subscriber("confirmed", (garden, arn) => {
    garden.sandbox.subscriptions.confirm(arn);
  }),
  subscriber("pending", () => undefined),
  {
    name: "topic opened to other organizations",
    plant: async (garden) => {
      const { sns } = garden.clients(MEMBER);
      const TopicArn = topicOf(garden);
      const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
      const put = (AttributeValue: string) =>
        sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));
      const stored = Attributes?.["Policy"] ?? "";
      const policy = JSON.parse(stored) as { readonly Statement: readonly object[] };
      const open = { Sid: "Open", Effect: "Allow", Principal: "*", Action: "sns:Subscribe", Resource: TopicArn };
      await put(JSON.stringify({ ...policy, Statement: [...policy.Statement, open] }));
      return () => put(stored);
    },
    blamed: {
      section: MEMBER,
      hop: "topic",
      check: "topic trailwatch-alerts admits its publishers",
      seen: /'Open' allows/,
    },
  },
  target("trailwatch", { hop: "feed", check: "rule trailwatch in eu-west-1" }),
  target(FORWARDING, {
    hop: "forwarding",
    check: `rule ${FORWARDING} forwards alarms to event bus trailwatch-alerts`,
  }),
  {
    name: "an alarm with a further action",
    plant: async ({ clients }) => {
      const { cloudWatch } = clients(MEMBER);
      const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [ALARM] }));
      const { AlarmName, EvaluationPeriods, ComparisonOperator, OKActions = [], ...rest } = MetricAlarms?.[0] ?? {};
      const put = (actions: string[]) =>
        cloudWatch.send(
          new PutMetricAlarmCommand({
            ...{ ...rest, AlarmName, EvaluationPeriods, ComparisonOperator, Metrics: undefined },
            OKActions: actions,
          }),
        );
      await put([...OKActions, "arn:aws:lambda:eu-west-1:999999999999:function:elsewhere"]);
      return () => put(OKActions);
    },
    blamed: {
      section: MEMBER,
      hop: "alarm",
      check: "alarms act",
      seen: new RegExp(`^${ALARM} also calls arn:aws:lambda:.*:elsewhere$`),
    },
  },
  {
    name: "a further filter that counts into a metric of ours",
    plant: async ({ clients }) => {
      const { logs } = clients(MEMBER);
      const filter = { logGroupName: LOG_GROUP, filterName: "beat" };
      const metric = { metricNamespace: "Trailwatch", metricName: "heartbeat", metricValue: "1" };
      const put = (filterName: string, metricName: string) =>
        logs.send(
          new PutMetricFilterCommand({
            ...{ ...filter, filterName, filterPattern: "" },
            metricTransformations: [{ ...metric, metricName }],
          }),
        );
      await put("beat", "heartbeat");
      // One that counts into a metric of its owner is not reported.
      await put("theirs", "bytes");
      return async () => {
        await logs.send(new DeleteMetricFilterCommand(filter));
        await logs.send(new DeleteMetricFilterCommand({ ...filter, filterName: "theirs" }));
      };
    },
    blamed: {
      section: MEMBER,
      hop: "metric filter",
      check: `metric filters of ${LOG_GROUP}`,
      seen: /^beat counts into Trailwatch\/heartbeat$/,
    },
  },
  {
    name: "a policy attached to the role that forwards alarms",
    plant: async ({ clients }) => {
      const { iam } = clients(MEMBER);
      const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "more", PolicyDocument: EVERYTHING }));
      const attachment = { RoleName: FORWARDING, PolicyArn: Policy?.Arn };
      await iam.send(new AttachRolePolicyCommand(attachment));
      return () => iam.send(new DetachRolePolicyCommand(attachment));
    },
    blamed: {
      ...{ section: MEMBER, hop: "forwarding", check: `role ${FORWARDING} may do so` },
      seen: /^further policies: arn:aws:iam::\d{12}:policy\/more$/,
    },
  },
  {
    name: "an inline policy added to the role that publishes to the topics",
    plant: async ({ clients }) => {
      const { iam } = clients(HUB_ACCOUNT);
      const policy = { RoleName: HUB, PolicyName: "more" };
      await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: EVERYTHING }));
      return () => iam.send(new DeleteRolePolicyCommand(policy));
    },
    blamed: {
      ...{ section: HUB_ACCOUNT, hop: "alert hub", check: `role ${HUB} may publish to the topics` },
      seen: /^further policies: more$/,
    },
  },
];

function subscriber(state: "confirmed" | "pending", after: (garden: Garden, subscriptionArn: string) => void): Fault {
  return {
    name: `a further subscriber, ${state}`,
    plant: async (garden) => {
      const { sns } = garden.clients(MEMBER);
      const { SubscriptionArn = "" } = await sns.send(
        new SubscribeCommand({
          TopicArn: topicOf(garden),
          Protocol: "email",
          Endpoint: "left-last-year@example.com",
          ReturnSubscriptionArn: true,
        }),
      );
      after(garden, SubscriptionArn);
      return () => sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    },
    blamed: {
      section: MEMBER,
      hop: "subscriber",
      check: "no other subscribers of trailwatch-alerts",
      seen: new RegExp(`^email left-last-year@example.com \\(${state}\\)$`),
    },
  };
}

function target(Rule: string, blamed: { readonly hop: string; readonly check: string }): Fault {
  return {
    name: `a further target of rule ${Rule}`,
    plant: async ({ clients }) => {
      const { events } = clients(MEMBER);
      await events.send(new PutTargetsCommand({ Rule, Targets: [{ Id: "elsewhere", Arn: ELSEWHERE }] }));
      return () => events.send(new RemoveTargetsCommand({ Rule, Ids: ["elsewhere"] }));
    },
    blamed: { section: MEMBER, ...blamed, seen: new RegExp(`^further targets: ${ELSEWHERE}$`) },
  };
}

function topicOf({ sandbox }: Garden): string {
  return `arn:aws:sns:eu-west-1:${accountNamed(sandbox.organization, MEMBER).id}:trailwatch-alerts`;
}
