import type { Severity } from "../detections/detection";
import type { LoadedOrganization } from "../organization/load";
import { subscriptionsOf, type Subscription } from "../organization/subscriptions";
import {
  historiesOf,
  tuneDetection,
  type DetectionHistory,
  type DetectionTuning,
  type Judge,
  type Label,
  type Untunable,
} from "../signals";
import type { Budget } from "./tune-budget";

/** A detection's tuning, and how much the detection matters. */
export interface TunedDetection {
  readonly severity: Severity;
  readonly history: DetectionHistory;
  readonly tuning: DetectionTuning;
}

export interface Tuning {
  readonly totals: Judge["totals"];
  readonly detections: readonly TunedDetection[];
  readonly untunable: readonly Untunable[];
  /** Labels of events that match nothing, or are not among the records. */
  readonly unknownLabels: readonly Label[];
  /** Labels whose event or time is known, and where no alarm is on now. */
  readonly silentLabels: readonly Label[];
  /** Where what is deployed is not what the accounts folder says, a line each. */
  readonly stale: readonly string[];
}

export interface TuneOptions {
  readonly budget: Budget;
  readonly labels: readonly Label[];
  /** Ids of entries to ignore. */
  readonly chosen: ReadonlySet<string>;
}

/** Tunes every detection that a judge has a history of, and that the organization knows. */
export function tuneDetections(judge: Judge, { organization }: LoadedOrganization, options: TuneOptions): Tuning {
  const { histories, untunable } = historiesOf(judge);
  const subscriptions = new Map(
    organization.accounts.flatMap((account) =>
      subscriptionsOf(organization, account).map((subscription) => [
        `${account.name}/${subscription.detection.id}`,
        subscription,
      ]),
    ),
  );
  const known = histories.flatMap((history) => {
    const subscription = subscriptions.get(`${history.account}/${history.detection}`);
    return subscription === undefined ? [] : [{ history, subscription }];
  });
  const detections = known.map(({ history, subscription }) => ({
    severity: subscription.severity,
    history,
    tuning: tuned(history, subscription, options),
  }));
  const kept = new Set(detections.flatMap(({ tuning }) => tuning.incidents.map(({ label }) => label)));
  const matched = new Set(histories.flatMap(({ wanted }) => wanted.map(({ eventId }) => eventId)));
  const isUnknown = ({ eventId }: Label): boolean => eventId !== undefined && !matched.has(eventId);
  return {
    totals: judge.totals,
    detections,
    untunable,
    unknownLabels: options.labels.filter(isUnknown),
    silentLabels: options.labels.filter((label) => !isUnknown(label) && !kept.has(label.text)),
    stale: known.flatMap(({ history, subscription }) => staleness(history, subscription)),
  };
}

function tuned(history: DetectionHistory, subscription: Subscription, options: TuneOptions): DetectionTuning {
  const { detection, severity } = subscription;
  const isFrozen = "patterns" in detection;
  return tuneDetection(history, {
    budgetPerWeek: options.budget[severity],
    // Where one event is enough, more would let the next one pass in silence; checkers' patterns have no other way.
    mayRaise: isFrozen || history.alarm.threshold > 1,
    mayIgnore: !isFrozen,
    defaultThreshold: detection.threshold,
    labels: options.labels,
    chosen: options.chosen,
  });
}

function staleness({ account, detection, alarm }: DetectionHistory, subscription: Subscription): string[] {
  const { threshold, periodSeconds, evaluationPeriods } = subscription;
  const isSame =
    alarm.threshold === threshold &&
    alarm.periodSeconds === periodSeconds &&
    alarm.evaluationPeriods === evaluationPeriods;
  if (isSame) return [];
  return [
    `${account}/${detection} is judged with ${alarm.threshold} in ${alarm.periodSeconds} s, while its file says ` +
      `${threshold} in ${periodSeconds} s: run 'npx cdktf synth'`,
  ];
}
