/** What the names of everything that an installation deploys derive from: `names` of organization.yaml. */
export interface NamesSettings {
  /** Lower-case words joined by `-`. */
  readonly prefix: string;
}

/** Without settings. */
export const PLAIN_NAMES: NamesSettings = { prefix: "trailwatch" };

/** What the names of an installation's resources have in common, with patterns of them. */
export function ownResources({ prefix: name }: NamesSettings) {
  const prefix = `${name}-`;
  const folder = `${name}/`;
  const eventsLogGroup = `/aws/events/${name}`;
  return {
    /** Begins the name of every resource that Trailwatch deploys under a name of its own. */
    name,
    /** Begins all of those names except the few that are `name` itself, such as the first event rule of an account. */
    prefix,
    /** Begins the paths of log groups, parameters, saved queries and states, which have the account's or stack's name. */
    folder,
    /** Pattern of Trailwatch's names where no resource is called `name` itself. */
    pattern: `${prefix}*`,
    /** Glue takes lower-case letters, digits and `_`. */
    archiveDatabase: name.replaceAll("-", "_"),
    /**
     * Key of the tag that every stack adds to its resources besides those of organization.yaml: its value is the
     * stack's id.
     */
    stackTag: `${name}:stack`,
    /** Session name with which Terraform deploys; detections recognize deployments by it. */
    deploymentSession: name,
    /** Log group of the event-bus feed. EventBridge requires its prefix. */
    eventsLogGroup,
    /** Event rules of a feed: the first has the plain name, as no account needs more than one unless patterns are long. */
    eventRuleName: (index: number): string => (index === 0 ? name : `${prefix}${index + 1}`),
    /** Key of a stack's state in the state bucket; `*` for those of all stacks. */
    stateKey: (stackId: string): string => `${folder}${stackId}/terraform.tfstate`,
    /**
     * Name of a stack's workspace: one per stack, named in its `cloud` block. `*` for those of all stacks.
     */
    workspaceName: (stackId: string): string => `${prefix}${stackId}`,
  };
}

/**
 * The resource part of ARNs that match an installation's resources, as IAM policies name them. Policies and the names
 * that stacks use have the same source, so that no resource is outside its policy.
 */
export function ownArns({
  name,
  folder,
  pattern,
  archiveDatabase,
  eventsLogGroup,
}: Pick<ReturnType<typeof ownResources>, "name" | "folder" | "pattern" | "archiveDatabase" | "eventsLogGroup">) {
  return {
    alarms: `alarm:${pattern}`,
    apiDestinations: `api-destination/${pattern}`,
    chatConfigurations: `chat-configuration/*/${pattern}`,
    connections: `connection/${pattern}`,
    /** EventBridge creates and names the secret of a connection. */
    connectionSecrets: `secret:events!connection/${pattern}`,
    dashboards: `dashboard/${pattern}`,
    database: `database/${archiveDatabase}`,
    dynamoTables: `table/${pattern}`,
    eventBuses: `event-bus/${name}*`,
    /** Of Trailwatch's state machines. */
    executions: `execution:${pattern}`,
    keyAliases: `alias/${pattern}`,
    logGroups: [`log-group:/${folder}*`, `log-group:${eventsLogGroup}*`],
    parameters: `parameter/${folder}*`,
    queues: pattern,
    rules: `rule/${name}*`,
    schedules: `schedule/default/${pattern}`,
    stateMachines: `stateMachine:${pattern}`,
    tables: `table/${archiveDatabase}/*`,
    topics: pattern,
    trails: `trail/${pattern}`,
    userDefinedFunctions: `userDefinedFunction/${archiveDatabase}/*`,
    workgroups: `workgroup/${name}`,
  };
}
