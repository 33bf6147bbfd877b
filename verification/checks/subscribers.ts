import type { Event } from "@aws-sdk/client-cloudtrail";
import { type Confirmation, kindOfProtocol, SUBSCRIBER_KINDS } from "../../lib/naming/subscriber-kinds";
import type { DeployedSubscription } from "../../signals/deployment/deployment";
import { READS } from "../aws/calls";
import { pages } from "../aws/session";
import { Unanswered } from "../aws/unanswered";
import { failed, proven, type Finding } from "../result";
import { age, monitoringStack, redeploy, type Check, type Subject } from "./check";
import { topicNameOf, topicRegionOf, topicCheckName } from "./topics";

/** Whether a subscriber is subscribed and confirmed: until then, SNS sends nothing. */
export function subscriptionCheck(subscription: DeployedSubscription): Check {
  const { topicArn, protocol, endpoint } = subscription;
  return {
    hop: "subscriber",
    name: `${protocol} ${endpoint} is subscribed to ${topicNameOf(topicArn)}`,
    follows: [topicCheckName(topicArn)],
    run: (subject) => confirmed(subject, subscription),
  };
}

async function confirmed(subject: Subject, wanted: DeployedSubscription): Promise<Finding> {
  const { topicArn, protocol, endpoint } = wanted;
  const region = topicRegionOf(topicArn);
  const stored = await pages(
    (NextToken) => subject.session.query(READS.subscriptions, { TopicArn: topicArn, NextToken }, region),
    (answer) => ({ items: answer.Subscriptions, next: answer.NextToken }),
  );
  const found = stored?.find((one) => one.Protocol === protocol && one.Endpoint === endpoint);
  if (found === undefined) {
    return failed("not subscribed", `${endpoint} receives nothing`, redeploy(stackOf(subject, topicArn)));
  }
  if (found.SubscriptionArn?.startsWith("arn:") === true) return proven("confirmed");
  const since = await pendingSince(subject, wanted);
  const waited = since === undefined ? "" : ` for ${age(subject.now() - since)}`;
  return failed(
    `pending confirmation${waited}`,
    `${endpoint} has not confirmed the subscription and receives nothing`,
    `${howToConfirm(protocol)}; to send it again: aws sns subscribe --region ${region} ` +
      `--topic-arn ${topicArn} --protocol ${protocol} --notification-endpoint ${endpoint}`,
  );
}

/** How to confirm a subscription of each kind. */
const HOW_TO_CONFIRM: Readonly<Record<Confirmation, string>> = {
  "link in a mail": "follow the link in AWS's mail",
  "request to the endpoint": "let the endpoint visit the SubscribeURL of AWS's request",
  "message in the queue": "visit the SubscribeURL of AWS's message in the queue",
  never: "wait a minute: it needs no confirmation",
};

function howToConfirm(protocol: string): string {
  const kind = kindOfProtocol(protocol);
  return kind === undefined ? "confirm it" : HOW_TO_CONFIRM[SUBSCRIBER_KINDS[kind].confirmation];
}

function stackOf(subject: Subject, topicArn: string): string {
  return subject.expected.topics.find(({ arn }) => arn === topicArn)?.stack ?? monitoringStack(subject);
}

/** SNS does not return the subscription's age; CloudTrail has it for 90 days, if the caller may look it up. */
async function pendingSince(
  { session }: Subject,
  { topicArn, protocol }: DeployedSubscription,
): Promise<number | undefined> {
  try {
    const answer = await session.query(
      READS.events,
      { LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "Subscribe" }] },
      topicRegionOf(topicArn),
    );
    const subscribed = answer?.Events?.find((event) => isAbout(event, topicArn, protocol));
    return subscribed?.EventTime?.getTime();
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    // The age is optional: an error here must not hide that the subscription is pending.
    return undefined;
  }
}

/** CloudTrail hides the address. */
function isAbout({ CloudTrailEvent }: Event, topicArn: string, protocol: string): boolean {
  if (CloudTrailEvent === undefined) return false;
  return CloudTrailEvent.includes(`"${topicArn}"`) && CloudTrailEvent.includes(`"${protocol}"`);
}
