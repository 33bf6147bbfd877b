import { ownNames } from "../lib/naming/own-names";
import { arn } from "../lib/aws/partitions";
import type { DeployedAccount, Deployment } from "../signals";
import type { PathResource } from "./path-resource";

/** A part of the signal path that a call can take out of it. Accounts are 12-digit ids. */
export type Cut =
  | { readonly part: "filter"; readonly account: string; readonly logGroup: string; readonly name: string }
  | { readonly part: "log group"; readonly account: string; readonly name: string }
  | { readonly part: "alarm"; readonly account: string; readonly name: string }
  | { readonly part: "all alarms"; readonly account: string }
  | { readonly part: "rule"; readonly account: string; readonly region: string; readonly name: string }
  | { readonly part: "trail"; readonly account: string; readonly name: string }
  | { readonly part: "topic"; readonly arn: string }
  | { readonly part: "alert hub"; readonly account: string };

type Reader = (resource: PathResource) => readonly Cut[];

/** Resources that hold no event and no message themselves: what uses them stops with them. */
const OF_ITS_USERS: Reader = ({ users }) => users.flatMap((user) => PARTS[user.type]?.(user) ?? []);

const ofAlarm: Reader = (alarm) => [{ part: "alarm", account: alarm.account, name: alarm.text("alarm_name") }];
const ofHub: Reader = ({ account }) => [{ part: "alert hub", account }];

/** The part of the signal path that a resource is, by its type in Terraform; other types are no part of it. */
const PARTS: Readonly<Record<string, Reader>> = {
  aws_cloudwatch_log_metric_filter: (filter) => [
    { part: "filter", account: filter.account, logGroup: filter.text("log_group_name"), name: filter.text("name") },
  ],
  aws_cloudwatch_log_group: (group) => [{ part: "log group", account: group.account, name: group.text("name") }],
  aws_cloudwatch_log_resource_policy: ({ account, text }) =>
    [...text("policy_document").matchAll(/:log-group:([^:"*]+)/g)].map(([, name = ""]) => ({
      part: "log group",
      account,
      name,
    })),
  aws_cloudwatch_metric_alarm: ofAlarm,
  aws_cloudwatch_composite_alarm: ofAlarm,
  aws_cloudwatch_event_rule: (rule) => ofRule(rule, rule.text("name")),
  aws_cloudwatch_event_target: (target) => ofRule(target, target.text("rule")),
  aws_cloudwatch_event_bus: (bus) => (bus.text("name") === ownNames(bus.names).webhooks ? [] : ofHub(bus)),
  aws_cloudwatch_event_bus_policy: (policy) =>
    policy.text("event_bus_name") === ownNames(policy.names).webhooks ? [] : ofHub(policy),
  aws_sfn_state_machine: ofHub,
  aws_cloudtrail: (trail) => [{ part: "trail", account: trail.account, name: trail.text("name") }],
  aws_sns_topic: ({ account, region, text }) => [{ part: "topic", arn: arn(region, "sns", account, text("name")) }],
  aws_sns_topic_subscription: ({ text }) => [{ part: "topic", arn: text("topic_arn") }],
  aws_iam_role: OF_ITS_USERS,
  aws_iam_policy: OF_ITS_USERS,
  aws_kms_key: OF_ITS_USERS,
};

/** The parts of the signal path that stop working when a resource no longer does what it was deployed for. */
export function cutsOf(resource: PathResource): readonly Cut[] {
  return PARTS[resource.type]?.(resource) ?? [];
}

function ofRule(resource: PathResource, name: string): readonly Cut[] {
  const bus = resource.text("event_bus_name");
  // Without its webhooks, the hub still sends mail.
  if (bus === ownNames(resource.names).webhooks) return [];
  if (bus !== "" && bus !== "default") return ofHub(resource);
  return [{ part: "rule", account: resource.account, region: resource.region, name }];
}

/** A copy of the deployment without a part of its signal path. Accounts that lose nothing stay the same objects. */
export function withoutPart(deployment: Deployment, cut: Cut): Deployment {
  return { ...deployment, accounts: deployment.accounts.map((account) => cutFrom(account, cut)) };
}

function cutFrom(account: DeployedAccount, cut: Cut): DeployedAccount {
  if ("account" in cut && cut.part !== "alert hub" && cut.account !== account.id) return account;
  switch (cut.part) {
    case "filter":
      return {
        ...account,
        filters: account.filters.filter(({ name, logGroup }) => name !== cut.name || logGroup !== cut.logGroup),
      };
    case "log group":
      return { ...account, filters: account.filters.filter(({ logGroup }) => logGroup !== cut.name) };
    case "alarm":
      return {
        ...account,
        alarms: account.alarms.filter(({ name }) => name !== cut.name),
        compositeAlarms: account.compositeAlarms?.filter(({ name }) => name !== cut.name),
      };
    case "all alarms":
      return { ...account, alarms: [], compositeAlarms: [] };
    case "rule": {
      const isCut = ({ name, region }: { name: string; region: string }) => name === cut.name && region === cut.region;
      const buses = account.rules.filter(isCut).flatMap((rule) => rule.buses ?? []);
      return {
        ...account,
        rules: account.rules.filter((rule) => !isCut(rule)),
        alertHubs: account.alertHubs?.filter(({ hub }) => !buses.includes(hub.bus)),
      };
    }
    case "trail":
      return { ...account, trails: account.trails.filter(({ name }) => name !== cut.name) };
    case "topic":
      return {
        ...account,
        subscriptions: account.subscriptions.filter(({ topicArn }) => topicArn !== cut.arn),
        alertHubs: account.alertHubs?.map(({ hub, ...forwarded }) => ({
          ...forwarded,
          hub: { ...hub, subscriptions: hub.subscriptions.filter(({ topicArn }) => topicArn !== cut.arn) },
        })),
      };
    case "alert hub":
      return {
        ...account,
        alertHubs: account.alertHubs?.filter(({ hub }) => hub.bus.split(":")[4] !== cut.account),
      };
  }
}
