/**
 * What each alarm and each of its metrics costs a month, in US dollars.
 * Source: CloudWatch pricing, us-east-1, November 2026: first 10,000 metrics; standard resolution alarms.
 */
export const MONTHLY_PRICE = { alarmMetric: 0.1, customMetric: 0.3 } as const;

/** Metrics that an anomaly detection alarm is billed for: the metric and both bounds of the band. */
export const METRICS_OF_ANOMALY_ALARM = 3;
