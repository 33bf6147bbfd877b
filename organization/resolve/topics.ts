import { endpointsOf } from "../../lib/naming/subscriber-kinds";
import { byObject } from "../../lib/support/by-object";
import type { Account, Organization } from "../organization";
import { TOPIC_NAMES, type Notifications, type NotifiedTopic } from "../schema/subscribers";

type Noticed = Pick<Organization, "accounts" | "alertHub" | "notifications">;

/** ARNs of the topics, of any account, that Trailwatch notifies and does not create; sorted. */
export const existingTopicsOf = byObject(({ accounts, notifications }: Noticed): readonly string[] => {
  const { alerts, notices = alerts } = notifications;
  return uniqueArns([{ alerts, notices }, ...accounts.map((account) => account.notifications)]);
});

/** Those that the account owns. */
export function existingTopicsIn(organization: Noticed, { id }: Pick<Account, "id">): string[] {
  return existingTopicsOf(organization).filter((topicArn) => topicArn.split(":")[4] === id);
}

/** Those among an account's two topics. */
export function existingAmong(notifications: Notifications): string[] {
  return uniqueArns([notifications]);
}

/** What the witness of an account notifies: the account's alerts; with a hub, the organization's if the account has none. */
export function witnessedBy({ notifications }: Noticed, account: Pick<Account, "notifications">): NotifiedTopic {
  const { alerts } = account.notifications;
  return alerts.existing === undefined && endpointsOf(alerts).length === 0 ? notifications.alerts : alerts;
}

function uniqueArns(all: readonly Notifications[]): string[] {
  const arns = all.flatMap((topics) => TOPIC_NAMES.flatMap((name) => topics[name].existing?.topicArn ?? []));
  return [...new Set(arns)].sort();
}
