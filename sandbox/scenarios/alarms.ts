import { ownNames } from "../../lib/naming/own-names";
import { SUBSCRIBER_KINDS } from "../../lib/naming/subscriber-kinds";
import type { Account, Organization } from "../../organization/organization";
import type { AlarmHop, HopEvent, SubscriberHop } from "../signal-path/hop-event";

/** Whether an alarm of an account, for one detection, goes off. */
export function goesOff(account: Account, detection: string): (hop: HopEvent) => hop is AlarmHop {
  return (hop): hop is AlarmHop =>
    hop.hop === "alarm" && hop.account === account.id && hop.metricName === detection && hop.to === "ALARM";
}

/** Whether a mail reports an alarm of an account, its own or the alert hub's, whether or not it is delivered. */
export function isSent(
  { names }: Pick<Organization, "names">,
  account: Account,
  detection: string,
): (hop: HopEvent) => hop is SubscriberHop {
  const { protocol } = SUBSCRIBER_KINDS.email;
  return (hop): hop is SubscriberHop =>
    hop.hop === "subscriber" &&
    hop.protocol === protocol &&
    hop.alarm === ownNames(names).alarmName(account.name, detection);
}
