import { escapeMarkup } from "../../lib/web/escape-markup";
import { target, type AwsRequest, type AwsResponse } from "../proxy/http";
import { expectedMessage } from "../../lib/support/failure";
import type { Mailbox } from "./mailbox";

/** Ends a subscription, by its ARN. */
export type Unsubscribe = (subscriptionArn: string) => Promise<void>;

/** The pages behind the links in mails. Answers undefined for any other request. */
export async function mailboxPage(
  request: AwsRequest,
  mailbox: Mailbox,
  unsubscribe: Unsubscribe,
): Promise<AwsResponse | undefined> {
  if (request.method !== "GET") return undefined;
  const { path, query } = target(request);
  const token = query.get("token");
  if (path === "/confirm-subscription" && token !== null) return confirmationPage(mailbox, token);
  const subscriptionArn = query.get("subscription");
  if (path !== "/unsubscribe" || subscriptionArn === null) return undefined;
  try {
    await unsubscribe(subscriptionArn);
    return page(200, "Subscription removed", `The subscription with the id ${subscriptionArn} is removed.`);
  } catch (error) {
    return page(400, "Subscription not removed", expectedMessage(error));
  }
}

function confirmationPage(mailbox: Mailbox, token: string): AwsResponse {
  const confirmed = mailbox.confirmToken(token);
  if (confirmed === undefined)
    return page(400, "Subscription not confirmed", "The link is not one of this sandbox's mails.");
  const { subscriptionArn, topicArn } = confirmed;
  const text = `You have subscribed to the topic ${topicArn}. Your subscription's id is ${subscriptionArn}.`;
  return page(200, "Subscription confirmed!", text);
}

/** The page runs no scripts, and no other page may embed or read it. */
const PAGE_HEADERS = {
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;

function page(status: number, title: string, text: string): AwsResponse {
  const body = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:1rem/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem;overflow-wrap:anywhere;color-scheme:light dark}</style>
<h1>${title}</h1><p>${escapeMarkup(text)}</p></html>
`;
  return { status, headers: { ...PAGE_HEADERS, "content-type": "text/html; charset=utf-8" }, body: Buffer.from(body) };
}
