import { priceOf } from "../../athena/scan-estimate";
import { MONTHLY_PRICE } from "../../lib/aws/prices";

/** The region and month of the prices. */
export const PRICES_OF = "us-east-1 (November 2026)";

/** AWS's price pages, by service: where to check a price. */
const PAGES = {
  CloudWatch: "https://aws.amazon.com/cloudwatch/pricing/",
  CloudTrail: "https://aws.amazon.com/cloudtrail/pricing/",
  EventBridge: "https://aws.amazon.com/eventbridge/pricing/",
  KMS: "https://aws.amazon.com/kms/pricing/",
  "Secrets Manager": "https://aws.amazon.com/secrets-manager/pricing/",
  S3: "https://aws.amazon.com/s3/pricing/",
  Athena: "https://aws.amazon.com/athena/pricing/",
} as const;

/** Something that AWS bills by the month, however many events arrive. */
interface MonthlyPrice {
  readonly what: string;
  readonly source: keyof typeof PAGES;
  /** US dollars a month. */
  readonly each: number;
  /** The Terraform resource type to count, or the metrics that metric filters write or alarms watch. */
  readonly counted: string;
}

/** `counted` of custom metrics: several metric filters may write one metric. */
export const METRICS = "metrics of aws_cloudwatch_log_metric_filter";

/** `counted` of alarms: a metric math alarm costs as much as an alarm on each of its metrics. */
export const ALARM_METRICS = "metrics of aws_cloudwatch_metric_alarm";

export const MONTHLY: readonly MonthlyPrice[] = [
  { what: "custom metrics", source: "CloudWatch", each: MONTHLY_PRICE.customMetric, counted: METRICS },
  {
    what: "alarms, by the metrics that they watch",
    source: "CloudWatch",
    each: MONTHLY_PRICE.alarmMetric,
    counted: ALARM_METRICS,
  },
  { what: "KMS keys", source: "KMS", each: 1, counted: "aws_kms_key" },
  { what: "dashboards", source: "CloudWatch", each: 3, counted: "aws_cloudwatch_dashboard" },
  { what: "secrets", source: "Secrets Manager", each: 0.4, counted: "aws_secretsmanager_secret" },
];

/** Something whose price depends on the number of events or bytes. */
interface UsagePrice {
  readonly what: string;
  readonly source: keyof typeof PAGES;
  readonly price: string;
}

const TERABYTE_READ = priceOf({ objects: 0, bytes: 1e12, coldObjects: 0, coldBytes: 0 });

export const BY_USAGE: readonly UsagePrice[] = [
  { what: "management events, first copy (the organization trail)", source: "CloudTrail", price: "free" },
  {
    what: "management events, second copy (feed `account-trail`, or a trail of yours)",
    source: "CloudTrail",
    price: "$2.00 per 100,000 events",
  },
  {
    what: "data events (the example records S3 objects and Lambda calls in all accounts)",
    source: "CloudTrail",
    price: "$0.10 per 100,000 events",
  },
  {
    what: "Insights (the example has both kinds)",
    source: "CloudTrail",
    price: "$0.35 per 100,000 events analysed, per kind",
  },
  {
    what: "CloudWatch Logs (the organization trail's log group holds all management events)",
    source: "CloudWatch",
    price: "$0.50 per GB ingested, $0.03 per GB stored",
  },
  { what: "EventBridge, events forwarded from other regions", source: "EventBridge", price: "$1.00 per 1,000,000" },
  { what: "archive", source: "S3", price: "$0.023 per GB, $0.004 per GB after 90 days" },
  {
    what: "archive queries (Athena), only when run",
    source: "Athena",
    price: `$${TERABYTE_READ.toFixed(2)} per TB read ([more](docs/athena.md#cost))`,
  },
];

/** Links to the price pages of all services in the tables. */
export function priceSources(): string {
  const services = [...new Set([...MONTHLY, ...BY_USAGE].map(({ source }) => source))];
  return services.map((service) => `[${service}](${PAGES[service]})`).join(", ");
}
