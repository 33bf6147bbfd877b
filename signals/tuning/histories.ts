import type { DeployedAccount, DeployedAlarm } from "../deployment/deployment";
import { NUMBER } from "../../lib/patterns/filter-pattern/operand";
import type { MinuteSet } from "../metrics/minute-set";
import type { Evaluator } from "../replay/evaluation/evaluator";
import { minutesOf } from "./metric-minutes";
import type { DetectionHistory } from "./measured-detection";

/** A detection for whose alarm no thresholds are tried. */
export interface Untunable {
  readonly account: string;
  readonly detection: string;
  readonly why: string;
}

/** An evaluator of records, or of counts per minute. With counts, the principals are unknown. */
export type RecordingEvaluator = Pick<Evaluator, "feeds" | "detections" | "matches">;

/** The history of each detection that can be tuned, and the detections that cannot. */
export function historiesOf(evaluator: RecordingEvaluator): {
  readonly histories: readonly DetectionHistory[];
  readonly untunable: readonly Untunable[];
} {
  const minutes = new Map<MinuteSet, Int32Array>();
  const zerosOf = (sets: ReadonlySet<MinuteSet>): Int32Array => {
    const [only] = sets;
    if (only === undefined || sets.size > 1) return minutesOf(sets);
    // Many detections share the minutes of one log group.
    const known = minutes.get(only) ?? minutesOf(sets);
    minutes.set(only, known);
    return known;
  };

  // An organization trail also brings other accounts' records.
  const days = new Map<DeployedAccount, number>();
  const daysOf = (account: DeployedAccount): number => {
    const feeds = evaluator.feeds.filter(({ feed }) => feed.account === account);
    const known = days.get(account) ?? evaluator.matches.daysOf((id) => feeds.some(({ feed }) => feed.mayTake(id)));
    days.set(account, known);
    return known;
  };

  const histories: DetectionHistory[] = [];
  const untunable: Untunable[] = [];
  for (const [number, { account, id, tallies }] of evaluator.detections.entries()) {
    const [tally] = tallies;
    const why = tally === undefined ? whyNoAlarm(account, id) : whyNot(account, tally.alarm, tallies.length);
    if (tally === undefined || why !== undefined) {
      untunable.push({ account: account.name, detection: id, why: why ?? "" });
      continue;
    }
    const groups = evaluator.matches.groupsOf(number);
    histories.push({
      account: account.name,
      detection: id,
      alarm: tally.alarm,
      groups,
      zeros: groups.length === 0 ? new Int32Array() : zerosOf(tally.zeroMinuteSets),
      wanted: evaluator.matches.wantedOf(number),
      days: daysOf(account),
    });
  }
  return { histories, untunable };
}

function whyNoAlarm({ anomalyAlarms = [] }: DeployedAccount, id: string): string {
  const learns = anomalyAlarms.some(({ metricName }) => metricName === id);
  return learns ? "AWS's anomaly detection evaluates its alarm" : "it has no alarm on a static threshold";
}

/** Why an alarm's threshold cannot be tuned; undefined: it can. */
function whyNot({ filters }: DeployedAccount, alarm: DeployedAlarm, alarms: number): string | undefined {
  if (alarms > 1) return "its metric has several alarms";
  if (alarm.comparison !== "GreaterThanOrEqualToThreshold" || alarm.treatMissingData !== "notBreaching") {
    return "its alarm waits for events that fail to come";
  }
  const values = filters
    .map(({ transformation }) => transformation)
    .filter(
      ({ metricName, metricNamespace }) => metricName === alarm.metricName && metricNamespace === alarm.namespace,
    );
  const counts = values.every(
    ({ metricValue, defaultValue = 0, dimensions }) =>
      NUMBER.test(metricValue) && Number(metricValue) > 0 && defaultValue === 0 && dimensions === undefined,
  );
  // As long as one event reaches the threshold, the maximum of the events reaches it when their sum does.
  const oneReaches = values.every(({ metricValue }) => Number(metricValue) >= alarm.threshold);
  const sums = alarm.statistic === "Sum" || (alarm.statistic === "Maximum" && oneReaches);
  const isPlain = alarm.dimensions === undefined && alarm.periodSeconds % 60 === 0;
  return counts && sums && isPlain ? undefined : "its alarm is on something other than a number of events";
}
