import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildApp } from "../../main";
import { pathAlarmsOf } from "../../detections/path-alarms";
import { headlineOf } from "../../lib/naming/alarm-description";
import { loadOrganization } from "../../organization/load";
import type { Account, Feed } from "../../organization/organization";
import { subscriptionsOf, type Subscription } from "../../organization/resolve/subscriptions";
import { compileSubscription } from "../../stacks/compiled-detection";
import { watchedAccount } from "../../stacks/watched-account";
import { admits } from "../support/admits";
import {
  named,
  policyOf,
  resourceOf,
  resourcesOf,
  synthApp,
  testApp,
  type Arguments,
  type StackJson,
} from "../support/synth";

// Walks every alarm of the really synthesized app, from the log group that its events arrive in to the people who hear
// of it. Whatever the walk does not find would be an alarm that is silent, and looks the same as one with nothing to say.

const shipped = loadOrganization("accounts");
const stacks = synthApp(buildApp(shipped, testApp()));
const trailGroups = resourcesOf(named(stacks, "organization-trail"), "aws_cloudwatch_log_group").map(
  ({ name }) => name,
);

const ALARM = "aws_cloudwatch_metric_alarm";
const FILTER = "aws_cloudwatch_log_metric_filter";

/** An account, what it subscribes to and what became of it. */
interface Watch {
  readonly account: Account;
  readonly stack: StackJson;
  readonly subscriptions: readonly Subscription[];
}

const watches = shipped.accounts.map((account): Watch => {
  const watched = watchedAccount(shipped, account);
  const subscriptions = subscriptionsOf(shipped, account).filter(
    (subscription) => compileSubscription(subscription, account, watched) !== undefined,
  );
  return { account, stack: named(stacks, `monitoring-${account.name}`), subscriptions };
});
const each = watches.map((watch) => [watch.account.name, watch] as const);

/** An alarm and the subscription that it is for. */
interface Walk extends Watch {
  readonly alarm: Arguments;
  readonly subscription: Subscription;
}

const walksOf = (watch: Watch): Walk[] =>
  watch.subscriptions.map((subscription) => {
    const alarmName = `trailwatch-${watch.account.name}-${subscription.detection.id}`;
    return { ...watch, subscription, alarm: resourceOf(watch.stack, ALARM, { alarm_name: alarmName }) };
  });

/** Names of the alarms on the signal path itself: of `metrics-forged` there may be several. */
const pathAlarmsIn = ({ account, stack, subscriptions }: Watch): string[] => {
  const hasHeartbeat = subscriptions.some(({ detection }) => detection.id === "heartbeat");
  const ids = [
    ...pathAlarmsOf({ packs: account.packs, feed: account.feed, hasHeartbeat }).map(({ id }) => id),
    "alert-forwarding",
  ];
  const names = resourcesOf(stack, ALARM).map(({ alarm_name: name }) => String(name));
  return ids.flatMap((id) => {
    const found = names.filter((name) => name.replace(/-\d+$/, "") === `trailwatch-${account.name}-${id}`);
    return found.length === 0 ? [`${id} is missing`] : found;
  });
};

test.each(each)("%s: each detection that is on and each path alarm is there, and no other alarm", (_name, watch) => {
  const names = [...walksOf(watch).map(({ alarm }) => alarm.alarm_name), ...pathAlarmsIn(watch)];
  expect(names.sort()).toEqual(
    resourcesOf(watch.stack, ALARM)
      .map(({ alarm_name: name }) => name)
      .sort(),
  );
  expect(watch.subscriptions.length).toBeGreaterThan(0);
});

test("no other stack has an alarm, except those on the alert hub: all alarms are covered", () => {
  const ofHub = resourcesOf(named(stacks, "alert-hub"), ALARM).length;
  expect(ofHub).toBeGreaterThan(0);
  const walked = watches.reduce((sum, watch) => sum + watch.subscriptions.length + pathAlarmsIn(watch).length, 0);
  expect(Object.values(stacks).flatMap((stack) => resourcesOf(stack, ALARM))).toHaveLength(walked + ofHub);
});

describe("every alarm can fire and notify", () => {
  test.each(each)("%s", (_name, watch) => {
    expect(walksOf(watch).flatMap(silences)).toEqual([]);
  });

  // The walk itself is put to the test: it must see what is broken.
  const [, healthy] = named(Object.fromEntries(each.map((entry) => [entry[0], entry])), "workloads-production");
  const change = (type: string, change: (resource: Arguments) => Arguments | undefined): Watch => {
    const blocks = Object.entries(healthy.stack.resource?.[type] ?? {}).flatMap(([name, resource]) => {
      const changed = change(resource);
      return changed === undefined ? [] : [[name, changed] as const];
    });
    return {
      ...healthy,
      stack: { ...healthy.stack, resource: { ...healthy.stack.resource, [type]: Object.fromEntries(blocks) } },
    };
  };
  const edit = (type: string, argument: string, from: RegExp, to: string) =>
    change(type, (resource) => ({ ...resource, [argument]: String(resource[argument]).replaceAll(from, to) }));

  test.each<[string, Watch, string]>([
    [
      "a subscription that is gone",
      change("aws_sns_topic_subscription", () => undefined),
      "its topic has no subscriber",
    ],
    ["a filter that is gone", change(FILTER, () => undefined), "no filter writes"],
    [
      "another namespace",
      change(FILTER, (filter) => ({
        ...filter,
        metric_transformation: { ...(filter.metric_transformation as object), namespace: "Other" },
      })),
      "no filter writes",
    ],
    [
      "another log group",
      change(FILTER, (filter) => ({ ...filter, log_group_name: "/aws/lambda/other" })),
      "'/aws/lambda/other' is not its feed",
    ],
    ["actions that are off", change(ALARM, (alarm) => ({ ...alarm, actions_enabled: false })), "actions are off"],
    ["no action", change(ALARM, (alarm) => ({ ...alarm, alarm_actions: [] })), "has 0 actions"],
    [
      "a topic of another stack",
      change(ALARM, (alarm) => ({ ...alarm, alarm_actions: ["arn:aws:sns:eu-west-1:333344445555:other"] })),
      "no topic of the stack",
    ],
    [
      "a topic for another account's alarms",
      edit("aws_sns_topic_policy", "policy", /alarm:\*/g, "alarm:other-*"),
      "the topic does not admit",
    ],
    [
      "a key for another account's alarms",
      edit("aws_kms_key", "policy", /("aws:SourceAccount":")\d+/g, "$1000000000000"),
      "the key does not admit",
    ],
    ["AWS's own key", change("aws_sns_topic", (topic) => ({ ...topic, kms_master_key_id: "alias/aws/sns" })), "no key"],
  ])("%s is seen", (_what, broken, words) => {
    const found = walksOf(broken).flatMap(silences);
    expect(found.length).toBeGreaterThan(0);
    for (const problem of found) expect(problem).toContain(words);
  });
});

describe.each(each)("%s", (_name, watch) => {
  const walks = walksOf(watch);
  const { account, stack } = watch;

  test("severity selects the topic, and alarms for compliance checkers are notices", () => {
    for (const { alarm, subscription } of walks) {
      const pages = subscription.pack.id !== "cis" && ["critical", "high"].includes(subscription.severity);
      expect([alarm.alarm_name, topicOf(stack, alarm)?.name]).toEqual([
        alarm.alarm_name,
        pages ? "trailwatch-alerts" : "trailwatch-notices",
      ]);
    }
  });

  test("every alarm with a topic states its severity and the topic", () => {
    const telling = [ALARM, "aws_cloudwatch_composite_alarm"]
      .flatMap((type) => resourcesOf(stack, type))
      .filter(({ alarm_actions: actions }) => Array.isArray(actions) && actions.length > 0);
    expect(telling.length).toBeGreaterThanOrEqual(walks.length);
    for (const alarm of telling) {
      const headline = headlineOf(String(alarm.alarm_description));
      const topic = topicOf(stack, alarm)?.name;
      expect([alarm.alarm_name, headline && `trailwatch-${headline.kind}s`]).toEqual([alarm.alarm_name, topic]);
    }
  });

  test("each alarm has the settings of the account's files", () => {
    for (const { alarm, subscription } of walks) {
      const missed = subscription.detection.alarmWhen === "missed";
      expect(alarm).toMatchObject({
        // Negative values, which anyone may write, lower a sum.
        statistic: subscription.threshold === 1 && subscription.pack.id !== "cis" ? "Maximum" : "Sum",
        threshold: subscription.threshold,
        period: subscription.periodSeconds,
        evaluation_periods: subscription.evaluationPeriods,
        comparison_operator: missed ? "LessThanThreshold" : "GreaterThanOrEqualToThreshold",
        treat_missing_data: missed ? "breaching" : "notBreaching",
      });
    }
  });

  test("pack cis has the names and settings that compliance checkers expect, and the first filter byte for byte", () => {
    const verbatim = walks.filter(({ subscription }) => subscription.pack.id === "cis");
    expect(verbatim).toHaveLength(account.packs.includes("cis") ? 15 : 0);
    for (const { alarm, subscription } of verbatim) {
      const { detection } = subscription;
      expect(alarm).toMatchObject({ namespace: "LogMetrics", period: 300, evaluation_periods: 1 });
      expect(alarm.threshold).toBeGreaterThanOrEqual(1);
      const filters = filtersOf(stack, alarm);
      for (const { metric_transformation: transformation } of filters) {
        expect(transformation).toMatchObject({ value: "1", default_value: "0" });
      }
      const first = filters.find(({ name }) => name === alarm.metric_name);
      expect("patterns" in detection && [first?.pattern, filters.length]).toEqual(
        "patterns" in detection && [detection.patterns[0], detection.patterns.length],
      );
    }
  });

  test("other packs write into their own namespace, without a default value", () => {
    for (const { alarm, subscription } of walks.filter(({ subscription: { pack } }) => pack.id !== "cis")) {
      expect(alarm).toMatchObject({ namespace: "Trailwatch", metric_name: subscription.detection.id });
      for (const { metric_transformation: transformation } of filtersOf(stack, alarm)) {
        expect(transformation).not.toHaveProperty("default_value");
      }
    }
  });

  test("each alarm says what happened, where, what to do, and which query shows who did it", () => {
    for (const { alarm, subscription } of walks) {
      const { detection } = subscription;
      const text = String(alarm.alarm_description);
      expect(text.length).toBeLessThanOrEqual(1024);
      for (const words of [
        detection.title,
        `Account: ${account.name} (${account.id})`,
        `Runbook: ${shipped.runbooks}/${detection.id}.md`,
        `saved query trailwatch/${account.name}/${detection.id}`,
      ]) {
        expect(text).toContain(words);
      }
      expect(existsSync(join("docs/runbooks", `${detection.id}.md`))).toBe(true);
    }
  });

  test("most alarms contain the query", () => {
    const having = walks.filter(({ alarm }) => String(alarm.alarm_description).includes("\n| filter "));
    expect(having.length / walks.length).toBeGreaterThan(0.9);
  });

  test("each alarm has a saved query on the log group of its filters", () => {
    for (const { alarm, subscription } of walks) {
      const name = `trailwatch/${account.name}/${subscription.detection.id}`;
      const query = resourceOf(stack, "aws_cloudwatch_query_definition", { name });
      const groups = new Set(filtersOf(stack, alarm).map(({ log_group_name: group }) => group));
      expect(query.log_group_names).toEqual([...groups]);
      expect(query.query_string).toMatch(/^fields .+\n\| filter .+\n\| sort @timestamp desc\n\| limit \d+$/);
    }
    expect(resourcesOf(stack, "aws_cloudwatch_query_definition")).toHaveLength(walks.length);
  });

  test("each alarm has its state and its graph on the dashboard", () => {
    const body = String(resourceOf(stack, "aws_cloudwatch_dashboard").dashboard_body);
    const { widgets } = JSON.parse(body) as { widgets: Widget[] };
    const arns = walks.map(({ alarm }) => alarmArn(account, alarm)).sort();
    expect(widgets.flatMap(({ properties }) => properties.alarms ?? []).sort()).toEqual(arns);
    expect(widgets.flatMap(({ properties }) => properties.annotations?.alarms ?? []).sort()).toEqual(arns);
  });

  test("no log group exceeds its filter quota or has two filters with one name", () => {
    const names = resourcesOf(stack, FILTER).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeLessThanOrEqual(100);
  });
});

interface Widget {
  readonly properties: {
    readonly alarms?: readonly string[];
    readonly annotations?: { readonly alarms: readonly string[] };
  };
}

/** Why an alarm would notify no one; empty if it notifies. */
function silences({ account, stack, alarm }: Walk): string[] {
  const found: string[] = [];
  const filters = filtersOf(stack, alarm);
  if (filters.length === 0) found.push("no filter writes what it watches");
  for (const filter of filters) {
    if (logGroupName(stack, filter) !== feedGroup(account)) {
      found.push(`'${String(filter.log_group_name)}' is not its feed`);
    }
  }

  if (alarm.actions_enabled !== true) found.push("its actions are off");
  const actions = alarm.alarm_actions as readonly unknown[];
  // Changes to the monitoring are also reported by the witness topic, which does not depend on the hub.
  const own = actions.filter((action) => !String(action).endsWith(":trailwatch-witness"));
  if (own.length !== 1) found.push(`it has ${actions.length} actions`);
  else found.push(...silencesOfTopic({ account, stack, alarm }));
  return found.map((problem) => `${String(alarm.alarm_name)}: ${problem}`);
}

function silencesOfTopic({ account, stack, alarm }: Pick<Walk, "account" | "stack" | "alarm">): string[] {
  const topic = topicOf(stack, alarm);
  if (topic === undefined) return ["its action is no topic of the stack"];

  // As CloudWatch publishes: for this alarm of this account, over TLS.
  const request = {
    principal: "cloudwatch.amazonaws.com",
    context: {
      "aws:SourceAccount": account.id,
      "aws:SourceArn": alarmArn(account, alarm),
      "aws:SecureTransport": "true",
    },
  };
  const found: string[] = [];
  const resource = `arn:aws:sns:${shipped.homeRegion}:${account.id}:${String(topic.name)}`;
  if (!admits(policyOf(topic.policy), { ...request, action: "sns:Publish", resource })) {
    found.push("the topic does not admit it");
  }
  const key = referred(stack, "aws_kms_key", topic.key, "arn")?.resource;
  if (key === undefined) found.push("the topic has no key of the stack");
  else {
    for (const action of ["kms:GenerateDataKey", "kms:Decrypt"]) {
      if (!admits(policyOf(key), { ...request, action, resource: "any" })) found.push("the key does not admit it");
    }
  }
  if (!resourcesOf(stack, "aws_sns_topic_subscription").some(({ topic_arn: arn }) => topic.references.includes(arn))) {
    found.push("its topic has no subscriber");
  }
  return found;
}

/** The topic of an alarm, if its policy lets the alarm publish; undefined if it is not of this stack. */
function topicOf(stack: StackJson, alarm: Arguments) {
  const [action] = alarm.alarm_actions as readonly unknown[];
  const policy = referred(stack, "aws_sns_topic_policy", action, "arn")?.resource;
  const topic = referred(stack, "aws_sns_topic", policy?.arn, "arn");
  if (policy === undefined || topic === undefined) return undefined;
  const { name, kms_master_key_id: key } = topic.resource;
  return { name, key, policy, references: [topic.reference, action] };
}

/** What an expression such as `${aws_sns_topic.alerts.arn}` refers to. */
function referred(stack: StackJson, type: string, expression: unknown, attribute: string) {
  return Object.entries(stack.resource?.[type] ?? {})
    .map(([name, resource]) => ({ resource, reference: `\${${type}.${name}.${attribute}}` }))
    .find(({ reference }) => reference === expression);
}

/** Filters that write the metric that an alarm watches. */
function filtersOf(stack: StackJson, { namespace, metric_name: name }: Arguments): Arguments[] {
  return resourcesOf(stack, FILTER).filter(({ metric_transformation: transformation }) => {
    const metric = transformation as Arguments;
    return metric.namespace === namespace && metric.name === name;
  });
}

/** Name of the log group that a filter reads: one of the stack, or that of the organization's trail; else undefined. */
function logGroupName(stack: StackJson, { log_group_name: group }: Arguments): unknown {
  const own = referred(stack, "aws_cloudwatch_log_group", group, "name")?.resource.name;
  return own ?? trailGroups.find((name) => name === group);
}

function feedGroup({ feed, name }: Account): string {
  const groups: Record<Feed, string> = {
    "event-bus": "/aws/events/trailwatch",
    "account-trail": `/trailwatch/${name}/account-trail`,
    "organization-trail": String(trailGroups[0]),
  };
  return groups[feed];
}

function alarmArn(account: Account, alarm: Arguments): string {
  return `arn:aws:cloudwatch:${shipped.homeRegion}:${account.id}:alarm:${String(alarm.alarm_name)}`;
}
