import type { Feed } from "../../lib/naming/feeds";
import type { Organization } from "../../organization/organization";
import { type ExpectedAlarm, subscriptionTo } from "../scenarios/expected-alarm";

type Target = (organization: Organization) => ExpectedAlarm | undefined;

/** The management account, where a single event raises the detection's alarm. */
export function inManagement(detection: string): Target {
  return (organization) => first(organization, detection, (role) => role === "management");
}

/** The first member account in which a single event raises the detection's alarm, with this feed if one is given. */
export function inMember(detection: string, ofFeed?: Feed): Target {
  return (organization) =>
    // Events arrive fastest over the event bus.
    ["event-bus" as const, undefined]
      .filter((feed) => ofFeed === undefined || feed === ofFeed)
      .map((feed) => first(organization, detection, (role, own) => role === "member" && (!feed || own === feed)))
      .find((target) => target !== undefined);
}

function first(
  organization: Organization,
  detection: string,
  isSuitable: (role: string, feed: Feed) => boolean,
): ExpectedAlarm | undefined {
  return organization.accounts
    .filter(({ role, feed }) => isSuitable(role, feed))
    .map((account) => ({ account, detection }))
    .find((expected) => {
      const subscription = subscriptionTo(expected, organization);
      return subscription?.threshold === 1 && subscription.alarm.kind === "static-threshold";
    });
}

/** The thing that an action is done to. @throws Error when there is none */
export function found<T>(thing: T | undefined, problem: string): T {
  if (thing !== undefined) return thing;
  throw new Error(problem);
}
