import { ownNames } from "../../lib/naming/own-names";
import type { WatchedAccount } from "../../detections/detection";
import { ALARM_LIST_CALLS, MUTE_CALL } from "../../detections/packs/guard/alarm-changed";
import { BOUNDARY_CALLS } from "../../detections/packs/guard/member-roles-changed";
import { ROLE_CALLS } from "../../detections/packs/guard/watcher-role-changed";
import { RULE_CALLS } from "../../detections/packs/guard/event-rule-changed";
import { TOPIC_CALLS } from "../../detections/packs/guard/topic-changed";
import { TRAIL_CALLS } from "../../detections/packs/guard/trail-changed";

/** A test of an EventBridge pattern on one request parameter. */
type Test =
  string | boolean | { readonly wildcard: string } | { readonly prefix: string } | { readonly suffix: string };

/** Calls that change what a parameter names. */
export interface WitnessedCalls {
  readonly calls: readonly string[];
  /** Request parameter that names the resource, such as `a` or `a.b`, and what it must match; undefined: any resource. */
  readonly parameter?: { readonly name: string; readonly matches: readonly Test[] };
}

/** How the witness recognizes Trailwatch's roles and their boundary. */
export type OwnRoles = Pick<WatchedAccount, "names" | "rolePrefix" | "roleBoundary">;

/** Calls of one service: a rule. */
export interface WitnessedService {
  /** As in `<service>.amazonaws.com`. */
  readonly service: string;
  readonly calls: readonly WitnessedCalls[];
  /**
   * Whether the service reports its calls in a region for all only, such as us-east-1.
   *
   * @default false
   */
  readonly isGlobal?: boolean;
  /**
   * Appended to the name of the rule, for a service with several. No deployment makes the calls of such a rule.
   *
   * @default - the service's only rule
   */
  readonly further?: string;
}

/** An organization trail that Trailwatch did not create. */
export interface WitnessedTrail {
  readonly name: string;
  /** Its log group. */
  readonly logGroup?: string | undefined;
}

const named = (name: string, ...matches: readonly Test[]): WitnessedCalls["parameter"] => ({ name, matches });

/**
 * CloudTrail leaves parameters of more than 100 KB out. Of these calls, only a state machine's definition and a rule's
 * targets can be that long.
 */
const OMITTED = named("omitted", true);

function trailCalls(...trails: readonly Test[]): readonly WitnessedCalls[] {
  return [
    { calls: ["StopLogging", "DeleteTrail", "UpdateTrail"], parameter: named("name", ...trails) },
    { calls: [...TRAIL_CALLS, "PutEventConfiguration"], parameter: named("trailName", ...trails) },
  ];
}

function logGroupCalls(...logGroups: readonly Test[]): readonly WitnessedCalls[] {
  return [
    {
      calls: ["DeleteLogGroup", "CreateLogGroup", "AssociateKmsKey", "DisassociateKmsKey"],
      parameter: named("logGroupName", ...logGroups),
    },
    { calls: ["AssociateKmsKey", "DisassociateKmsKey"], parameter: named("resourceIdentifier", ...logGroups) },
    { calls: ["PutTransformer", "PutDataProtectionPolicy"], parameter: named("logGroupIdentifier", ...logGroups) },
  ];
}

/**
 * Calls that cut the monitoring of the organization, or the alert hub, as a whole: after them neither the account's own
 * alarms nor those on the organization trail notify. All other calls are seen by detections.
 */
export function witnessedServices({ names, rolePrefix = "", roleBoundary }: OwnRoles): WitnessedService[] {
  const own = ownNames(names);
  const ours = { prefix: own.name };
  return [
    {
      service: "cloudtrail",
      calls: trailCalls({ wildcard: `*${own.prefix}*` }),
    },
    {
      service: "logs",
      calls: [
        ...logGroupCalls({ wildcard: `*/${own.folder}*` }, { wildcard: `*${own.eventsLogGroup}*` }),
        {
          calls: ["PutAccountPolicy"],
          parameter: named("policyType", "DATA_PROTECTION_POLICY", "SUBSCRIPTION_FILTER_POLICY", "TRANSFORMER_POLICY"),
        },
        { calls: ["PutResourcePolicy", "DeleteResourcePolicy"], parameter: named("policyName", ours) },
        { calls: ["PutResourcePolicy"], parameter: named("policyDocument", { wildcard: "*Deny*" }) },
      ],
    },
    // CloudTrail names a key by its id, which is unknown here: it may be any key of the account.
    { service: "kms", calls: [{ calls: ["PutKeyPolicy", "DisableKey", "ScheduleKeyDeletion"] }] },
    {
      service: "iam",
      isGlobal: true,
      calls: [
        { calls: ROLE_CALLS, parameter: named("roleName", { prefix: `${rolePrefix}${own.prefix}` }) },
        { calls: BOUNDARY_CALLS, parameter: named("policyArn", { suffix: `:policy/${roleBoundary ?? own.boundary}` }) },
        { calls: ["DeleteServiceLinkedRole"], parameter: named("roleName", "AWSServiceRoleForCloudTrail") },
      ],
    },
    {
      service: "organizations",
      isGlobal: true,
      calls: [
        { calls: ["DisableAWSServiceAccess"], parameter: named("servicePrincipal", "cloudtrail.amazonaws.com") },
        { calls: ["LeaveOrganization"] },
      ],
    },
    // One call can name every alarm that would report it.
    {
      service: "monitoring",
      calls: [
        { calls: ALARM_LIST_CALLS, parameter: named("alarmNames", { prefix: own.prefix }) },
        { calls: [MUTE_CALL], parameter: named("muteTargets.alarmNames", { prefix: own.prefix }) },
      ],
    },
    {
      service: "sns",
      calls: ["topicArn", "subscriptionArn", "resourceArn"].map((name) => ({
        calls: TOPIC_CALLS,
        parameter: named(name, { wildcard: `*:${own.prefix}*` }),
      })),
    },
    {
      service: "states",
      calls: [
        {
          calls: ["UpdateStateMachine", "DeleteStateMachine"],
          parameter: named("stateMachineArn", { wildcard: `*:stateMachine:${own.prefix}*` }),
        },
        { calls: ["UpdateStateMachine"], parameter: OMITTED },
      ],
    },
    {
      service: "events",
      calls: [
        { calls: [...RULE_CALLS, "DeleteEventBus", "UpdateEventBus"], parameter: named("name", ours) },
        { calls: RULE_CALLS, parameter: named("rule", ours) },
        { calls: ["PutTargets"], parameter: OMITTED },
        { calls: ["PutPermission", "RemovePermission"], parameter: named("eventBusName", ours) },
      ],
    },
  ];
}

/** The same for a trail that Trailwatch did not create, and its log group: rules of their own, as patterns are limited. */
export function witnessedOfExisting({ name, logGroup }: WitnessedTrail): readonly WitnessedService[] {
  const further = "existing";
  return [
    { service: "cloudtrail", further, calls: trailCalls(name, { suffix: `:trail/${name}` }) },
    ...(logGroup === undefined
      ? []
      : [{ service: "logs", further, calls: logGroupCalls({ wildcard: `*${logGroup}*` }) }]),
  ];
}

/** The same for topics that Trailwatch did not create. */
export function witnessedTopics(topicArns: readonly string[]): readonly WitnessedService[] {
  if (topicArns.length === 0) return [];
  const subscriptions = topicArns.map((topicArn) => ({ prefix: `${topicArn}:` }));
  return [
    {
      service: "sns",
      further: "existing",
      calls: [
        ...["topicArn", "resourceArn"].map((name) => ({ calls: TOPIC_CALLS, parameter: named(name, ...topicArns) })),
        { calls: TOPIC_CALLS, parameter: named("subscriptionArn", ...subscriptions) },
      ],
    },
  ];
}
