import { counted } from "../../../lib/support/counted";
import {
  stringField,
  type AlarmTally,
  type DeployedAccount,
  type ExplainedFeed,
  type ExplainedFilter,
  type Explanation,
  type Span,
} from "../../../signals";
import type { Line } from "../../../lib/support/print";

/** Wide enough for most clauses, narrow enough for most terminals. */
const WIDTH = 100;

/** One event's path, hop by hop. Filters that were far from matching are only counted, unless all are requested. */
export function explanationText(
  { event, feeds }: Explanation,
  { everyFilter }: { readonly everyFilter: boolean },
): Line[] {
  const { json, eventId, region } = event.record;
  const what = `${stringField(json, "eventName") ?? "an event"} (${stringField(json, "eventSource") ?? "no source"})`;
  return [
    `${eventId ?? ""}  ${what}  ${stringField(json, "eventTime") ?? ""}  account ${event.account}  ${region}`,
    ...feeds.flatMap((feed) => feedText(feed, event.record.time, everyFilter)),
  ];
}

function feedText(explained: ExplainedFeed, time: number, everyFilter: boolean): Line[] {
  const { feed, name, passes, reason, filters } = explained;
  if (!passes) return [{ dim: `✗ ${name}: ${reason}` }];
  const matched = filters.filter(({ matches }) => matches);
  const stopped = filters.filter(({ matches }) => !matches);
  const near = stopped.filter(({ isNear }) => everyFilter || isNear);
  const far = stopped.length - near.length;
  return [
    `✓ ${name}: ${reason}`,
    `  ✓ log group ${feed.logGroup}: ${counted(filters.length, "metric filter")}, ${matched.length} matched`,
    ...matched.flatMap((filter) => filterText(filter, time)),
    ...near.flatMap((filter) => filterText(filter, time)),
    ...(far === 0 ? [] : [{ dim: `    ✗ ${far} filters match other events (--detection <id> shows one)` }]),
  ];
}

function filterText({ filter, matches, spans }: ExplainedFilter, time: number): Line[] {
  const { deployed, detection } = filter;
  const pattern = underlined(deployed.pattern, spans).map((line) => `        ${line}`);
  if (!matches) return [`    ✗ filter ${deployed.name}: stopped by the underlined part`, ...pattern];
  const { metricNamespace, metricName } = deployed.transformation;
  return [
    `    ✓ filter ${deployed.name}: matched by the underlined part`,
    ...pattern,
    `      ✓ metric ${metricNamespace}/${metricName}`,
    ...detection.tallies.flatMap((tally) => alarmText(tally, detection.account, time)),
  ];
}

function alarmText(tally: AlarmTally, { subscriptions }: DeployedAccount, time: number): Line[] {
  const { alarm } = tally;
  const raised = tally.raisedBy(time);
  const rule = `${alarm.statistic} ${alarm.comparison} ${alarm.threshold} in ${alarm.periodSeconds} s`;
  const periods = alarm.evaluationPeriods === 1 ? "" : `, ${alarm.evaluationPeriods} times in a row`;
  if (raised === undefined) return [`      ✗ alarm ${alarm.name}: ${rule}${periods}; not raised by the records given`];
  return [
    `      ✓ alarm ${alarm.name}: ${rule}${periods}; in ALARM since ${new Date(raised.at).toISOString()}`,
    ...raised.actions.flatMap((topicArn) => [
      `        ✓ topic ${topicArn}`,
      ...subscriptions
        .filter((subscription) => subscription.topicArn === topicArn)
        .map(({ protocol, endpoint }) => `          ✓ ${protocol} ${endpoint}`),
    ]),
  ];
}

/** The pattern in lines, each with a line of ^ below its marked spans. */
export function underlined(pattern: string, spans: readonly Span[]): string[] {
  const marks = Array.from(pattern, (_character, at) =>
    spans.some(({ start, end }) => at >= start && at < end) ? "^" : " ",
  );
  const lines: string[] = [];
  for (let at = 0; at < pattern.length; at += WIDTH) {
    lines.push(pattern.slice(at, at + WIDTH));
    const below = marks
      .slice(at, at + WIDTH)
      .join("")
      .trimEnd();
    if (below !== "") lines.push(below);
  }
  return lines;
}
