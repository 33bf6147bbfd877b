import type { DeployedAccount, Deployment } from "../deployment/deployment";
import { conditionWords } from "./condition-words";
import { alarmsOf, watchedBy, type ComparedDetection } from "./watched";

/** One change, and every account in which it is identical. */
export interface DeployedChange {
  /** Id of the detection; for `subscribers` the name of the topic. */
  readonly detection: string;
  readonly kind: "added" | "removed" | "changed" | "subscribers";
  /** In words, such as `threshold 10 -> 20`. */
  readonly details: readonly string[];
  /** Names of accounts, sorted. */
  readonly accounts: readonly string[];
}

/** The differences between two deployments in what they detect and whom they notify. */
export interface DetectionChanges {
  readonly changes: readonly DeployedChange[];
  /** Accounts that are newly watched, or no longer watched, with their number of detections. */
  readonly accountsAdded: readonly AccountOfDetections[];
  readonly accountsRemoved: readonly AccountOfDetections[];
}

export interface AccountOfDetections {
  readonly account: string;
  readonly detections: number;
}

/**
 * The detections whose meaning changed between two deployments; an identical change in many accounts is listed once.
 */
export function detectionChanges(before: Deployment, after: Deployment): DetectionChanges {
  const [older, newer] = [watchedAccounts(before), watchedAccounts(after)];
  const groups = new Map<string, { change: Omit<DeployedChange, "accounts">; accounts: string[] }>();
  for (const account of newer.values()) {
    const former = older.get(account.id);
    if (former === undefined) continue;
    for (const change of changesIn(former, account)) {
      const key = JSON.stringify(change);
      const group = groups.get(key) ?? { change, accounts: [] };
      group.accounts.push(account.name);
      groups.set(key, group);
    }
  }
  return {
    changes: [...groups.values()]
      .map(({ change, accounts }) => ({ ...change, accounts: accounts.sort() }))
      .sort((a, b) => order(a.detection, b.detection) || b.accounts.length - a.accounts.length),
    accountsAdded: alone(newer, older),
    accountsRemoved: alone(older, newer),
  };
}

type Change = Omit<DeployedChange, "accounts">;

function changesIn(before: DeployedAccount, after: DeployedAccount): Change[] {
  const [older, newer] = [watchedBy(before), watchedBy(after)];
  const changes: Change[] = [];
  for (const [id, detection] of newer) {
    const former = older.get(id);
    if (former === undefined) changes.push({ detection: id, kind: "added", details: settingsOf(detection) });
    else {
      const details = detailsOf(former, detection);
      if (details.length > 0) changes.push({ detection: id, kind: "changed", details });
    }
  }
  for (const id of older.keys()) {
    if (!newer.has(id)) changes.push({ detection: id, kind: "removed", details: [] });
  }
  return [...changes, ...subscriberChanges(before, after)];
}

function detailsOf(before: ComparedDetection, after: ComparedDetection): string[] {
  const condition = conditionWords(before.condition, after.condition);
  const isSame = JSON.stringify(before.patterns) === JSON.stringify(after.patterns);
  return [
    ...differences(before.settings, after.settings),
    ...(condition.length > 0 || isSame ? condition : ["condition: the same parts, put together otherwise"]),
  ];
}

function differences(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string[] {
  return Object.entries(after).flatMap(([name, value]) =>
    before[name] === value ? [] : [`${name} ${before[name] ?? "none"} -> ${value}`],
  );
}

function settingsOf({ settings: { severity, threshold, period } }: ComparedDetection): string[] {
  return [`severity ${severity}`, `threshold ${threshold}`, `period ${period}`];
}

/** Changes of a topic's subscribers. */
function subscriberChanges(before: DeployedAccount, after: DeployedAccount): Change[] {
  const [older, newer] = [subscribers(before), subscribers(after)];
  return [...new Set([...older.keys(), ...newer.keys()])].sort().flatMap((topic) => {
    const [left, right] = [older.get(topic) ?? [], newer.get(topic) ?? []];
    const details = [
      ...right.filter((one) => !left.includes(one)).map((one) => `now notifies ${one}`),
      ...left.filter((one) => !right.includes(one)).map((one) => `no longer notifies ${one}`),
    ];
    return details.length === 0 ? [] : [{ detection: topic, kind: "subscribers" as const, details }];
  });
}

function subscribers(account: DeployedAccount): Map<string, string[]> {
  const byTopic = new Map<string, string[]>();
  for (const { topicArn, endpoint } of account.subscriptions) {
    const topic = topicArn.split(":").at(-1) ?? topicArn;
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), endpoint].sort());
  }
  return byTopic;
}

/** Keyed by id: an account that gets another name is the same account. */
function watchedAccounts({ accounts }: Deployment): Map<string, DeployedAccount> {
  return new Map(accounts.filter((account) => alarmsOf(account).length > 0).map((account) => [account.id, account]));
}

function alone(
  these: ReadonlyMap<string, DeployedAccount>,
  others: ReadonlyMap<string, DeployedAccount>,
): AccountOfDetections[] {
  return [...these.values()]
    .filter(({ id }) => !others.has(id))
    .map((account) => ({ account: account.name, detections: alarmsOf(account).length }))
    .sort((a, b) => order(a.account, b.account));
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
