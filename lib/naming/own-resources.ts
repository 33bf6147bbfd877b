/** Begins the name of every resource that Trailwatch deploys under a name of its own. */
export const OWN_NAME = "trailwatch";

/** Begins all of those names except the few that are `OWN_NAME` itself, such as the first event rule of an account. */
export const OWN_PREFIX = `${OWN_NAME}-`;

/** Begins the paths of log groups, parameters, saved queries and states, which have the account's or stack's name. */
export const OWN_FOLDER = `${OWN_NAME}/`;

/** Pattern of Trailwatch's names where no resource is called `OWN_NAME` itself. */
export const OWN_NAMES = `${OWN_PREFIX}*`;

/**
 * Key of the tag that every stack adds to its resources besides those of organization.yaml: its value is the stack's
 * id.
 */
export const STACK_TAG = `${OWN_NAME}:stack`;

/** Log group of the event-bus feed. EventBridge requires its prefix. */
export const EVENTS_LOG_GROUP = `/aws/events/${OWN_NAME}`;

/** Event rules of a feed: the first has the plain name, as no account needs more than one unless patterns are long. */
export function eventRuleName(index: number): string {
  return index === 0 ? OWN_NAME : `${OWN_PREFIX}${index + 1}`;
}

/**
 * The resource part of ARNs that match Trailwatch's resources, as IAM policies name them. Policies and the names that
 * stacks use come from the same constants, so that no resource is outside its policy.
 */
export const OWN_ARNS = {
  alarms: `alarm:${OWN_NAMES}`,
  apiDestinations: `api-destination/${OWN_NAMES}`,
  chatConfigurations: `chat-configuration/*/${OWN_NAMES}`,
  connections: `connection/${OWN_NAMES}`,
  /** EventBridge creates and names the secret of a connection. */
  connectionSecrets: `secret:events!connection/${OWN_NAMES}`,
  dashboards: `dashboard/${OWN_NAMES}`,
  database: `database/${OWN_NAME}`,
  dynamoTables: `table/${OWN_NAMES}`,
  eventBuses: `event-bus/${OWN_NAME}*`,
  /** Of Trailwatch's state machines. */
  executions: `execution:${OWN_NAMES}`,
  keyAliases: `alias/${OWN_NAMES}`,
  logGroups: [`log-group:/${OWN_FOLDER}*`, `log-group:${EVENTS_LOG_GROUP}*`],
  parameters: `parameter/${OWN_FOLDER}*`,
  queues: OWN_NAMES,
  rules: `rule/${OWN_NAME}*`,
  schedules: `schedule/default/${OWN_NAMES}`,
  stateMachines: `stateMachine:${OWN_NAMES}`,
  tables: `table/${OWN_FOLDER}*`,
  topics: OWN_NAMES,
  trails: `trail/${OWN_NAMES}`,
  userDefinedFunctions: `userDefinedFunction/${OWN_FOLDER}*`,
  workgroups: `workgroup/${OWN_NAME}`,
} as const;
