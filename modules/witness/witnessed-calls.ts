import type { WatchedAccount } from "../../detections/detection";
import { ALARM_LIST_CALLS, MUTE_CALL } from "../../detections/packs/guard/alarm-changed";
import { BOUNDARY_CALLS } from "../../detections/packs/guard/member-roles-changed";
import { ROLE_CALLS } from "../../detections/packs/guard/watcher-role-changed";
import { RULE_CALLS } from "../../detections/packs/guard/event-rule-changed";
import { TOPIC_CALLS } from "../../detections/packs/guard/topic-changed";
import { TRAIL_CALLS } from "../../detections/packs/guard/trail-changed";
import { BOUNDARY } from "../../lib/naming/role-names";
import { EVENTS_LOG_GROUP, OWN_FOLDER, OWN_NAME, OWN_PREFIX } from "../../lib/naming/own-resources";

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
export type OwnRoles = Pick<WatchedAccount, "rolePrefix" | "roleBoundary">;

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

const OURS = { prefix: OWN_NAME };
const OURS_OR_ARN = { wildcard: `*${OWN_PREFIX}*` };
const LOG_GROUPS = [{ wildcard: `*/${OWN_FOLDER}*` }, { wildcard: `*${EVENTS_LOG_GROUP}*` }];

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
export const witnessedServices = ({ rolePrefix = "", roleBoundary = BOUNDARY }: OwnRoles): WitnessedService[] => [
  {
    service: "cloudtrail",
    calls: trailCalls(OURS_OR_ARN),
  },
  {
    service: "logs",
    calls: [
      ...logGroupCalls(...LOG_GROUPS),
      {
        calls: ["PutAccountPolicy"],
        parameter: named("policyType", "DATA_PROTECTION_POLICY", "SUBSCRIPTION_FILTER_POLICY", "TRANSFORMER_POLICY"),
      },
      { calls: ["PutResourcePolicy", "DeleteResourcePolicy"], parameter: named("policyName", OURS) },
      { calls: ["PutResourcePolicy"], parameter: named("policyDocument", { wildcard: "*Deny*" }) },
    ],
  },
  // CloudTrail names a key by its id, which is unknown here: it may be any key of the account.
  { service: "kms", calls: [{ calls: ["PutKeyPolicy", "DisableKey", "ScheduleKeyDeletion"] }] },
  {
    service: "iam",
    isGlobal: true,
    calls: [
      { calls: ROLE_CALLS, parameter: named("roleName", { prefix: `${rolePrefix}${OWN_PREFIX}` }) },
      { calls: BOUNDARY_CALLS, parameter: named("policyArn", { suffix: `:policy/${roleBoundary}` }) },
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
      { calls: ALARM_LIST_CALLS, parameter: named("alarmNames", { prefix: OWN_PREFIX }) },
      { calls: [MUTE_CALL], parameter: named("muteTargets.alarmNames", { prefix: OWN_PREFIX }) },
    ],
  },
  {
    service: "sns",
    calls: ["topicArn", "subscriptionArn", "resourceArn"].map((name) => ({
      calls: TOPIC_CALLS,
      parameter: named(name, { wildcard: `*:${OWN_PREFIX}*` }),
    })),
  },
  {
    service: "states",
    calls: [
      {
        calls: ["UpdateStateMachine", "DeleteStateMachine"],
        parameter: named("stateMachineArn", { wildcard: `*:stateMachine:${OWN_PREFIX}*` }),
      },
      { calls: ["UpdateStateMachine"], parameter: OMITTED },
    ],
  },
  {
    service: "events",
    calls: [
      { calls: [...RULE_CALLS, "DeleteEventBus", "UpdateEventBus"], parameter: named("name", OURS) },
      { calls: RULE_CALLS, parameter: named("rule", OURS) },
      { calls: ["PutTargets"], parameter: OMITTED },
      { calls: ["PutPermission", "RemovePermission"], parameter: named("eventBusName", OURS) },
    ],
  },
];

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
