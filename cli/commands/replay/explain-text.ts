import { counted } from "../../../lib/support/counted";
import {
  principalOf,
  stringField,
  type AlarmTally,
  type DeployedAccount,
  type ExplainedFeed,
  type ExplainedFilter,
  type Explanation,
  type Span,
} from "../../../signals";
import { principalName } from "../../../lib/naming/principal-name";
import { leading, plainText, type Line } from "../../../lib/support/print";
import { widthOf } from "../../../lib/support/terminal";

/** Columns of a pattern in a file or a pipe, and the least in a terminal. */
const WIDTH = 100;
const LEAST_WIDTH = 20;
const PATTERN_INDENT = 8;

/** The paths of events, each stated once however often it occurred. */
export function explanationsText(
  explanations: readonly Explanation[],
  options: { readonly everyFilter: boolean },
): Line[] {
  const texts = explanations.map((explanation) => explanationText(explanation, options));
  const groups = new Map<string, Line[][]>();
  for (const lines of texts) {
    const key = lines.map(plainText).join("\n");
    groups.set(key, [...(groups.get(key) ?? []), lines]);
  }
  return [...groups.values()].flatMap(([lines = [], ...others]) =>
    others.length === 0 ? lines : [{ dim: `${others.length + 1} × the same record:` }, ...lines],
  );
}

/** One event's path, hop by hop. Filters that were far from matching are only counted, unless all are requested. */
function explanationText({ event, feeds }: Explanation, { everyFilter }: { readonly everyFilter: boolean }): Line[] {
  const { json, eventId, region } = event.record;
  const what = `${stringField(json, "eventName") ?? "an event"} (${stringField(json, "eventSource") ?? "no source"})`;
  return [
    `${eventId ?? ""}  ${what}  by ${principalName(principalOf(event.record))}  ${stringField(json, "eventTime") ?? ""}  account ${event.account}  ${region}`,
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
    passed(`✓ ${name}: ${reason}`),
    `  ✓ log group ${feed.logGroup}: ${counted(filters.length, "metric filter")}, ${matched.length} matched`,
    ...matched.flatMap((filter) => filterText(filter, time)),
    ...near.flatMap((filter) => filterText(filter, time)),
    ...(far === 0 ? [] : [{ dim: `    ✗ ${far} filters match other events (--detection <id> shows one)` }]),
  ];
}

function passed(line: string): Line {
  return leading("good", line, "✓");
}

function filterText({ filter, matches, spans }: ExplainedFilter, time: number): Line[] {
  const { deployed, detection } = filter;
  const room = widthOf(process.stdout) - PATTERN_INDENT;
  const width = room === Infinity ? WIDTH : Math.max(LEAST_WIDTH, room);
  const pattern = underlined(deployed.pattern, spans, width).map((line) => " ".repeat(PATTERN_INDENT) + line);
  if (!matches)
    return [`    ✗ filter ${deployed.name}: stopped by the underlined part`, ...pattern.map((line) => ({ dim: line }))];
  const { metricNamespace, metricName } = deployed.transformation;
  return [
    passed(`    ✓ filter ${deployed.name}: matched by the underlined part`),
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

/** The pattern in lines that end after a space where there is one, each with a line of ^ below its marked spans. */
export function underlined(pattern: string, spans: readonly Span[], width = WIDTH): string[] {
  const marks = Array.from(pattern, (_character, at) =>
    spans.some(({ start, end }) => at >= start && at < end) ? "^" : " ",
  );
  const lines: string[] = [];
  let at = 0;
  while (at < pattern.length) {
    const full = at + width;
    const space = full < pattern.length ? pattern.lastIndexOf(" ", full - 1) : -1;
    const end = space > at ? space + 1 : full;
    lines.push(pattern.slice(at, end).trimEnd());
    const below = marks.slice(at, end).join("").trimEnd();
    if (below !== "") lines.push(below);
    at = end;
  }
  return lines;
}
