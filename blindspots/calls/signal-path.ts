import { ownNames } from "../../lib/naming/own-names";
import { arn, arnPrefix } from "../../lib/aws/partitions";
import type { PathResource } from "../path-resource";
import { calls, DENY_WRITES, type WeakeningCall } from "./call";

const byName = ({ text }: PathResource): { name: string } => ({ name: text("name") });
const ofLogGroup = ({ text }: PathResource): { logGroupName: string } => ({ logGroupName: text("name") });
const arnOf = (service: string, kind: string, { region, account, text }: PathResource): string =>
  `${arnPrefix(region)}:${service}:${region}:${account}:${kind}${text("name")}`;
const logGroupArn = (group: PathResource): string => arnOf("logs", "log-group:", group);
const trailArn = (trail: PathResource): string => arnOf("cloudtrail", "trail/", trail);
const topicArn = (topic: PathResource): string => arnOf("sns", "", topic);

const ofFilter = ({ text }: PathResource) => ({ logGroupName: text("log_group_name"), filterName: text("name") });
const NEVER = '{ $.eventName = "never" }';

export const FILTER_ATTACKS: readonly WeakeningCall[] = [
  {
    service: "logs",
    operation: "PutMetricFilter",
    parameters: (filter) => ({ ...ofFilter(filter), filterPattern: NEVER }),
    effect: "gives the filter a pattern that matches nothing",
  },
  { service: "logs", operation: "DeleteMetricFilter", parameters: ofFilter, effect: "deletes the filter" },
];

export const LOG_GROUP_ATTACKS: readonly WeakeningCall[] = [
  ...calls("logs", ["DeleteLogGroup"], { parameters: ofLogGroup, effect: "deletes the log group and its filters" }),
  ...calls("logs", ["CreateLogGroup"], {
    parameters: (group) => ({ ...ofLogGroup(group), logGroupClass: "INFREQUENT_ACCESS" }),
    effect: "creates it anew, after a deletion, in a class without metric filters",
  }),
  ...calls("logs", ["DeleteLogStream"], {
    parameters: (group) => ({ ...ofLogGroup(group), logStreamName: "0a1b" }),
    effect: "deletes events",
    cuts: false,
  }),
  ...calls("logs", ["PutRetentionPolicy"], {
    parameters: (group) => ({ ...ofLogGroup(group), retentionInDays: 1 }),
    effect: "shortens the retention",
    cuts: false,
  }),
  ...calls("logs", ["DeleteRetentionPolicy"], { parameters: ofLogGroup, effect: "removes the retention", cuts: false }),
  ...calls("logs", ["AssociateKmsKey"], {
    parameters: (group) => ({ ...ofLogGroup(group), kmsKeyId: arn(group.region, "kms", "999999999999", "key/0a1b") }),
    effect: "encrypts events with a key that refuses",
  }),
  ...calls("logs", ["DisassociateKmsKey"], { parameters: ofLogGroup, effect: "removes the key", cuts: false }),
  ...calls("logs", ["AssociateKmsKey", "DisassociateKmsKey"], {
    parameters: (group) => ({ resourceIdentifier: logGroupArn(group) }),
    effect: "changes the key, with the log group named by its ARN",
  }),
  ...calls("logs", ["PutSubscriptionFilter"], {
    parameters: (group) => ({ ...ofLogGroup(group), filterName: "copy", filterPattern: "" }),
    effect: "copies all events to another account",
    cuts: false,
  }),
  ...calls("logs", ["PutTransformer"], {
    parameters: (group) => ({ logGroupIdentifier: logGroupArn(group) }),
    effect: "deletes fields before metric filters see them",
  }),
  ...calls("logs", ["PutTransformer", "PutDataProtectionPolicy"], {
    parameters: (group) => ({ logGroupIdentifier: group.text("name") }),
    effect: "deletes or masks fields before metric filters see them",
  }),
  ...calls("logs", ["PutDataProtectionPolicy"], {
    parameters: (group) => ({ logGroupIdentifier: `${logGroupArn(group)}:*` }),
    effect: "masks fields before metric filters see them",
  }),
  ...calls("logs", ["PutResourcePolicy"], {
    parameters: (group) => ({ resourceArn: logGroupArn(group), policyDocument: DENY_WRITES }),
    effect: "denies EventBridge and CloudTrail to write to the log group",
  }),
  ...calls("logs", ["UntagResource"], {
    parameters: (group) => ({ resourceArn: logGroupArn(group), tagKeys: [ownNames(group.names).stackTag] }),
    effect: "removes the tag that permissions depend on",
    cuts: false,
  }),
  ...calls("logs", ["UntagLogGroup"], {
    parameters: (group) => ({ ...ofLogGroup(group), tags: [ownNames(group.names).stackTag] }),
    effect: "removes the tag that permissions depend on",
    cuts: false,
  }),
];

export const LOG_POLICY_ATTACKS: readonly WeakeningCall[] = calls(
  "logs",
  ["PutResourcePolicy", "DeleteResourcePolicy"],
  {
    parameters: ({ text }) => ({ policyName: text("policy_name") }),
    effect: "removes EventBridge's permission to write to the log group",
  },
);

const ofAlarm = ({ text }: PathResource): { alarmName: string } => ({ alarmName: text("alarm_name") });
const inList = ({ text }: PathResource): { alarmNames: string[] } => ({ alarmNames: [text("alarm_name")] });

const ANY_ALARM_ATTACKS: readonly WeakeningCall[] = [
  ...calls("monitoring", ["DeleteAlarms"], {
    parameters: inList,
    effect: "deletes the alarm and up to 99 others",
    cuts: "all alarms",
  }),
  ...calls("monitoring", ["DisableAlarmActions"], {
    parameters: inList,
    effect: "switches its actions off, and those of up to 99 others",
    cuts: "all alarms",
  }),
  ...calls("monitoring", ["SetAlarmState"], { parameters: ofAlarm, effect: "sets its state", cuts: false }),
  ...calls("monitoring", ["PutAlarmMuteRule"], {
    parameters: (alarm) => ({ name: "mute", muteTargets: inList(alarm) }),
    effect: "mutes its actions, and those of up to 99 others",
    cuts: "all alarms",
  }),
];

export const METRIC_ALARM_ATTACKS: readonly WeakeningCall[] = [
  ...ANY_ALARM_ATTACKS,
  ...calls("monitoring", ["PutMetricAlarm", "PutLogAlarm"], { parameters: ofAlarm, effect: "replaces the alarm" }),
  ...calls("monitoring", ["PutAnomalyDetector"], {
    parameters: ({ text }) => ({ namespace: text("namespace"), metricName: text("metric_name"), stat: "Sum" }),
    effect: "excludes times from what an anomaly detection alarm learns",
    cuts: false,
  }),
  {
    service: "monitoring",
    operation: "PutMetricData",
    parameters: ({ text }) => ({ namespace: text("namespace"), metricData: [{ metricName: text("metric_name") }] }),
    effect: "writes values into the metric that keep the alarm in its state",
    isDataEvent: true,
  },
];

export const COMPOSITE_ALARM_ATTACKS: readonly WeakeningCall[] = [
  ...ANY_ALARM_ATTACKS,
  ...calls("monitoring", ["PutCompositeAlarm"], { parameters: ofAlarm, effect: "replaces the alarm" }),
];

const busOf = ({ text }: PathResource): { eventBusName?: string } => {
  const bus = text("event_bus_name");
  return bus === "" ? {} : { eventBusName: bus };
};

export const RULE_ATTACKS: readonly WeakeningCall[] = [
  ...calls("events", ["DisableRule", "DeleteRule"], {
    parameters: (rule) => ({ ...byName(rule), ...busOf(rule) }),
    effect: "stops the events that the rule delivers",
  }),
  ...calls("events", ["EnableRule"], {
    parameters: (rule) => ({ ...byName(rule), ...busOf(rule) }),
    effect: "leaves read-only events out: a rule that is enabled so gets only those that write",
  }),
  ...calls("events", ["PutRule"], {
    parameters: (rule) => ({ ...byName(rule), ...busOf(rule), eventPattern: '{"source":["never"]}', state: "ENABLED" }),
    effect: "gives the rule a pattern that matches nothing",
  }),
];

export const TARGET_ATTACKS: readonly WeakeningCall[] = calls("events", ["RemoveTargets", "PutTargets"], {
  parameters: (target) => ({ rule: target.text("rule"), ...busOf(target) }),
  effect: "sends events elsewhere, or with another content",
});

export const TOPIC_ATTACKS: readonly WeakeningCall[] = [
  ...calls("sns", ["DeleteTopic"], {
    parameters: (topic) => ({ topicArn: topicArn(topic) }),
    effect: "deletes the topic",
  }),
  ...["Policy", "KmsMasterKeyId", "DeliveryPolicy"].map((attributeName): WeakeningCall => ({
    service: "sns",
    operation: "SetTopicAttributes",
    parameters: (topic) => ({ topicArn: topicArn(topic), attributeName, attributeValue: "{}" }),
    effect: `stops publications or their delivery, by ${attributeName}`,
  })),
  ...calls("sns", ["AddPermission", "RemovePermission"], {
    parameters: (topic) => ({ topicArn: topicArn(topic), label: "x" }),
    effect: "changes who may publish",
  }),
  ...calls("sns", ["PutDataProtectionPolicy"], {
    parameters: (topic) => ({ resourceArn: topicArn(topic) }),
    effect: "blocks or masks messages",
  }),
  ...calls("sns", ["Subscribe"], {
    parameters: (topic) => ({ topicArn: topicArn(topic), protocol: "https", endpoint: "https://example.net" }),
    effect: "copies messages to a stranger",
    cuts: false,
  }),
];

const ofSubscription = ({ text }: PathResource): { subscriptionArn: string } => ({
  subscriptionArn: `${text("topic_arn")}:0a1b2c3d-1111-4222-8333-444455556666`,
});

export const SUBSCRIPTION_ATTACKS: readonly WeakeningCall[] = [
  ...calls("sns", ["Unsubscribe"], { parameters: ofSubscription, effect: "removes the subscriber" }),
  ...["FilterPolicy", "DeliveryPolicy", "RedrivePolicy"].map((attributeName): WeakeningCall => ({
    service: "sns",
    operation: "SetSubscriptionAttributes",
    parameters: (subscription) => ({ ...ofSubscription(subscription), attributeName }),
    effect: `filters messages out, or loses or diverts those that fail, by ${attributeName}`,
  })),
];

const TRAIL_EFFECTS = {
  StopLogging: "stops the trail",
  DeleteTrail: "deletes the trail",
  UpdateTrail: "sends its events to another log group or bucket",
} as const;

export const TRAIL_ATTACKS: readonly WeakeningCall[] = [
  ...Object.entries(TRAIL_EFFECTS).flatMap(([operation, effect]) =>
    calls("cloudtrail", [operation], { parameters: (trail) => ({ name: trailArn(trail) }), effect }),
  ),
  ...calls("cloudtrail", ["PutEventSelectors", "PutInsightSelectors", "PutEventConfiguration"], {
    parameters: (trail) => ({ trailName: trailArn(trail) }),
    effect: "changes which events it records, and in what form",
  }),
  ...Object.entries(TRAIL_EFFECTS).flatMap(([operation, effect]) =>
    calls("cloudtrail", [operation], { parameters: byName, effect }),
  ),
  ...calls("cloudtrail", ["PutEventSelectors", "PutInsightSelectors", "PutEventConfiguration"], {
    parameters: (trail) => ({ trailName: trail.text("name") }),
    effect: "changes which events it records, and in what form",
  }),
  ...calls("cloudtrail", ["AddTags", "RemoveTags"], {
    parameters: (trail) => ({
      resourceId: trailArn(trail),
      tagsList: [{ key: ownNames(trail.names).stackTag, value: "" }],
    }),
    effect: "removes or empties the tag that permissions depend on",
    cuts: false,
  }),
];
