import type { ConfirmedSubscriptions } from "../confirmed-subscriptions";
import type { AwsResponse } from "../http";
import { withBody, type Repair } from "../repair";

/** Repairs for email subscriptions, which AWS holds pending until the link in its mail is followed. */
export function emailSubscriptions(confirmed: ConfirmedSubscriptions): Repair[] {
  return [subscribe, subscriptionAttributes(confirmed), subscriptionLists(confirmed)];
}

const subscribe: Repair = {
  service: "sns",
  operations: ["Subscribe"],
  why: "answers the ARN of an email subscription at once",
  does: 'answers "pending confirmation", as AWS does unless `ReturnSubscriptionArn` is set',
  answer: async (request, send) => {
    const response = await send(request);
    const input = new URLSearchParams(request.body.toString("utf8"));
    const waits = input.get("Protocol")?.startsWith("email") === true;
    if (!waits || input.get("ReturnSubscriptionArn") === "true") return response;
    return rewritten(response, (xml) =>
      xml.replace(/(<SubscriptionArn>)[^<]*/, (_all, tag: string) => `${tag}pending confirmation`),
    );
  },
};

function subscriptionAttributes(confirmed: ConfirmedSubscriptions): Repair {
  return {
    service: "sns",
    operations: ["GetSubscriptionAttributes"],
    why: "says of every subscription that it is confirmed",
    does: "says `PendingConfirmation` of an email subscription until it is confirmed",
    answer: async (request, send) =>
      rewritten(await send(request), (xml) => {
        const attribute = (name: string) => new RegExp(`<key>${name}</key><value>([^<]*)`).exec(xml)?.[1];
        if (!confirmed.isPending(attribute("Protocol"), attribute("SubscriptionArn"))) return xml;
        return xml
          .replace("<key>PendingConfirmation</key><value>false", "<key>PendingConfirmation</key><value>true")
          .replace(
            "<key>ConfirmationWasAuthenticated</key><value>true",
            "<key>ConfirmationWasAuthenticated</key><value>false",
          );
      }),
  };
}

function subscriptionLists(confirmed: ConfirmedSubscriptions): Repair {
  return {
    service: "sns",
    operations: ["ListSubscriptions", "ListSubscriptionsByTopic"],
    why: "lists email subscriptions under their ARN at once",
    does: "lists `PendingConfirmation` instead of the ARN until one is confirmed",
    answer: async (request, send) =>
      rewritten(await send(request), (xml) =>
        xml.replace(/<member>.*?<\/member>/gs, (member) => {
          const arn = /<SubscriptionArn>([^<]*)/.exec(member)?.[1];
          const protocol = /<Protocol>([^<]*)/.exec(member)?.[1];
          return arn !== undefined && confirmed.isPending(protocol, arn)
            ? member.replace(arn, "PendingConfirmation")
            : member;
        }),
      ),
  };
}

function rewritten(response: AwsResponse, rewrite: (xml: string) => string): AwsResponse {
  return response.status === 200 ? withBody(response, rewrite(response.body.toString("utf8"))) : response;
}
