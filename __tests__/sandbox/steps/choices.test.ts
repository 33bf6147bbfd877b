import { Choices } from "../../../sandbox/steps/choices";
import { ConfirmedSubscriptions } from "../../../sandbox/proxy/confirmed-subscriptions";
import { Mailbox } from "../../../sandbox/mailbox/mailbox";
import { scenarioNamed } from "../../../sandbox/scenarios";
import type { Scenario } from "../../../sandbox/scenarios/scenario";
import type { Organization } from "../../../organization/organization";
import { AlarmEvaluator } from "../../../signals";
import { testOrganization } from "../../support/organization";

const HUB = { alertHub: { account: "log-archive" } };
const NO_ACTIONS = { alarmActions: [], okActions: [], insufficientDataActions: [] };
const ALARM = "trailwatch-workloads-watched-secret-reads";

function setUp(organization: Organization = testOrganization(), inAlarm: readonly string[] = [], prepared?: Scenario) {
  const mailbox = new Mailbox(new ConfirmedSubscriptions());
  mailbox.linkTo("http://127.0.0.1:4566");
  const signalPath = { alarms: () => inAlarm.map((name) => ({ name, state: "ALARM" })) };
  const subscribe = (account: string, topic: string): void => {
    const topicArn = `arn:aws:sns:eu-west-1:${account}:${topic}`;
    mailbox.requestConfirmation({ subscriptionArn: `${topicArn}:1`, topicArn, address: `${topic}@example.com` });
  };
  subscribe("222222222222", "trailwatch-alerts");
  subscribe("222222222222", "trailwatch-alert-hub-alerts");
  subscribe("222222222222", "trailwatch-alert-hub-notices");
  subscribe("333333333333", "trailwatch-alerts");
  subscribe("333333333333", "trailwatch-notices");
  // A second request for the same subscription.
  subscribe("333333333333", "trailwatch-alerts");
  const sandbox = { organization, mailbox, signalPath } as unknown as ConstructorParameters<typeof Choices>[0];
  const choices = new Choices(sandbox, prepared);
  const scenario = (id: string) => choices.view().scenarios.find((each) => each.id === id);
  return { mailbox, scenario, choices };
}

const confirm = (mailbox: Mailbox, mail: number): void => {
  mailbox.confirmToken(new URL(mailbox.messages()[mail]?.confirmLink ?? "").searchParams.get("token") ?? "");
};

test.each([
  ["the account's own topic", testOrganization(), [3]],
  ["the alert hub's topic and the account's own", testOrganization(HUB), [1, 3]],
  ["the topic of its severity", testOrganization({ detections: { "watched-secret-reads": { severity: "low" } } }), [4]],
])("read-secret needs the subscriptions to %s, each once", (_name, organization, needs) => {
  const { scenario } = setUp(organization);
  expect(scenario("read-secret")).toMatchObject({ needs, problem: undefined });
});

test("unconfirmed needs no confirmation, and is not possible after one", () => {
  const { scenario, mailbox } = setUp();
  expect(scenario("unconfirmed")).toMatchObject({ needs: [], problem: undefined });
  confirm(mailbox, 3);
  expect(scenario("unconfirmed")?.problem).toMatch(/^A subscription is confirmed already/);
});

test("does not run while the alarm is in ALARM", () => {
  const { scenario } = setUp(testOrganization(), [ALARM]);
  expect(scenario("read-secret")?.problem).toBe(
    `${ALARM} is in ALARM, and an alarm notifies only when its state changes. It returns to OK about 16 minutes after the last event.`,
  );
});

test("an alarm returns to OK as late as the page says", () => {
  const alarm = { statistic: "Sum", threshold: 3, comparison: "GreaterThanOrEqualToThreshold" } as const;
  const periods = { periodSeconds: 300, evaluationPeriods: 1, treatMissingData: "notBreaching" } as const;
  const evaluator = new AlarmEvaluator({ ...alarm, ...periods, ...NO_ACTIONS }, "OK");
  const minute = 60_000;
  const last = 20 * minute - 1;
  evaluator.add({ timestamp: last, value: 5 });
  const states = Array.from({ length: 20 }, (_, passed) => {
    evaluator.evaluate(evaluator.nextEvaluation(last + passed * minute));
    return evaluator.state;
  });
  expect(states.indexOf("OK")).toBeGreaterThan(14);
  expect(states.indexOf("OK")).toBeLessThanOrEqual(16);
});

test("while stacks are being deployed, only the scenario that the sandbox was started for can run", () => {
  const { scenario, choices } = setUp(undefined, [], scenarioNamed("read-secret"));
  choices.deploying = { done: 4, of: 8 };
  expect(scenario("read-secret")?.problem).toBeUndefined();
  expect(scenario("unconfirmed")?.problem).toBe("It needs all stacks, and 4 of 8 are deployed so far.");
  choices.deploying = undefined;
  expect(scenario("unconfirmed")?.problem).toBeUndefined();
});

test("a scenario with settings of its own requires a start for it, others their accounts", () => {
  const { scenario } = setUp();
  expect(scenario("noise")?.problem).toContain("`npm start -- --scenario noise`");
  expect(scenario("tamper")?.problem).toContain("requires an account 'workloads-production'");
  expect(scenarioNamed("noise")?.expects(testOrganization())).toEqual([]);
});
