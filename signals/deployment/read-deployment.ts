import { PLAIN_NAMES } from "../../lib/naming/own-resources";
import type { DeployedAccount, Deployment } from "./deployment";
import { alertHubsOf, readAlertHub, readWebhooks } from "./read-alert-hub";
import {
  readAlarm,
  readAnomalyAlarm,
  readCompositeAlarm,
  readExistingTopic,
  readFilter,
  readSubscription,
} from "./read-alarm-path";
import { readLowestValueAlarm } from "./read-lowest-value-alarm";
import { readRule, readTrail } from "./read-feed";
import { readStacks } from "../../lib/terraform/read/read-stacks";
import { StackReader } from "../../lib/terraform/read/stack-reader";
import { DeploymentError, type Stack } from "../../lib/terraform/read/stack";
import { monitoredAccountOf } from "../../lib/naming/stack-ids";

export { DeploymentError };

const RULE = "aws_cloudwatch_event_rule";

/**
 * Reads what is deployed from `cdktf.out`, any folder of Terraform JSON, or plans in the format of `terraform show
 * -json`. What is unknown until apply is left out and named in the warnings.
 *
 * @throws DeploymentError for a path that holds no stacks, and naming each filter and alarm that CloudWatch would
 * refuse
 */
export function readDeployment(path: string): Deployment {
  const warnings: string[] = [];
  const refusals: string[] = [];
  const stacks = readStacks(path);
  const byAccount = new Map<string, Stack[]>();
  for (const stack of stacks) {
    if (stack.accountId === undefined) {
      if (Object.keys(stack.resources).length > 0) {
        warnings.push(`${stack.file}: the aws provider must name one account in 'allowed_account_ids'; left out`);
      }
    } else {
      byAccount.set(stack.accountId, [...(byAccount.get(stack.accountId) ?? []), stack]);
    }
  }
  const readerOf = (stack: Stack): StackReader => new StackReader(stack, warnings, refusals);
  const accounts = [...byAccount].map(([id, ofAccount]) => readAccount(id, ofAccount, ofAccount.map(readerOf)));
  const deployed = withAlertHubs(accounts, byAccount, readerOf);
  if (refusals.length > 0) throw new DeploymentError(refusals.join("\n"));
  return { accounts: deployed, warnings };
}

function readAccount(id: string, stacks: readonly Stack[], readers: readonly StackReader[]): DeployedAccount {
  const all = <T>(type: string, read: (reader: StackReader, name: string) => T | undefined): T[] =>
    readers.flatMap((reader) => reader.namesOf(type).flatMap((name) => read(reader, name) ?? []));

  return {
    id,
    name: accountName(stacks) ?? id,
    ...namesOfStacks(stacks),
    logGroups: all("aws_cloudwatch_log_group", (reader, name) => reader.text("aws_cloudwatch_log_group", name, "name")),
    trails: all("aws_cloudtrail", readTrail),
    rules: all(RULE, readRule),
    filters: all("aws_cloudwatch_log_metric_filter", readFilter),
    alarms: all("aws_cloudwatch_metric_alarm", readAlarm),
    anomalyAlarms: all("aws_cloudwatch_metric_alarm", readAnomalyAlarm),
    lowestValueAlarms: all("aws_cloudwatch_metric_alarm", readLowestValueAlarm),
    compositeAlarms: all("aws_cloudwatch_composite_alarm", readCompositeAlarm),
    subscriptions: [
      ...all("aws_sns_topic_subscription", readSubscription),
      // Several stacks of an account may notify the same topic.
      ...new Map(all("aws_sns_topic", readExistingTopic).map((topic) => [topic.topicArn, topic])).values(),
    ],
  };
}

/** Hubs are in other accounts, so they are known only after all accounts have been read. */
function withAlertHubs(
  accounts: readonly DeployedAccount[],
  stacksOf: ReadonlyMap<string, readonly Stack[]>,
  readerOf: (stack: Stack) => StackReader,
): readonly DeployedAccount[] {
  const hubs = accounts.flatMap(({ id, subscriptions }) =>
    (stacksOf.get(id) ?? []).map(readerOf).flatMap((reader) =>
      reader
        .namesOf(RULE)
        .flatMap((rule) => readAlertHub(reader, rule, id) ?? [])
        .map((hub) => ({ ...hub, subscriptions: [...subscriptions, ...readWebhooks(reader, hub.topics)] })),
    ),
  );
  if (hubs.length === 0) return accounts;
  return accounts.map((account) => ({ ...account, alertHubs: alertHubsOf(account, hubs) }));
}

/** Nothing for an installation without settings, and for stacks of others. */
function namesOfStacks(stacks: readonly Stack[]): Pick<DeployedAccount, "names"> {
  const names = stacks.map((stack) => stack.names).find((found) => found !== undefined);
  return names === undefined || names.prefix === PLAIN_NAMES.prefix ? {} : { names };
}

function accountName(stacks: readonly Stack[]): string | undefined {
  return stacks.map(({ id }) => monitoredAccountOf(id)).find((account) => account !== undefined);
}
