/** A limit of AWS that stops a deployment. */
export interface Quota {
  /** What is limited, in the plural. */
  readonly what: string;
  /** How many there may be. */
  readonly limit: number;
  /** The scope of the limit: `a region of an account`. */
  readonly per: string;
  /** Whether AWS raises it on request (Service Quotas). */
  readonly canBeRaised: boolean;
  /** What Trailwatch uses it for. */
  readonly use: string;
  /** What to do when it is reached. */
  readonly remedy: string;
  /** How AWS refuses: the operation of the API, and the error code. */
  readonly refusals: readonly { readonly operation: string; readonly code: string }[];
  /** Page of AWS's documentation. */
  readonly source: string;
}

const refused = (code: string, ...operations: readonly string[]): Quota["refusals"] =>
  operations.map((operation) => ({ operation, code }));

/** The quotas that deployments have reached or can reach. docs/deploy.md has the same table. */
export const QUOTAS = {
  logResourcePolicies: {
    what: "CloudWatch Logs resource policies",
    limit: 10,
    per: "a region of an account",
    canBeRaised: false,
    use: "one, in the home region, for the feed event-bus",
    remedy:
      "delete one that is not needed (aws logs describe-resource-policies, aws logs delete-resource-policy), or " +
      "choose the feed account-trail",
    refusals: refused("LimitExceededException", "PutResourcePolicy"),
    source: "CloudWatch Logs User Guide, quotas",
  },
  trails: {
    what: "trails, with the shadows of multi-region and organization trails",
    limit: 5,
    per: "a region of an account",
    canBeRaised: false,
    use: "one to three in the management account; one in an account with the feed account-trail",
    remedy:
      "delete one that is not needed (aws cloudtrail describe-trails, in the region where the trail is at home), or " +
      "choose the feed event-bus",
    refusals: refused("MaximumNumberOfTrailsExceededException", "CreateTrail"),
    source: "CloudTrail User Guide, quotas",
  },
  metricFilters: {
    what: "metric filters",
    limit: 100,
    per: "a log group",
    canBeRaised: false,
    use: "one or more for each detection",
    remedy: "turn packs or detections off, or watch families of secrets such as 'payments/*'",
    refusals: refused("LimitExceededException", "PutMetricFilter"),
    source: "CloudWatch Logs User Guide, quotas",
  },
  regexFilters: {
    what: "metric filters with regular expressions",
    limit: 5,
    per: "a log group",
    canBeRaised: false,
    use: "one for each detection, or its ignore entries, with a regular expression",
    remedy: "turn such detections off, or ignore addresses by /8, /16, /24 or /32",
    // AWS's refusal does not tell which of the two quotas of a log group's filters is reached.
    refusals: [],
    source: "CloudWatch Logs API, PutMetricFilter",
  },
  savedQueries: {
    what: "saved queries of CloudWatch Logs Insights",
    limit: 1000,
    per: "a region of an account",
    canBeRaised: false,
    use: "one for each detection",
    remedy: "delete some that are not needed (aws logs describe-query-definitions)",
    refusals: refused("LimitExceededException", "PutQueryDefinition"),
    source: "CloudWatch Logs User Guide, quotas",
  },
  alarms: {
    what: "CloudWatch alarms",
    limit: 5000,
    per: "a region of an account",
    canBeRaised: true,
    use: "one for each detection",
    remedy: "ask for more in Service Quotas, or delete some that are not needed",
    refusals: refused("LimitExceededFault", "PutMetricAlarm", "PutCompositeAlarm").concat(
      refused("LimitExceeded", "PutMetricAlarm", "PutCompositeAlarm"),
    ),
    source: "CloudWatch User Guide, quotas",
  },
  rules: {
    what: "EventBridge rules",
    limit: 300,
    per: "an event bus",
    canBeRaised: true,
    use: "as many as the detections' patterns need, in each region; two more with an alert hub; up to ten of the witness",
    remedy: "ask for more in Service Quotas, or delete some that are not needed (aws events list-rules)",
    refusals: refused("LimitExceededException", "PutRule"),
    source: "EventBridge User Guide, quotas",
  },
  targets: {
    what: "targets",
    limit: 5,
    per: "an EventBridge rule",
    canBeRaised: false,
    use: "one of each rule",
    remedy: "remove the targets that others added (aws events list-targets-by-rule)",
    refusals: refused("LimitExceededException", "PutTargets"),
    source: "EventBridge User Guide, quotas",
  },
  roles: {
    what: "IAM roles",
    limit: 1000,
    per: "an account",
    canBeRaised: true,
    use: "a few, and those by which CI deploys",
    remedy: "ask for more in Service Quotas, or delete some that are not needed",
    refusals: refused("LimitExceeded", "CreateRole"),
    source: "IAM User Guide, IAM and AWS STS quotas",
  },
  subscriptions: {
    what: "pending SNS subscriptions",
    limit: 5000,
    per: "an account",
    canBeRaised: true,
    use: "one for each subscriber of a topic, until it confirms",
    remedy: "let subscribers confirm, or wait until SNS drops those that did not",
    refusals: refused("SubscriptionLimitExceeded", "Subscribe"),
    source: "SNS, endpoints and quotas",
  },
} as const satisfies Record<string, Quota>;

export type QuotaId = keyof typeof QUOTAS;

/** The quota in a sentence: what it is, and what to do when it is reached. */
export function quotaText({ what, limit, per, canBeRaised, remedy }: Quota): string {
  return (
    `AWS allows ${limit.toLocaleString("en-US")} ${what} in ${per}` +
    `${canBeRaised ? "" : ", and does not raise it"}: ${remedy}`
  );
}

/** The quota that a refusal of AWS is about, as the AWS SDK words it; undefined if it is about none. */
export function quotaIn(error: string): Quota | undefined {
  return Object.values<Quota>(QUOTAS).find(({ refusals }) =>
    refusals.some(({ operation, code }) =>
      new RegExp(`operation error [^:]+: ${operation},.*\\b${code}\\b`, "s").test(error),
    ),
  );
}
