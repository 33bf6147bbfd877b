import { randomBytes } from "node:crypto";
import { SUBSCRIBER_KINDS } from "../../lib/naming/subscriber-kinds";
import type { ConfirmedSubscriptions } from "../proxy/confirmed-subscriptions";

/** A mail of SNS. */
export interface Mail {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The confirmation link, in a mail that requests confirmation of a subscription. */
  readonly confirmLink?: string;
}

/** An email subscription, as in SNS. */
export interface EmailSubscription {
  readonly subscriptionArn: string;
  readonly topicArn: string;
  readonly address: string;
}

const FROM = "AWS Notifications <no-reply@sns.amazonaws.com>";
/** SNS's tokens are this long, in hexadecimal digits. */
const TOKEN_BYTES = 128;

/** Holds all mail that SNS sends: nothing leaves this machine. */
export class Mailbox {
  private readonly received: Mail[] = [];
  private readonly listeners = new Set<(mail: Mail) => void>();
  private readonly tokens = new Map<string, EmailSubscription>();
  private links = "";

  /** `now` is the sandbox's time in milliseconds since 1970. */
  constructor(
    private readonly confirmed: ConfirmedSubscriptions,
    private readonly now: () => number = Date.now,
  ) {}

  /** Sets the endpoint that links in mails lead to, once it is known. */
  public linkTo(endpoint: string): void {
    this.links = endpoint;
  }

  /** All mail, the oldest first. */
  public messages(): readonly Mail[] {
    return this.received;
  }

  /** Calls the listener for each mail that arrives from now on. The returned function unsubscribes it. */
  public onMail(listener: (mail: Mail) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Sends a confirmation request, one for each Subscribe call. An address gets no other mail until it confirms. */
  public requestConfirmation(subscription: EmailSubscription): void {
    const token = randomBytes(TOKEN_BYTES).toString("hex");
    this.tokens.set(token, subscription);
    const confirmLink = `${this.links}/confirm-subscription?token=${token}`;
    this.receive({
      to: subscription.address,
      subject: "AWS Notification - Subscription Confirmation",
      text: `You have chosen to subscribe to the topic:
${subscription.topicArn}

To confirm this subscription, click or visit the link below (If this was in error no action is necessary):
Confirm subscription: ${confirmLink}
`,
      confirmLink,
    });
  }

  /** Follows the link with this token; undefined when no mail holds it. */
  public confirmToken(token: string): EmailSubscription | undefined {
    const subscription = this.tokens.get(token);
    if (subscription !== undefined) this.confirmed.confirm(subscription.subscriptionArn);
    return subscription;
  }

  /** The subscription that the link in a mail confirms. */
  public subscriptionOf({ confirmLink }: Mail): EmailSubscription | undefined {
    if (confirmLink === undefined) return undefined;
    return this.tokens.get(new URL(confirmLink).searchParams.get("token") ?? "");
  }

  /** Whether the link in a mail was followed, or the link in another mail for the same subscription. */
  public isConfirmed(mail: Mail): boolean {
    const subscription = this.subscriptionOf(mail);
    const { protocol } = SUBSCRIBER_KINDS.email;
    return subscription !== undefined && !this.confirmed.isPending(protocol, subscription.subscriptionArn);
  }

  /** Delivers a topic's message to a subscriber, as SNS does. */
  public notify(subscription: EmailSubscription, subject: string, text: string): void {
    this.receive({
      to: subscription.address,
      subject: subject === "" ? "AWS Notification Message" : subject,
      text: `${text}

--
If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:
${this.links}/unsubscribe?subscription=${encodeURIComponent(subscription.subscriptionArn)}
`,
    });
  }

  private receive(mail: Omit<Mail, "from" | "at">): void {
    const received = { ...mail, from: FROM, at: this.now() };
    this.received.push(received);
    for (const listener of this.listeners) listener(received);
  }
}
