import { ownNames } from "../../lib/naming/own-names";
import type { AccountFacts, AlarmFacts, FilterFacts, Subscriptions } from "../facts";
import { recognized, recognizedControl, type KnownPatterns, type Recognized } from "./recognize";

/** A metric filter of others that counts events of a detection. */
export interface Duplicate extends Recognized {
  readonly account: string;
  /** Whether the detection is on in the account: both then notify. */
  readonly isOn: boolean;
  readonly filter: FilterFacts;
  readonly alarms: readonly DuplicateAlarm[];
}

export interface DuplicateAlarm {
  readonly name: string;
  readonly region: string;
  /** Topics that it notifies; `subscriptions` is undefined where they were not read. */
  readonly topics: readonly { readonly arn: string; readonly subscriptions: Subscriptions | undefined }[];
}

/**
 * The filters of an account that others created and that count what a detection counts.
 *
 * @param deployed patterns that the account's stack deploys, by detection
 * @param on ids of the detections that are on
 */
export function duplicatesIn(
  account: AccountFacts,
  deployed: readonly KnownPatterns[],
  on: ReadonlySet<string>,
): Duplicate[] {
  const { name, alarms = [], subscriptions } = account;
  return filtersOfOthers(account).flatMap((filter): Duplicate[] => {
    const own = alarms.filter((alarm) => isOn(alarm, filter));
    // Where pack cis is off, the controls are recognized all the same.
    const found = recognized(filter.pattern, deployed) ?? recognizedControl(filter.pattern);
    if (found === undefined) return [];
    return [
      {
        ...found,
        account: name,
        isOn: on.has(found.detection),
        filter,
        alarms: own.map(({ name: alarm, region, actions }) => ({
          name: alarm,
          region,
          topics: actions
            .filter((arn) => /^arn:[^:]+:sns:/.test(arn))
            .map((arn) => ({ arn, subscriptions: subscriptions.get(arn) })),
        })),
      },
    ];
  });
}

function isOn({ region, namespace, metric }: AlarmFacts, filter: FilterFacts): boolean {
  return (
    region === filter.region &&
    filter.metrics.some((written) => written.namespace === namespace && written.name === metric)
  );
}

/** The metric filters of an account that Trailwatch did not deploy. */
export function filtersOfOthers(account: AccountFacts): FilterFacts[] {
  const { filters = [], alarms = [] } = account;
  return filters.filter(
    (filter) =>
      !isOwn(
        account,
        filter,
        alarms.filter((alarm) => isOn(alarm, filter)),
      ),
  );
}

/** Whether Trailwatch deployed the filter: filters have no tags, but their alarm or log group has. */
function isOwn({ names, ownNamed }: AccountFacts, { logGroup }: FilterFacts, alarms: readonly AlarmFacts[]): boolean {
  const own = new Set(ownNamed.filter(({ isOwn: tagged }) => tagged === true).map(({ name }) => name));
  if (alarms.some(({ name }) => own.has(name))) return true;
  return (
    (logGroup.startsWith(`/${ownNames(names).folder}`) || logGroup.startsWith(ownNames(names).eventsLogGroup)) &&
    own.has(logGroup)
  );
}
