interface WebhookFormat {
  /** Header that holds the secret, unless organization.yaml names another. */
  readonly header: string;
  /**
   * Member of the body that must hold the secret as well. EventBridge adds it to the request.
   *
   * @default - the secret is in the header only
   */
  readonly bodyParameter?: string;
}

/**
 * Formats of the body that webhooks receive. The name is the setting `format` of a webhook.
 *
 * Everything else about a format is an exhaustive map from its name, so that a format without an entry does not
 * compile: its body (modules/alert-hub/webhook-bodies.ts).
 *
 * Sources: PagerDuty Events API v2, "Send an alert event" (`routing_key`); Opsgenie Alert API, "Create alert".
 */
export const WEBHOOK_FORMATS = {
  /** The document `trailwatch.alert` of docs/alert-hub.md. */
  trailwatch: { header: "Authorization" },
  pagerduty: { header: "X-Routing-Key", bodyParameter: "routing_key" },
  opsgenie: { header: "Authorization" },
} as const satisfies Readonly<Record<string, WebhookFormat>>;

export type WebhookFormatName = keyof typeof WEBHOOK_FORMATS;

export const WEBHOOK_FORMAT_NAMES = Object.keys(WEBHOOK_FORMATS) as readonly WebhookFormatName[];

/** Member of the body that must hold the secret; undefined: none. */
export function bodyParameterOf(format: WebhookFormatName): string | undefined {
  const facts: WebhookFormat = WEBHOOK_FORMATS[format];
  return facts.bodyParameter;
}
