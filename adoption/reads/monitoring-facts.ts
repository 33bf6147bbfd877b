import type { AlarmFacts, FilterFacts, Subscriptions } from "../facts";
import { ADOPT_READS } from "../aws/calls";
import type { Reading } from "./reading";

/** Every metric filter of a region, of all log groups. */
export async function readFilterFacts(reading: Reading, region: string): Promise<readonly FilterFacts[] | undefined> {
  const filters = await reading.attempt(`metric filters in ${region}`, () =>
    reading.list(ADOPT_READS.metricFilters, { region, input: (nextToken) => ({ nextToken }) }, (answer) => ({
      items: answer.metricFilters,
      next: answer.nextToken,
    })),
  );
  return filters?.map(({ filterName = "", logGroupName = "", filterPattern = "", metricTransformations = [] }) => ({
    name: filterName,
    logGroup: logGroupName,
    region,
    pattern: filterPattern,
    metrics: metricTransformations.map(({ metricNamespace = "", metricName = "" }) => ({
      namespace: metricNamespace,
      name: metricName,
    })),
  }));
}

/** Every alarm of a region on one metric; others are never on a metric filter alone. */
export async function readAlarmFacts(reading: Reading, region: string): Promise<readonly AlarmFacts[] | undefined> {
  const alarms = await reading.attempt(`alarms in ${region}`, () =>
    reading.list(
      ADOPT_READS.alarms,
      { region, input: (NextToken) => ({ AlarmTypes: ["MetricAlarm" as const], NextToken }) },
      (answer) => ({ items: answer.MetricAlarms, next: answer.NextToken }),
    ),
  );
  return alarms?.map(({ AlarmName = "", Namespace = "", MetricName = "", AlarmActions = [] }) => ({
    name: AlarmName,
    region,
    namespace: Namespace,
    metric: MetricName,
    actions: AlarmActions,
  }));
}

/** Subscriptions of topics, by ARN; without those that were not read. */
export async function readSubscriptions(
  reading: Reading,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Subscriptions>> {
  const found = new Map<string, Subscriptions>();
  for (const TopicArn of arns) {
    const region = TopicArn.split(":")[3] ?? "";
    const subscriptions = await reading.attempt(`subscriptions of ${TopicArn}`, () =>
      reading.list(
        ADOPT_READS.subscriptions,
        { region, input: (NextToken) => ({ TopicArn, NextToken }) },
        (answer) => ({
          items: answer.Subscriptions,
          next: answer.NextToken,
        }),
      ),
    );
    if (subscriptions === undefined) continue;
    // Source: SNS API, ListSubscriptionsByTopic: this text in place of an ARN.
    const pending = subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn === "PendingConfirmation").length;
    found.set(TopicArn, { confirmed: subscriptions.length - pending, pending });
  }
  return found;
}

/** Rules of the default event bus, and the names of those for CloudTrail's events. */
export async function readRuleFacts(
  reading: Reading,
  region: string,
): Promise<{ readonly count: number; readonly ofCloudTrail: readonly string[] } | undefined> {
  const rules = await reading.attempt(`EventBridge rules in ${region}`, () =>
    reading.list(ADOPT_READS.rules, { region, input: (NextToken) => ({ NextToken }) }, (answer) => ({
      items: answer.Rules,
      next: answer.NextToken,
    })),
  );
  if (rules === undefined) return undefined;
  const ofCloudTrail = rules.filter(({ EventPattern = "" }) => / via CloudTrail"/.test(EventPattern));
  return { count: rules.length, ofCloudTrail: ofCloudTrail.flatMap(({ Name }) => Name ?? []) };
}
