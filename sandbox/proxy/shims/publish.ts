import { randomUUID } from "node:crypto";
import { header, type AwsRequest, type Send } from "../http";
import type { Shim } from "../shim";

/** Sends a message to all subscribers of a topic to which the sandbox delivers. */
export type Publish = (topicArn: string, message: PublishedMessage) => Promise<void>;

interface PublishedMessage {
  readonly subject: string;
  readonly message: string;
  /** Whether the message is JSON that holds a text for each protocol (`MessageStructure`). */
  readonly isByProtocol: boolean;
}

/**
 * Publishes to topics that have http(s) subscribers. moto would fail, because none of its calls may leave this machine.
 */
export function publishing(publish: Publish): Shim {
  return {
    service: "sns",
    operations: ["Publish"],
    why: "posts to http and https subscribers on any machine, and fails if it cannot",
    does: "sends messages to topics with such subscribers itself, by http and https to this machine only",
    answer: async (request, send) => {
      const input = new URLSearchParams(request.body.toString("utf8"));
      const topicArn = input.get("TopicArn") ?? input.get("TargetArn") ?? "";
      if (topicArn === "" || !(await hasPostedTo(topicArn, request, send))) return send(request);
      await publish(topicArn, {
        subject: input.get("Subject") ?? "",
        message: input.get("Message") ?? "",
        isByProtocol: input.get("MessageStructure") === "json",
      });
      const body =
        `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${randomUUID()}` +
        `</MessageId></PublishResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>` +
        "</PublishResponse>";
      return { status: 200, headers: { "content-type": "text/xml" }, body: Buffer.from(body) };
    },
  };
}

/** Whether a topic has an http or https subscriber; false for a topic that does not exist, which moto reports. */
async function hasPostedTo(topicArn: string, request: AwsRequest, send: Send): Promise<boolean> {
  for (let token: string | undefined = ""; token !== undefined;) {
    const parameters: Record<string, string> = {
      Action: "ListSubscriptionsByTopic",
      Version: "2010-03-31",
      TopicArn: topicArn,
      ...(token === "" ? {} : { NextToken: token }),
    };
    const { body } = await send({
      method: "POST",
      url: "/",
      headers: {
        host: header(request, "host"),
        authorization: header(request, "authorization"),
        "content-type": "application/x-www-form-urlencoded",
      },
      body: Buffer.from(new URLSearchParams(parameters).toString()),
    });
    const xml = body.toString("utf8");
    if (/<Protocol>https?<\/Protocol>/.test(xml)) return true;
    token = /<NextToken>([^<]+)<\/NextToken>/.exec(xml)?.[1];
  }
  return false;
}
