import type { Hop } from "../../../lib/naming/hops";
import type { LiveAlarm, LiveRule, LiveTrail, WholeAccount } from "../../signal-path/deployed/deployed-account";

/** Kinds of deployed resources; the page's words for them are in `client/deployed.js`. */
export type ResourceKind = "trail" | "rule" | "filter" | "alarm" | "topic" | "machine";

/** A deployed resource, as the page lists and watches it. */
export interface Resource {
  readonly kind: ResourceKind;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  /** The hop that stops working with it. */
  readonly hop: Hop;
  /** Its state in a word or two: `logging`, `disabled`. */
  readonly state: string;
  /** Whether it does nothing in this state. */
  readonly isOff: boolean;
  /** Everything that decides what it lets through, as text to compare. */
  readonly settings: string;
  /** How calls name it: its name, or what it lies in, by the type in Terraform that the calls change. */
  readonly namedBy: Readonly<Record<string, string>>;
}

/** All resources of an account. */
export function resourcesOf(account: WholeAccount): Resource[] {
  const { id } = account;
  const named = { account: id, state: "deployed", isOff: false };
  return [
    ...account.trails.map((trail) => ofTrail(id, trail)),
    ...account.rules.map((rule) => ofRule(id, rule)),
    ...account.filters.map(({ name, region, logGroup, pattern, transformation }): Resource => ({
      ...named,
      kind: "filter",
      region,
      name,
      hop: "metric filter",
      settings: JSON.stringify([logGroup, pattern, transformation]),
      namedBy: { aws_cloudwatch_log_metric_filter: name, aws_cloudwatch_log_group: logGroup },
    })),
    ...account.alarms.map((alarm) => ofAlarm(id, alarm)),
    ...account.topics.map(({ name, region }): Resource => ({
      ...named,
      kind: "topic",
      region,
      name,
      hop: "topic",
      settings: "",
      namedBy: { aws_sns_topic: name },
    })),
    ...account.machines.map(({ name, region, definition }): Resource => ({
      ...named,
      kind: "machine",
      region,
      name,
      hop: "alert hub",
      settings: definition,
      namedBy: { aws_sfn_state_machine: name },
    })),
  ];
}

function ofTrail(account: string, { name, region, isLogging, ...trail }: LiveTrail): Resource {
  const { selectors, logGroup, bucket, isMultiRegion, isOrganizationTrail, includesGlobalServices } = trail;
  return {
    kind: "trail",
    account,
    region,
    name,
    hop: "CloudTrail",
    state: isLogging ? "logging" : "stopped",
    isOff: !isLogging,
    settings: JSON.stringify([selectors, logGroup, bucket, isMultiRegion, isOrganizationTrail, includesGlobalServices]),
    namedBy: { aws_cloudtrail: name },
  };
}

function ofRule(account: string, rule: LiveRule): Resource {
  const { name, region, state, pattern, logGroups, forwardsTo, notices } = rule;
  return {
    kind: "rule",
    account,
    region,
    name,
    hop: hopOf(rule),
    state: state === "DISABLED" ? "disabled" : "enabled",
    isOff: state === "DISABLED",
    settings: JSON.stringify([state === "DISABLED" ? "" : state, pattern, logGroups, forwardsTo, notices]),
    namedBy: { aws_cloudwatch_event_rule: name, aws_cloudwatch_event_target: name },
  };
}

/** By its targets: a feed's log group or another region's bus, a topic, or the alert hub's bus. */
function hopOf({ logGroups, forwardsTo, notices }: LiveRule): Hop {
  if (logGroups.length > 0 || forwardsTo.length > 0) return "feed";
  return notices.length > 0 ? "topic" : "forwarding";
}

function ofAlarm(account: string, alarm: LiveAlarm): Resource {
  const { name, region, namespace, metricName, statistic, comparison, threshold, periodSeconds } = alarm;
  const { evaluationPeriods, datapointsToAlarm, alarmActions, treatMissingData, dimensions, actionsEnabled } = alarm;
  const compared = [namespace, metricName, dimensions, statistic, comparison, threshold, treatMissingData];
  return {
    kind: "alarm",
    account,
    region,
    name,
    hop: "alarm",
    state: actionsEnabled === false ? "actions disabled" : "enabled",
    isOff: actionsEnabled === false,
    settings: JSON.stringify([compared, periodSeconds, evaluationPeriods, datapointsToAlarm, alarmActions]),
    namedBy: { aws_cloudwatch_metric_alarm: name },
  };
}
