import { randomUUID } from "node:crypto";
import type { Mailbox } from "../../mailbox/mailbox";
import { errorResponse } from "../aws-error";
import type { ConfirmedSubscriptions } from "../confirmed-subscriptions";
import type { AwsResponse } from "../http";
import { withBody, type Shim } from "../shim";

/** Shims for email subscriptions, which AWS holds pending until the link in its mail is followed. */
export function emailSubscriptions(confirmed: ConfirmedSubscriptions, mailbox: Mailbox): Shim[] {
  return [
    subscribe(confirmed, mailbox),
    confirmSubscription(mailbox),
    subscriptionAttributes(confirmed),
    subscriptionLists(confirmed),
  ];
}

function subscribe(confirmed: ConfirmedSubscriptions, mailbox: Mailbox): Shim {
  return {
    service: "sns",
    operations: ["Subscribe"],
    why: "returns the ARN of an email subscription at once, and sends no email",
    does: 'emails a confirmation link, and returns "pending confirmation", as AWS does unless `ReturnSubscriptionArn` is set',
    answer: async (request, send) => {
      const response = await send(request);
      const input = new URLSearchParams(request.body.toString("utf8"));
      const subscriptionArn = SUBSCRIPTION_ARN.exec(response.body.toString("utf8"))?.[1];
      const protocol = input.get("Protocol") ?? undefined;
      if (subscriptionArn === undefined || !confirmed.isPending(protocol, subscriptionArn)) return response;
      // On AWS, a second Subscribe sends another confirmation mail.
      const [topicArn, address] = [input.get("TopicArn") ?? "", input.get("Endpoint") ?? ""];
      mailbox.requestConfirmation({ subscriptionArn, topicArn, address });
      if (input.get("ReturnSubscriptionArn") === "true") return response;
      return rewritten(response, (xml) => xml.replace(SUBSCRIPTION_ARN, "<SubscriptionArn>pending confirmation"));
    },
  };
}

const SUBSCRIPTION_ARN = /<SubscriptionArn>([^<]*)/;

function confirmSubscription(mailbox: Mailbox): Shim {
  return {
    service: "sns",
    operations: ["ConfirmSubscription"],
    why: "accepts any token and confirms nothing",
    does: "confirms the subscription whose email contains the token, and rejects any other token",
    answer: (request, _send, call) => {
      const input = new URLSearchParams(request.body.toString("utf8"));
      const confirmed = mailbox.confirmToken(input.get("Token") ?? "");
      if (confirmed === undefined) {
        return Promise.resolve(
          errorResponse(call.protocol, { code: "InvalidParameter", message: "Invalid parameter: Token" }),
        );
      }
      const body =
        `<ConfirmSubscriptionResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ConfirmSubscriptionResult>` +
        `<SubscriptionArn>${confirmed.subscriptionArn}</SubscriptionArn></ConfirmSubscriptionResult>` +
        `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></ConfirmSubscriptionResponse>`;
      return Promise.resolve({ status: 200, headers: { "content-type": "text/xml" }, body: Buffer.from(body) });
    },
  };
}

function subscriptionAttributes(confirmed: ConfirmedSubscriptions): Shim {
  return {
    service: "sns",
    operations: ["GetSubscriptionAttributes"],
    why: "returns every subscription as confirmed",
    does: "returns `PendingConfirmation` for an email subscription until it is confirmed",
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

function subscriptionLists(confirmed: ConfirmedSubscriptions): Shim {
  return {
    service: "sns",
    operations: ["ListSubscriptions", "ListSubscriptionsByTopic"],
    why: "lists email subscriptions under their ARN at once",
    does: "lists `PendingConfirmation` instead of the ARN until the subscription is confirmed",
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
