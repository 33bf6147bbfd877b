import { heartbeat } from "../detections/packs/guard/heartbeat";
import { pathAlarmsOf } from "../detections/path-alarms";
import { METRICS_OF_ANOMALY_ALARM, MONTHLY_PRICE } from "../lib/aws/prices";
import type { Account, Organization } from "../organization/organization";
import { subscriptionsOf } from "../organization/resolve/subscriptions";
import { compileSubscription, ofFeed } from "./compiled-detection";
import { watchedAccount } from "./watched-account";

/** What the detections of an account take of its log group's quota, and cost. */
export interface AccountUsage {
  /** Metric filters on the log group of the account's feed. */
  readonly metricFilters: number;
  /** Alarms of detections and of the signal path. */
  readonly alarms: number;
  /** Price of those alarms and their custom metrics, in US dollars a month. */
  readonly monthlyDollars: number;
}

export function accountUsage(organization: Organization, account: Account): AccountUsage {
  const watched = watchedAccount(organization, account);
  const compiled = subscriptionsOf(organization, account).flatMap(
    (subscription) => compileSubscription(subscription, account, watched) ?? [],
  );
  const hasHeartbeat = compiled.some(({ detection }) => detection.id === heartbeat.id);
  const ofPath = pathAlarmsOf({ ...account, hasHeartbeat }).length;
  const anomalies = compiled.filter(({ alarm }) => alarm.kind === "anomaly-detection").length;
  const billed = compiled.length + ofPath + anomalies * (METRICS_OF_ANOMALY_ALARM - 1);
  const dollars = billed * MONTHLY_PRICE.alarmMetric + compiled.length * MONTHLY_PRICE.customMetric;
  return {
    metricFilters: ofFeed(compiled).reduce((sum, { filterPatterns }) => sum + filterPatterns.length, 0),
    alarms: compiled.length + ofPath,
    monthlyDollars: Math.round(dollars * 100) / 100,
  };
}
