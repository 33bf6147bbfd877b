import type { Arguments } from "./synth";
import type { SynthesizedResource } from "./variants";

/** What a name must be unique in. */
type Scope = "account and region" | "account" | "AWS" | "organization of HCP Terraform";

interface Identity {
  /** Arguments that name it together. */
  readonly by: readonly string[];
  /** @default "account and region" */
  readonly scope?: Scope;
  /**
   * Types of one namespace share their names.
   *
   * @default - the type has a namespace of its own
   */
  readonly namespace?: string;
  /** @default true */
  readonly caseCounts?: boolean;
}

const NAMED_IN_REGION: Identity = { by: ["name"] };
/** IAM's names differ in more than case. Source: IAM User Guide, "IAM and AWS STS quotas", name requirements. */
const IN_IAM = { scope: "account", caseCounts: false } as const;
const OF_BUCKET: Identity = { by: ["bucket"], scope: "AWS" };
const ALARM: Identity = { by: ["alarm_name"], namespace: "alarm" };
const CHAT: Identity = { by: ["configuration_name"], scope: "account", namespace: "chat configuration" };
const WORKSPACE = { scope: "organization of HCP Terraform" } as const;

/** How AWS identifies resources of a type; null: by an id that AWS chooses, so that two cannot clash. */
const IDENTITIES: Readonly<Record<string, Identity | null>> = {
  aws_athena_named_query: { by: ["workgroup", "name"] },
  aws_athena_workgroup: NAMED_IN_REGION,
  aws_chatbot_slack_channel_configuration: CHAT,
  aws_chatbot_teams_channel_configuration: CHAT,
  aws_cloudtrail: NAMED_IN_REGION,
  aws_cloudwatch_composite_alarm: ALARM,
  aws_cloudwatch_dashboard: { by: ["dashboard_name"], scope: "account" },
  aws_cloudwatch_event_api_destination: NAMED_IN_REGION,
  aws_cloudwatch_event_bus: NAMED_IN_REGION,
  aws_cloudwatch_event_bus_policy: { by: ["event_bus_name"] },
  aws_cloudwatch_event_connection: NAMED_IN_REGION,
  aws_cloudwatch_event_rule: { by: ["event_bus_name", "name"] },
  aws_cloudwatch_event_target: { by: ["event_bus_name", "rule", "target_id"] },
  aws_cloudwatch_log_group: NAMED_IN_REGION,
  aws_cloudwatch_log_metric_filter: { by: ["log_group_name", "name"] },
  aws_cloudwatch_log_resource_policy: { by: ["policy_name"] },
  aws_cloudwatch_metric_alarm: ALARM,
  aws_cloudwatch_query_definition: NAMED_IN_REGION,
  aws_dynamodb_table: NAMED_IN_REGION,
  aws_glue_catalog_database: { by: ["name"], caseCounts: false },
  aws_glue_catalog_table: { by: ["database_name", "name"], caseCounts: false },
  aws_iam_openid_connect_provider: { by: ["url"], ...IN_IAM },
  aws_iam_policy: { by: ["name"], ...IN_IAM },
  aws_iam_role: { by: ["name"], ...IN_IAM },
  aws_iam_role_policies_exclusive: { by: ["role_name"], ...IN_IAM },
  aws_iam_role_policy: { by: ["role", "name"], ...IN_IAM },
  aws_iam_role_policy_attachments_exclusive: { by: ["role_name"], ...IN_IAM },
  aws_kms_alias: NAMED_IN_REGION,
  aws_kms_key: null,
  aws_s3_bucket: OF_BUCKET,
  aws_s3_bucket_lifecycle_configuration: OF_BUCKET,
  aws_s3_bucket_logging: OF_BUCKET,
  aws_s3_bucket_object_lock_configuration: OF_BUCKET,
  aws_s3_bucket_ownership_controls: OF_BUCKET,
  aws_s3_bucket_policy: OF_BUCKET,
  aws_s3_bucket_public_access_block: OF_BUCKET,
  aws_s3_bucket_server_side_encryption_configuration: OF_BUCKET,
  aws_s3_bucket_versioning: OF_BUCKET,
  aws_scheduler_schedule: { by: ["group_name", "name"] },
  aws_secretsmanager_secret: NAMED_IN_REGION,
  aws_secretsmanager_secret_policy: { by: ["secret_arn"] },
  aws_secretsmanager_secret_version: { by: ["secret_id"] },
  aws_sfn_state_machine: NAMED_IN_REGION,
  aws_sns_topic: NAMED_IN_REGION,
  aws_sns_topic_policy: { by: ["arn"] },
  aws_sns_topic_subscription: { by: ["topic_arn", "protocol", "endpoint"] },
  aws_sqs_queue: NAMED_IN_REGION,
  aws_sqs_queue_policy: { by: ["queue_url"] },
  aws_ssm_parameter: NAMED_IN_REGION,
  terraform_data: null,
  tfe_variable: { by: ["workspace_id", "key"], ...WORKSPACE },
  tfe_workspace: { by: ["name"], ...WORKSPACE },
  tfe_workspace_settings: { by: ["workspace_id"], ...WORKSPACE },
};

/** Characters of names that are made of what a user writes. Sources: the API references of the services, HCP Terraform. */
const LONGEST: Readonly<Record<string, number>> = {
  aws_athena_named_query: 128,
  aws_cloudwatch_composite_alarm: 255,
  aws_cloudwatch_dashboard: 255,
  aws_cloudwatch_log_group: 512,
  aws_cloudwatch_metric_alarm: 255,
  aws_cloudwatch_query_definition: 255,
  aws_iam_role: 64,
  aws_s3_bucket: 63,
  tfe_workspace: 90,
};

/** Names that are longer than their service takes, a line each. */
export function longNames(resources: readonly SynthesizedResource[]): string[] {
  return resources.flatMap(({ stack, type, id, values }) => {
    const name = values[IDENTITIES[type]?.by.at(-1) ?? ""];
    const longest = LONGEST[type] ?? Infinity;
    return typeof name === "string" && name.length > longest ? [`${stack}: ${type}.${id}: ${name}`] : [];
  });
}

/** Resources that share a name, a line for each pair. All of them must be of one deployment. */
export function sharedNames(resources: readonly SynthesizedResource[]): string[] {
  const values = new Map(resources.map(({ stack, type, id, values }) => [`${stack} ${type}.${id}`, values]));
  const owners = new Map<string, string>();
  return resources.flatMap((resource) => {
    const address = `${resource.stack}: ${resource.type}.${resource.id}`;
    const name = nameOf(resource, values);
    if (name === undefined) return [];
    const owner = owners.get(name);
    owners.set(name, address);
    return owner === undefined ? [] : [`${owner} and ${address} share ${name}`];
  });
}

function nameOf(resource: SynthesizedResource, all: ReadonlyMap<string, Arguments>): string | undefined {
  const { stack, type, account, region } = resource;
  const identity = IDENTITIES[type];
  if (identity === undefined) throw new Error(`expected '${type}' in IDENTITIES: how does AWS tell two of them apart?`);
  if (identity === null) return undefined;
  const { by, scope = "account and region", namespace = type, caseCounts = true } = identity;
  const parts = by.map((argument) => resolved(resource.values[argument], stack, all));
  if (parts.every((part) => part === "")) throw new Error(`expected a name by ${by.join(", ")} in ${stack}: ${type}`);
  const place = { "account and region": [account, region], account: [account] }[scope as string] ?? [];
  const name = [namespace, ...place, ...parts].join(" ");
  return caseCounts ? name : name.toLowerCase();
}

/** The text of an argument; of a reference to a name in the same stack, that name. */
function resolved(value: unknown, stack: string, all: ReadonlyMap<string, Arguments>): string {
  const text = typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
  const [, type, id, attribute = ""] = /^\$\{(\w+)\.([\w-]+)\.(\w+)\}$/.exec(text) ?? [];
  if (type === undefined) return text.includes("${") ? `${stack} ${text}` : text;
  const target = all.get(`${stack} ${type}.${String(id)}`);
  // The id of a bucket or role is its name.
  const named = target?.[attribute] ?? (attribute === "id" ? (target?.bucket ?? target?.name) : undefined);
  return named === undefined ? `${stack} ${text}` : resolved(named, stack, all);
}
