import { accountNamed, type Organization } from "../../../organization/organization";
import type { Subscription } from "../../../organization/resolve/subscriptions";
import type { DetectionHistory, Evaluator } from "../../../signals";
import { compileSubscription } from "../../../stacks/compiled-detection";
import { watchedAccount } from "../../../stacks/watched-account";

/** Lists where a detection was evaluated by something other than its files, one line each. */
export function stalenessBy(
  evaluator: Evaluator,
  organization: Organization,
): (history: DetectionHistory, subscription: Subscription) => string[] {
  const filtersOf = new Map(evaluator.setup.deployment.accounts.map(({ name, filters }) => [name, filters]));

  const isSameCondition = ({ account: name, alarm }: DetectionHistory, subscription: Subscription): boolean => {
    const account = accountNamed(organization, name);
    const compiled = compileSubscription(subscription, account, watchedAccount(organization, account));
    const deployed = (filtersOf.get(name) ?? [])
      .filter(({ transformation: { metricName, metricNamespace } }) => {
        return metricName === alarm.metricName && metricNamespace === alarm.namespace;
      })
      .map(({ pattern }) => pattern);
    return deployed.sort().join("\n") === [...(compiled?.filterPatterns ?? [])].sort().join("\n");
  };

  return (history, subscription) => {
    const { account, detection, alarm, groups } = history;
    const { threshold, periodSeconds, evaluationPeriods } = subscription;
    const isSame =
      alarm.threshold === threshold &&
      alarm.periodSeconds === periodSeconds &&
      alarm.evaluationPeriods === evaluationPeriods;
    if (!isSame) {
      return [
        `${account}/${detection} is evaluated with ${alarm.threshold} in ${alarm.periodSeconds} s, but its file sets ` +
          `${threshold} in ${periodSeconds} s: run 'npx cdktf synth'`,
      ];
    }
    // Omits detections that never matched: their conditions change no result.
    if (groups.length === 0 || isSameCondition(history, subscription)) return [];
    return [`${account}/${detection} is evaluated with another condition than its files set: run 'npx cdktf synth'`];
  };
}
