import { expectedMessage } from "../../lib/support/failure";
import type { AccountClients } from "./account-clients";
import type { LiveTrail } from "./deployed/deployed-account";
import type { HopEvent } from "./hop-event";
import { subscriberHops, topicHop } from "./notification-hops";
import type { SubscriberDelivery } from "./subscriber-delivery";
import { topicRefusal } from "./topic-refusal";
import type { TrailDeliveries } from "./trail-deliveries";

/** What file notifications need. */
export interface FileNoticeParts {
  readonly clients: Pick<AccountClients, "of">;
  readonly subscribers: SubscriberDelivery;
  readonly deliveries: TrailDeliveries;
  readonly emit: (hop: HopEvent) => void;
}

/** A log file that was delivered. */
export interface FileDelivered {
  /** The account that owns the trail. */
  readonly owner: string;
  readonly trail: LiveTrail;
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * CloudTrail's own notification: the trail's topic, if it has one, gets a message for each file. The message names the
 * file and contains nothing of its content. Source: CloudTrail User Guide, configuring Amazon SNS notifications.
 */
export async function notifyOfFile(parts: FileNoticeParts, { owner, trail, key, at }: FileDelivered): Promise<void> {
  const { topicArn } = trail;
  if (topicArn === undefined) return;
  const refusal = await refusalOf(parts, topicArn, owner, trail);
  parts.deliveries.note(trail.arn, "notification", at, refusal);
  const notice = { at, topicArn, alarm: "" };
  const published = refusal === undefined;
  const summary = `${trail.name}: log file notification ${published ? "published" : "not published"}`;
  parts.emit(topicHop(notice, { published, summary, reason: refusal ?? "the topic accepted it" }));
  if (!published) return;

  const message = JSON.stringify({ s3Bucket: trail.bucket, s3ObjectKey: [key] });
  const deliveries = await parts.subscribers.send(topicArn, { subject: "", message, at });
  for (const hop of subscriberHops(notice, "", deliveries)) parts.emit(hop);
}

async function refusalOf(
  { clients }: FileNoticeParts,
  topicArn: string,
  account: string,
  { arn }: LiveTrail,
): Promise<string | undefined> {
  const publisher = { service: "cloudtrail.amazonaws.com", name: "CloudTrail", account, sourceArn: arn };
  try {
    return await topicRefusal(clients, topicArn, publisher);
  } catch (error) {
    return expectedMessage(error);
  }
}
