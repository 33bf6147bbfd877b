import { counted } from "../../lib/support/counted";
import type { Subscription } from "@aws-sdk/client-sns";
import { READS } from "../aws/calls";
import { pages } from "../aws/session";
import type { ExpectedTopic } from "../expected/expected-account";
import { failed, proven, unknown, type Finding } from "../result";
import type { Check, Subject } from "./check";
import { listed } from "./problems";
import { topicNameOf, topicRegionOf } from "./topics";

/**
 * With these, AWS Chatbot subscribes to the topics of its channels. Source: Amazon Q Developer in chat applications,
 * SNS topics.
 */
const CHAT = "https://global.sns-api.chatbot.amazonaws.com";

/**
 * Whether a topic has the configured subscribers and no others. Terraform does not see others: one that was added by
 * hand, or one that was removed from `accounts/` before it confirmed, which can still confirm.
 */
export function furtherSubscribersCheck(topic: ExpectedTopic): Check {
  return {
    hop: "subscriber",
    name: `no other subscribers of ${topicNameOf(topic.arn)}`,
    run: (subject) => onlyConfigured(subject, topic),
  };
}

async function onlyConfigured({ session, expected }: Subject, { arn, hasChat }: ExpectedTopic): Promise<Finding> {
  const region = topicRegionOf(arn);
  const stored = await pages(
    (NextToken) => session.query(READS.subscriptions, { TopicArn: arn, NextToken }, region),
    (answer) => ({ items: answer.Subscriptions, next: answer.NextToken }),
  );
  if (stored === undefined) return unknown("nothing", `there is no topic ${topicNameOf(arn)}`);
  const configured = new Set(
    expected.deployed.subscriptions
      .filter(({ topicArn }) => topicArn === arn)
      .map(({ protocol, endpoint }) => keyOf(protocol, endpoint)),
  );
  const others = stored.filter(
    ({ Protocol, Endpoint = "", SubscriptionArn }) =>
      // SNS lists deleted subscriptions for a while.
      SubscriptionArn !== "Deleted" &&
      !configured.has(keyOf(Protocol, Endpoint)) &&
      !(hasChat && Protocol === "https" && (Endpoint === CHAT || Endpoint.startsWith(`${CHAT}/`))),
  );
  if (others.length === 0) return proven(`${counted(configured.size, "configured subscriber")}, and no other`);
  const confirmed = others.filter((one) => isConfirmed(one));
  const remedies = [
    ...confirmed.map(
      ({ SubscriptionArn = "" }) => `aws sns unsubscribe --region ${region} --subscription-arn ${SubscriptionArn}`,
    ),
    ...(confirmed.length < others.length
      ? ["a pending one cannot be unsubscribed: SNS drops it within a few days, unless its link is followed"]
      : []),
  ];
  return failed(
    listed(
      others.map(
        (one) => `${one.Protocol ?? ""} ${one.Endpoint ?? ""} (${isConfirmed(one) ? "confirmed" : "pending"})`,
      ),
    ),
    "accounts/ does not name it: it receives every message, or will once it confirms",
    `${remedies.join("; ")}. If it should receive them, add it to accounts/`,
  );
}

function isConfirmed({ SubscriptionArn }: Subscription): boolean {
  return SubscriptionArn?.startsWith("arn:") === true;
}

function keyOf(protocol = "", endpoint = ""): string {
  return `${protocol} ${endpoint}`;
}
