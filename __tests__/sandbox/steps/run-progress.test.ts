import { ConfirmedSubscriptions } from "../../../sandbox/proxy/confirmed-subscriptions";
import { Mailbox } from "../../../sandbox/mailbox/mailbox";
import { RunProgress } from "../../../sandbox/steps/run-progress";
import type { HopEvent } from "../../../sandbox/signal-path/hop-event";
import { accountNamed } from "../../../organization/organization";
import { testOrganization } from "../../support/organization";

const organization = testOrganization();
const account = accountNamed(organization, "workloads");
const detection = "watched-secret-reads";
const alarm = `trailwatch-workloads-${detection}`;
const place = { account: account.id, region: "eu-west-1", at: 1, summary: "" };

function call(eventId: string, session: string): HopEvent {
  const arn = `arn:aws:sts::${account.id}:assumed-role/Developer/${session}`;
  return { ...place, hop: "API call", eventId, record: { userIdentity: { arn } } };
}
const recorded = (eventId: string): HopEvent => ({ ...place, hop: "CloudTrail", eventId });
const matched = (eventId: string, metricName: string): HopEvent => ({
  ...{ ...place, hop: "metric filter", eventId, filter: "f", metricName },
});
const raised: HopEvent = {
  ...{ ...place, hop: "alarm", alarm, metricName: detection, from: "OK", to: "ALARM", reason: "", actions: [] },
};
const sent = (delivered: boolean): HopEvent => ({
  ...{ ...place, hop: "subscriber", topicArn: "t", protocol: "email", endpoint: "a@example.com", alarm },
  ...{ delivered, reason: "the subscription is pending", subject: "s" },
});

function follow(...hops: readonly HopEvent[]) {
  return followFrom(new Set(), hops);
}

function followFrom(inAlarm: ReadonlySet<string>, hops: readonly HopEvent[]) {
  const mailbox = new Mailbox(new ConfirmedSubscriptions());
  mailbox.notify({ subscriptionArn: "s", topicArn: "t", address: "a@example.com" }, "ALARM", "text");
  const progress = new RunProgress([{ account, detection }], { organization, mailbox }, new Set(["alice"]), inAlarm);
  for (const hop of hops) progress.take(hop);
  const [view] = progress.view(60, new Set([alarm]));
  const reached = view?.stages.filter(({ reachedAt }) => reachedAt !== undefined).map(({ stage }) => stage);
  return { view, reached, isComplete: progress.isComplete, isRefused: progress.isRefused };
}

test("follows the actor's call from its record to the mail", () => {
  const steps = [call("1", "alice"), recorded("1"), matched("1", detection), raised, sent(true)];
  expect(follow(...steps.slice(0, 3)).reached).toEqual(["record written", "filter matched"]);
  const { view, reached, isComplete } = follow(...steps);
  expect(reached).toEqual(["record written", "filter matched", "alarm", "mail"]);
  expect(view).toMatchObject({ alarm, account: "workloads", severity: "high", isInAlarm: true, mail: 0 });
  expect(isComplete).toBe(true);
});

test("counts neither another caller's records nor another detection's matches", () => {
  const other = [call("1", "terraform"), recorded("1"), matched("1", detection)];
  expect(follow(...other, call("2", "alice"), matched("2", "root-use")).reached).toEqual([]);
});

test("says why no mail arrived", () => {
  const { view, isComplete, isRefused } = follow(raised, sent(false));
  expect(view?.problem).toBe("a@example.com: the subscription is pending");
  expect({ isComplete, isRefused }).toEqual({ isComplete: false, isRefused: true });
});

test("a subscriber that is not reached does not matter when another one is", () => {
  const { view, isComplete, isRefused } = follow(raised, sent(false), sent(true));
  expect(view?.problem).toBeUndefined();
  expect({ isComplete, isRefused }).toEqual({ isComplete: true, isRefused: false });
});

test("says at once why an alarm that is in ALARM already sends no mail", () => {
  const calls = [call("1", "alice"), recorded("1")];
  const { view, isRefused } = followFrom(new Set([alarm]), calls);
  expect(view?.problem).toBe(`${alarm} was in ALARM before, and only a change of its state notifies`);
  expect(isRefused).toBe(false);
  expect(follow(...calls).view?.problem).toBeUndefined();
});

test("expects each stage after AWS's delays, divided by the speed", () => {
  expect(follow().view?.stages.map(({ expectedSeconds }) => expectedSeconds)).toEqual([2, 2, 3, 3]);
});
