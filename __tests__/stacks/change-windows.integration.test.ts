import { accountNamed } from "../../organization/organization";
import { AccountMonitoringStack } from "../../stacks/account-monitoring-stack";
import { AlertHubStack } from "../../stacks/alert-hub-stack";
import { compileEventPattern } from "../../signals";
import { alarmEvent, compositeEvent } from "../support/alarm-events";
import { testOrganization, type OrganizationChanges } from "../support/organization";
import { named, policyOf, resourceOf, resourcesOf, statementOf, synthApp, testApp } from "../support/synth";

const ALARM = "aws_cloudwatch_metric_alarm";
const COMPOSITE = "aws_cloudwatch_composite_alarm";
const WINDOW = "trailwatch-workloads-change-window";
/** One of each kind: tuned, of pack guard, in a checker's words. */
const TUNED = "trailwatch-workloads-kms-key-disabled";
const GUARD = "trailwatch-workloads-alarm-changed";
const CIS = "trailwatch-workloads-cis-4-3-root-user-usage";

function synth(changes: OrganizationChanges) {
  const organization = testOrganization({
    alertHub: { account: "log-archive" },
    ...changes,
    accounts: { ...changes.accounts, workloads: { packs: ["access", "guard", "cis"], ...changes.accounts?.workloads } },
  });
  const { alertHub } = organization;
  const app = testApp();
  if (alertHub !== undefined) new AlertHubStack(app, "alert-hub", { organization, alertHub });
  const account = accountNamed(organization, "workloads");
  new AccountMonitoringStack(app, "monitoring", { organization, account, archiveKeyArn: "key" });
  return synthApp(app);
}

const off = synth({});
const on = synth({ changeWindows: true });
const member = named(on, "monitoring");

const alarm = (name: string) => resourceOf(member, ALARM, { alarm_name: name });

test("without the setting, with 'false' in an account, and in the local AWS there are no change windows", () => {
  // The hub's table has the alarms of windows in any case.
  expect(JSON.stringify(off)).not.toMatch(/-change-window|trailwatch-raised|-signal|composite_alarm/);
  const no = synth({ changeWindows: true, accounts: { workloads: { changeWindows: false } } });
  expect(named(no, "monitoring")).toEqual(named(off, "monitoring"));
  expect(synth({ changeWindows: true, localAws: true })).toEqual(synth({ localAws: true }));
});

test("a tuned alarm notifies through a composite alarm of its name, which is suppressed while a window is open", () => {
  expect(resourceOf(member, COMPOSITE, { alarm_name: TUNED })).toMatchObject({
    alarm_rule: expect.stringMatching(
      /^ALARM\("\$\{aws_cloudwatch_metric_alarm\..*kms-key-disabled.*alarm_name\}"\)$/,
    ) as string,
    actions_enabled: true,
    alarm_description: alarm(`${TUNED}-signal`).alarm_description,
    alarm_actions: [expect.stringMatching(/aws_sns_topic_policy\.(alerts|notices)_/)],
    actions_suppressor: {
      alarm: expect.stringMatching(/aws_cloudwatch_composite_alarm\.change-window_/) as string,
      wait_period: 60,
      extension_period: 1200,
    },
  });
});

test("its metric alarm keeps an action for compliance checkers, on a topic with a queue", () => {
  expect(alarm(`${TUNED}-signal`).alarm_actions).toEqual([expect.stringMatching(/aws_sns_topic_policy\.raised_/)]);
  const queue = policyOf(
    resourcesOf(member, "aws_sqs_queue_policy").find(({ policy }) => String(policy).includes("kept-messages")) ?? {},
  );
  expect(JSON.stringify(statementOf(queue, "AllowTopics").Condition)).toContain("raised");
  expect(resourcesOf(member, "aws_sns_topic").map(({ name }) => name)).toContain("trailwatch-raised");
});

test.each([GUARD, CIS])("%s is the same as without change windows", (name) => {
  expect(alarm(name)).toEqual(resourceOf(named(off, "monitoring"), ALARM, { alarm_name: name }));
});

test("the queue also exists without a hub", () => {
  const alone = named(synth({ changeWindows: true, alertHub: undefined }), "monitoring");
  expect(resourcesOf(alone, "aws_sqs_queue").map(({ name }) => name)).toContain("trailwatch-kept-messages");
});

describe("the window", () => {
  test("ends by itself, after five minutes without a value", () => {
    expect(alarm(`${WINDOW}-open`)).toMatchObject({
      namespace: "Trailwatch/ChangeWindows",
      metric_name: "open",
      period: 60,
      evaluation_periods: 5,
      datapoints_to_alarm: 1,
      treat_missing_data: "notBreaching",
    });
  });

  test("cannot be kept open, not even by sparse values", () => {
    const { period, evaluation_periods, datapoints_to_alarm } = alarm(`${WINDOW}-too-long`);
    // Of a day, which is the most that CloudWatch takes: leaving out some half hours does not help.
    expect([Number(period) * Number(evaluation_periods), datapoints_to_alarm]).toEqual([24 * 60 * 60, 5]);
    // Longer than a window and what follows it: who leaves a whole period out lets alarms speak.
    expect(period).toBeGreaterThan(5 * 60 + 1200);
    expect(resourceOf(member, COMPOSITE, { alarm_name: WINDOW }).alarm_rule).toMatch(
      /^ALARM\("\$\{.*open.*\}"\) AND NOT ALARM\("\$\{.*too-long.*\}"\)$/,
    );
  });

  test.each(["open", "too-long"])("notifies when it is %s", (which) => {
    expect(alarm(`${WINDOW}-${which}`)).toMatchObject({
      actions_enabled: true,
      alarm_description: expect.stringMatching(/^.* alert\)\n/) as string,
      alarm_actions: [expect.stringMatching(/aws_sns_topic_policy\.alerts_/)],
    });
  });
});

describe("the hub is notified once", () => {
  const patternOf = (stacks: typeof on, name: "alert-hub" | "monitoring") => {
    const rule = resourcesOf(named(stacks, name), "aws_cloudwatch_event_rule").find(({ event_pattern: pattern }) =>
      String(pattern).includes("CloudWatch Alarm State Change"),
    );
    return compileEventPattern(String(rule?.event_pattern));
  };
  const arn = "arn:aws:cloudwatch:eu-west-1:333333333333:alarm:trailwatch-workloads-root-use-signal";
  const windowArn = `arn:aws:cloudwatch:eu-west-1:333333333333:alarm:${WINDOW}`;
  const before = (state: object, previous: object) => {
    const event = compositeEvent(state);
    return { ...event, detail: { ...event.detail, previousState: { value: "ALARM", ...previous } } };
  };
  const by = (actionsSuppressedBy: string) => ({ actionsSuppressedBy });

  test.each<[string, object, boolean]>([
    ["an alarm that is never quiet", alarmEvent(), true],
    ["the alarm below a composite alarm", alarmEvent({ event: { resources: [arn] } }), false],
    ["a window that opens", alarmEvent({ event: { resources: [`${windowArn}-open`] } }), true],
    ["the composite alarm above it", alarmEvent({ event: { resources: [windowArn] } }), false],
    ["a composite alarm that waits for its suppressor", compositeEvent(by("WaitPeriod")), true],
    ["one that has waited", before({}, by("WaitPeriod")), false],
    ["one in a window", compositeEvent(by("Alarm")), false],
    ["one just after a window", compositeEvent(by("ExtensionPeriod")), false],
    ["one that outlasts a window", before({}, by("ExtensionPeriod")), true],
    ["one that is over", compositeEvent({ value: "OK" }), false],
  ])("of %s: %s", (_what, event, hears) => {
    expect([patternOf(on, "monitoring").matches(event), patternOf(on, "alert-hub").matches(event)]).toEqual([
      hears,
      hears,
    ]);
  });
});
