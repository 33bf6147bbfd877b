import { type Confirmation, kindOfProtocol, SUBSCRIBER_KINDS } from "../../lib/naming/subscriber-kinds";

/**
 * Whether a subscription waits for a confirmation: the sandbox has a mailbox for those by mail, and confirms the others
 * itself.
 */
const WAITS: Readonly<Record<Confirmation, boolean>> = {
  "link in a mail": true,
  "request to the endpoint": false,
  "message in the queue": false,
  never: false,
};

/** SNS subscriptions whose subscriber has followed the link in AWS's mail. */
export class ConfirmedSubscriptions {
  private readonly arns = new Set<string>();

  /** The subscriber follows the link: from now on the subscription receives messages. */
  public confirm(subscriptionArn: string): void {
    this.arns.add(subscriptionArn);
  }

  /** Whether messages reach the subscriber. Only email waits for a confirmation in the sandbox. */
  public isPending(protocol: string | undefined, subscriptionArn: string | undefined): boolean {
    return waits(protocol) && !this.arns.has(subscriptionArn ?? "");
  }
}

function waits(protocol: string | undefined): boolean {
  // No setting has `email-json`, but it may be subscribed by hand.
  if (protocol === "email-json") return true;
  const kind = kindOfProtocol(protocol);
  return kind !== undefined && WAITS[SUBSCRIBER_KINDS[kind].confirmation];
}
