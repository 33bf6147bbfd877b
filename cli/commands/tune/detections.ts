import type { Severity } from "../../../detections/detection";
import type { LoadedOrganization } from "../../../organization/load";
import { subscriptionsOf, type Subscription } from "../../../organization/resolve/subscriptions";
import {
  historiesOf,
  tuneDetection,
  type DetectionHistory,
  type DetectionTuning,
  type Evaluator,
  type Label,
  type Untunable,
} from "../../../signals";
import type { Budget } from "./budget";
import { stalenessBy } from "./staleness";

/** A detection's tuning, and how important the detection is. */
export interface SubscriptionTuning {
  readonly severity: Severity;
  readonly history: DetectionHistory;
  readonly tuning: DetectionTuning;
}

export interface Tuning {
  readonly totals: Evaluator["totals"];
  readonly detections: readonly SubscriptionTuning[];
  readonly untunable: readonly Untunable[];
  /** Labels of events that match nothing, or are not among the records. */
  readonly unknownLabels: readonly Label[];
  /** Labels with a known event or time that raise no alarm now. */
  readonly silentLabels: readonly Label[];
  /** Where the deployment differs from the accounts folder, one line each. */
  readonly stale: readonly string[];
}

export interface TuneOptions {
  readonly budget: Budget;
  readonly labels: readonly Label[];
  /** Ids of ignore entries. */
  readonly chosen: ReadonlySet<string>;
}

/** Tunes every detection that has an evaluated history and belongs to the organization. */
export function tuneDetections(
  evaluator: Evaluator,
  { organization }: LoadedOrganization,
  options: TuneOptions,
): Tuning {
  const { histories, untunable } = historiesOf(evaluator);
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
  const alarmsOf = (histories: readonly { account: string; detection: string }[]): Set<string> =>
    new Set(histories.map(({ account, detection }) => `${account}/${detection}`));
  const matched = new Map<string, Set<string>>();
  for (const { account, detection, wanted } of histories) {
    for (const { eventId } of wanted)
      matched.set(eventId, (matched.get(eventId) ?? new Set()).add(`${account}/${detection}`));
  }
  // A detection that was not selected stays unchanged.
  const selected = alarmsOf([...histories, ...untunable]);
  const labels = options.labels.filter(
    ({ alarm }) => alarm === undefined || selected.has(`${alarm.account}/${alarm.detection}`),
  );
  const stalenessOf = stalenessBy(evaluator, organization);
  const isUnknown = ({ alarm, eventId }: Label): boolean => {
    if (eventId === undefined) return false;
    const by = matched.get(eventId);
    return by === undefined || (alarm !== undefined && !by.has(`${alarm.account}/${alarm.detection}`));
  };
  return {
    totals: evaluator.totals,
    detections,
    untunable,
    unknownLabels: labels.filter(isUnknown),
    silentLabels: labels.filter((label) => !isUnknown(label) && !kept.has(label.text)),
    stale: known.flatMap(({ history, subscription }) => stalenessOf(history, subscription)),
  };
}

function tuned(history: DetectionHistory, subscription: Subscription, options: TuneOptions): DetectionTuning {
  const { detection, severity } = subscription;
  const isVerbatim = "patterns" in detection;
  return tuneDetection(history, {
    budgetPerWeek: options.budget[severity],
    // Where one event is enough, a higher threshold would miss the next one; checkers' patterns cannot be tuned
    // otherwise.
    mayRaise: isVerbatim || history.alarm.threshold > 1,
    isVerbatim,
    mayIgnore: !isVerbatim,
    defaultThreshold: detection.threshold,
    labels: options.labels,
    chosen: options.chosen,
  });
}
