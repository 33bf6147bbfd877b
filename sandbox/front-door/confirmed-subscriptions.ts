/** SNS subscriptions whose subscriber has followed the link in AWS's mail. */
export class ConfirmedSubscriptions {
  private readonly arns = new Set<string>();

  /** The subscriber follows the link: from now on the subscription receives messages. */
  public confirm(subscriptionArn: string): void {
    this.arns.add(subscriptionArn);
  }

  /** Whether messages reach the subscriber. Only email waits for a confirmation in the sandbox. */
  public isPending(protocol: string | undefined, subscriptionArn: string | undefined): boolean {
    return protocol?.startsWith("email") === true && !this.arns.has(subscriptionArn ?? "");
  }
}
