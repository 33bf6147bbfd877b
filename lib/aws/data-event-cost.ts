/**
 * What data events with alarms cost, in US dollars (us-east-1, November 2026; docs/tables/prices.ts has the price pages).
 */
export const DATA_EVENT_COST = {
  /** CloudTrail, each million data events that a trail records. */
  trailPerMillion: 1,
  /** CloudWatch Logs, each gigabyte ingested. */
  logsPerGigabyte: 0.5,
  /** Size of a record of S3 with its TLS details; those of Lambda and DynamoDB are a little smaller. */
  bytesPerRecord: 2000,
  /** CloudWatch, a custom metric and an alarm on it, each month. */
  alarmPerMonth: 0.4,
  /** KMS, a key, each month. */
  keyPerMonth: 1,
} as const;

/** CloudWatch Logs, each million data events. */
export function logsPerMillion(): number {
  const { logsPerGigabyte, bytesPerRecord } = DATA_EVENT_COST;
  return (1e6 * bytesPerRecord * logsPerGigabyte) / 1e9;
}
