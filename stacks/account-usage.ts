import { heartbeat } from "../detections/packs/guard/heartbeat";
import { pathAlarmsOf } from "../detections/path-alarms";
import { metricsForged } from "../detections/path-alarms/metrics-forged";
import { METRICS_OF_ANOMALY_ALARM, MONTHLY_PRICE } from "../lib/aws/prices";
import { forgedAlarmGroups, statisticOf } from "../modules/path-alarms/lowerable-metric";
import type { Account, Organization } from "../organization/organization";
import { subscriptionsOf } from "../organization/resolve/subscriptions";
import { compileSubscription, ofFeed, type CompiledDetection } from "./compiled-detection";
import { watchedAccount } from "./watched-account";

/** What the detections of an account take of its log group's quota, and cost. */
export interface AccountUsage {
  /** Metric filters on the log group of the account's feed. */
  readonly metricFilters: number;
  /** Alarms of detections, of the signal path and on what did not reach the alert hub. */
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
  const onPath = pathAlarmsOf({ ...account, hasHeartbeat });
  const lowerable = onPath.includes(metricsForged) ? lowerableMetrics(compiled) : [];
  const ofPath = onPath.filter((alarm) => alarm !== metricsForged).length;
  const anomalies = compiled.filter(({ alarm }) => alarm.kind === "anomaly-detection").length;
  const ofHub = organization.alertHub === undefined ? 0 : 1;
  // An alarm on several metrics is billed for each.
  const billed = compiled.length + ofPath + ofHub + lowerable.length + anomalies * (METRICS_OF_ANOMALY_ALARM - 1);
  const dollars = billed * MONTHLY_PRICE.alarmMetric + compiled.length * MONTHLY_PRICE.customMetric;
  return {
    metricFilters: ofFeed(compiled).reduce((sum, { filterPatterns }) => sum + filterPatterns.length, 0),
    alarms: compiled.length + ofPath + ofHub + forgedAlarmGroups(lowerable).length,
    monthlyDollars: Math.round(dollars * 100) / 100,
  };
}

/** What the alarms on forged values watch. */
function lowerableMetrics(compiled: readonly CompiledDetection[]): { readonly lowest: number }[] {
  return compiled
    .filter(({ threshold, alarm, asCheckersExpect }) => {
      const detectsAnomalies = alarm.kind === "anomaly-detection";
      return statisticOf({ threshold, detectsAnomalies, asCheckersExpect }) === "Sum";
    })
    .map(({ asCheckersExpect }) => ({ lowest: asCheckersExpect ? 0 : 1 }));
}
