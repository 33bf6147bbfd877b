import { ownNames } from "../../lib/naming/own-names";
import { KIND_OF_SEVERITY } from "../../lib/naming/alarm-description";
import { accountNamed, type Account, type Organization } from "../../organization/organization";
import { subscriptionsOf, type Subscription } from "../../organization/resolve/subscriptions";
import type { Mail, Mailbox } from "../mailbox/mailbox";
import type { Scenario } from "./scenario";

/** An alarm that must go off in the sandbox. */
export interface ExpectedAlarm {
  readonly account: Account;
  /** Id of the detection. */
  readonly detection: string;
}

/** A topic, by its account and name. */
export interface TopicPlace {
  /** The 12-digit id of its account. */
  readonly account: string;
  readonly name: string;
}

/** The alarms of a detection in the accounts of these names, as far as the organization has them. */
export function expectedIn(organization: Organization, names: readonly string[], detection: string): ExpectedAlarm[] {
  return names.flatMap((name) =>
    organization.accounts.filter((account) => account.name === name).map((account) => ({ account, detection })),
  );
}

/** The detection as it is on in the account; undefined when it is off. */
export function subscriptionTo({ account, detection }: ExpectedAlarm, of: Organization): Subscription | undefined {
  return subscriptionsOf(of, account).find((subscription) => subscription.detection.id === detection);
}

/** The alarm's name in its account. */
export function nameOfExpected({ account, detection }: ExpectedAlarm, { names }: Pick<Organization, "names">): string {
  return ownNames(names).alarmName(account.name, detection);
}

/** The topics that publish an alarm's message: the alert hub's, if there is one, and the account's own. */
function topicsOf(expected: ExpectedAlarm, organization: Organization): TopicPlace[] {
  const subscription = subscriptionTo(expected, organization);
  if (subscription === undefined) return [];
  const topic = KIND_OF_SEVERITY[subscription.severity] === "alert" ? "alerts" : "notices";
  const names = ownNames(organization.names);
  const own = { account: expected.account.id, name: names.accountTopicName(topic) };
  const { alertHub } = organization;
  if (alertHub === undefined) return [own];
  return [{ account: accountNamed(organization, alertHub.account).id, name: names.hubTopicName(topic) }, own];
}

/** The confirmation mails whose links must be followed for the mails of a scenario to arrive. */
export function neededMails(
  { expects, topics = () => [] }: Pick<Scenario, "expects" | "topics">,
  mailbox: Mailbox,
  organization: Organization,
): Mail[] {
  const reporting = expects(organization).flatMap((alarm) => topicsOf(alarm, organization));
  return confirmationMails(mailbox, [...reporting, ...topics(organization)]);
}

/** The first confirmation mail of each subscription to one of the topics. */
function confirmationMails(mailbox: Mailbox, topics: readonly TopicPlace[]): Mail[] {
  const first = new Map<string, Mail>();
  for (const mail of mailbox.messages()) {
    const subscription = mailbox.subscriptionOf(mail);
    if (subscription === undefined || first.has(subscription.subscriptionArn)) continue;
    const [account, name] = subscription.topicArn.split(":").slice(-2);
    if (topics.some((topic) => topic.account === account && topic.name === name))
      first.set(subscription.subscriptionArn, mail);
  }
  return [...first.values()];
}
