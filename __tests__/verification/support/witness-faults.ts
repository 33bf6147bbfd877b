import {
  DisableRuleCommand,
  EnableRuleCommand,
  ListTargetsByRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { GetKeyPolicyCommand, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { accountNamed } from "../../../organization/organization";
import type { Fault } from "./faults";
import { HUB_ACCOUNT, type Garden } from "./garden";

const TOPIC = "trailwatch-witness";
const RULE = "trailwatch-witness-states";
const ADDRESS = "security-alerts@example.com";
const inRule = { section: HUB_ACCOUNT, hop: "feed", check: `rule ${RULE} in eu-west-1` };

/** What keeps the messages of the witness of the hub's account from people. */
export const WITNESS_FAULTS: readonly Fault[] = [
  {
    name: "a rule of the witness disabled",
    plant: async ({ clients }) => {
      const { events } = clients(HUB_ACCOUNT);
      await events.send(new DisableRuleCommand({ Name: RULE }));
      return () => events.send(new EnableRuleCommand({ Name: RULE }));
    },
    blamed: { ...inRule, seen: /^state DISABLED, not ENABLED$/ },
  },
  {
    name: "a rule of the witness without its topic",
    plant: async ({ clients }) => {
      const { events } = clients(HUB_ACCOUNT);
      const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: RULE }));
      await events.send(new RemoveTargetsCommand({ Rule: RULE, Ids: Targets.map(({ Id = "" }) => Id) }));
      return () => events.send(new PutTargetsCommand({ Rule: RULE, Targets }));
    },
    blamed: { ...inRule, seen: /^targets: none$/ },
  },
  {
    name: "topic policy of the witness closed to EventBridge",
    plant: async (garden) => {
      const { sns } = garden.clients(HUB_ACCOUNT);
      const TopicArn = topicOf(garden);
      const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
      const put = (AttributeValue: string) =>
        sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));
      const stored = Attributes?.["Policy"] ?? "";
      await put(stored.replaceAll("events.amazonaws.com", "budgets.amazonaws.com"));
      return () => put(stored);
    },
    blamed: {
      ...{ section: HUB_ACCOUNT, hop: "topic", check: `topic ${TOPIC} admits its publishers` },
      seen: /no statement allows it/,
    },
  },
  {
    name: "key policy of the witness closed to EventBridge",
    plant: async (garden) => {
      const { sns, kms } = garden.clients(HUB_ACCOUNT);
      const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: topicOf(garden) }));
      const key = { KeyId: Attributes?.["KmsMasterKeyId"] ?? "", PolicyName: "default" };
      const { Policy = "" } = await kms.send(new GetKeyPolicyCommand(key));
      await kms.send(
        new PutKeyPolicyCommand({ ...key, Policy: Policy.replaceAll("events.amazonaws.com", "budgets.amazonaws.com") }),
      );
      return () => kms.send(new PutKeyPolicyCommand({ ...key, Policy }));
    },
    blamed: {
      ...{ section: HUB_ACCOUNT, hop: "topic", check: `key of ${TOPIC} admits its publishers` },
      seen: /no statement allows it/,
    },
  },
  {
    name: "a subscription of the witness removed",
    plant: async (garden) => {
      const { sns } = garden.clients(HUB_ACCOUNT);
      const TopicArn = topicOf(garden);
      const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
      const SubscriptionArn = Subscriptions?.find(({ Endpoint }) => Endpoint === ADDRESS)?.SubscriptionArn;
      await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
      return async () => {
        const again = await sns.send(
          new SubscribeCommand({ TopicArn, Protocol: "email", Endpoint: ADDRESS, ReturnSubscriptionArn: true }),
        );
        garden.sandbox.subscriptions.confirm(again.SubscriptionArn ?? "");
      };
    },
    blamed: {
      ...{ section: HUB_ACCOUNT, hop: "subscriber", check: `email ${ADDRESS} is subscribed to ${TOPIC}` },
      seen: /^not subscribed$/,
    },
  },
];

function topicOf({ sandbox }: Garden): string {
  return `arn:aws:sns:eu-west-1:${accountNamed(sandbox.organization, HUB_ACCOUNT).id}:${TOPIC}`;
}
