import type { ProviderSchema } from "./provider-schema";
import type { SynthesizedResource } from "./variants";

/**
 * Arguments whose drift the provider hides when they are omitted, and whose schema does not say so: by a
 * `DiffSuppressFunc`, or as blocks that are optional and computed. Source: the provider's code, versions 5.100 and 6.
 */
const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  aws_athena_workgroup: ["configuration"],
  aws_cloudwatch_event_rule: ["state"],
  aws_iam_role: ["inline_policy"],
  aws_s3_bucket: [
    ...["cors_rule", "grant", "lifecycle_rule", "logging", "replication_configuration"],
    ...["server_side_encryption_configuration", "versioning", "website"],
  ],
  aws_secretsmanager_secret: ["replica"],
  aws_sfn_state_machine: ["encryption_configuration", "logging_configuration", "tracing_configuration"],
};

/** Another resource manages the argument: its type, and its argument that names the resource. */
type ManagedBy = readonly [type: string, argument: string];

const NAME_PREFIX = "another way to give a name, which is set";
const WHEN_CREATED = "chosen when the resource is created, for good";

/** Why an argument may be omitted although the provider hides its drift. */
const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string | ManagedBy>>>> = {
  aws_chatbot_slack_channel_configuration: {
    user_authorization_required: "either way people can do nothing: the guardrail denies everything",
  },
  aws_chatbot_teams_channel_configuration: {
    channel_name: "the channel's title, which people may change in Teams",
    team_name: "the team's title, which people may change in Teams",
    user_authorization_required: "either way people can do nothing: the guardrail denies everything",
  },
  aws_cloudwatch_event_connection: {
    "ignore_changes auth_parameters":
      "the user sets the secret after the deployment; `verify` checks that there is one",
  },
  aws_cloudwatch_event_rule: { name_prefix: NAME_PREFIX },
  aws_cloudwatch_log_group: { log_group_class: WHEN_CREATED, name_prefix: NAME_PREFIX },
  aws_cloudwatch_metric_alarm: {
    evaluate_low_sample_count_percentiles: "counts for alarms on percentiles only, of which there is none",
  },
  aws_dynamodb_table: {
    read_capacity: "for provisioned tables only; the billing mode is set",
    stream_view_type: "means nothing without a stream, whose drift is shown",
    write_capacity: "for provisioned tables only; the billing mode is set",
  },
  aws_glue_catalog_database: {
    catalog_id: "the account's own catalog",
    location_uri: "the table has a location of its own",
  },
  aws_glue_catalog_table: { catalog_id: "the account's own catalog" },
  aws_iam_openid_connect_provider: {
    thumbprint_list: "AWS trusts GitHub and HCP Terraform by its own list of certificate authorities",
  },
  aws_iam_policy: { name_prefix: NAME_PREFIX },
  aws_iam_role: {
    inline_policy: ["aws_iam_role_policies_exclusive", "role_name"],
    managed_policy_arns: ["aws_iam_role_policy_attachments_exclusive", "role_name"],
    name_prefix: NAME_PREFIX,
  },
  aws_iam_role_policy: { name_prefix: NAME_PREFIX },
  aws_kms_alias: { name_prefix: NAME_PREFIX },
  aws_kms_key: {
    multi_region: WHEN_CREATED,
    rotation_period_in_days: "90 to 2560 days; whether the key is rotated at all is set",
  },
  aws_s3_bucket: {
    acceleration_status: "a faster endpoint, with the same policy",
    acl: ["aws_s3_bucket_ownership_controls", "bucket"],
    bucket_prefix: NAME_PREFIX,
    cors_rule: "for browsers, which the bucket's policy and public access block keep out",
    grant: ["aws_s3_bucket_ownership_controls", "bucket"],
    lifecycle_rule: ["aws_s3_bucket_lifecycle_configuration", "bucket"],
    logging: "a log of access that is added takes nothing away; that of the archive is managed",
    policy: ["aws_s3_bucket_policy", "bucket"],
    replication_configuration: "Terraform has no way to say that there is none: docs/verify.md lists it",
    request_payer: "who pays for requests",
    server_side_encryption_configuration: ["aws_s3_bucket_server_side_encryption_configuration", "bucket"],
    versioning: ["aws_s3_bucket_versioning", "bucket"],
    website: "public, which the public access block denies",
  },
  aws_s3_bucket_lifecycle_configuration: {
    expected_bucket_owner: "a check of the account, which the provider's allowed_account_ids make",
    transition_default_minimum_object_size: "which small objects move to colder storage",
  },
  aws_scheduler_schedule: { name_prefix: NAME_PREFIX },
  aws_secretsmanager_secret: {
    name_prefix: NAME_PREFIX,
    policy: ["aws_secretsmanager_secret_policy", "secret_arn"],
    replica: "Terraform has no way to say that there is none: docs/verify.md lists it",
  },
  aws_secretsmanager_secret_version: {
    "ignore_changes version_stages": "AWS moves the stages whenever the owner puts a value",
  },
  aws_sfn_state_machine: {
    encryption_configuration: "another key than AWS's own hides nothing from those who may read",
    name_prefix: NAME_PREFIX,
  },
  aws_sns_topic: {
    fifo_throughput_scope: "for FIFO topics only",
    name_prefix: NAME_PREFIX,
    policy: ["aws_sns_topic_policy", "arn"],
    tracing_config: "traces hold no message",
  },
  aws_sns_topic_subscription: { filter_policy_scope: "means nothing without a filter policy, whose drift is shown" },
  aws_sqs_queue: {
    deduplication_scope: "for FIFO queues only",
    fifo_throughput_limit: "for FIFO queues only",
    kms_data_key_reuse_period_seconds: "for queues with a KMS key of their own only",
    name_prefix: NAME_PREFIX,
    policy: ["aws_sqs_queue_policy", "queue_url"],
    redrive_allow_policy: "which queues may send here what they could not deliver: only more arrives",
    redrive_policy: "moves what is received again and again; nothing receives from these queues but people",
  },
  aws_ssm_parameter: {
    arn: "no argument any more",
    data_type: "the parameter holds one fixed word",
    insecure_value: "the same as value, which is set",
    key_id: "for encrypted parameters only",
    tier: "the parameter holds one fixed word",
  },
};

/** Types of another provider than AWS's, which are not looked at, and why. */
const OTHER_PROVIDERS: Readonly<Record<string, string>> = {
  terraform_data: "notes what exists, and deploys nothing",
  tfe_variable: "settings of HCP Terraform, not of what watches accounts",
  tfe_workspace: "settings of HCP Terraform, not of what watches accounts",
  tfe_workspace_settings: "settings of HCP Terraform, not of what watches accounts",
};

/** What of resources can change in AWS without a plan that shows it, a line each. Resources are those of one deployment. */
export function undetectedDrift(resources: readonly SynthesizedResource[], schema: ProviderSchema): string[] {
  return resources.flatMap((resource) => {
    const { stack, type, id } = resource;
    if (OTHER_PROVIDERS[type] !== undefined) return [];
    const computed = schema.get(type);
    if (computed === undefined) return [`${stack}: ${type} is not recorded: run 'npm run schema:provider'`];
    const omitted = [...computed, ...(HIDDEN[type] ?? [])].filter(
      // The provider's own: `id`, and the tags that it sets by default.
      (argument) => resource.values[argument] === undefined && !["id", "tags_all", "region"].includes(argument),
    );
    return [...omitted, ...ignoredChanges(resource)].sort().flatMap((argument) => {
      const exception = EXCEPTIONS[type]?.[argument];
      const place = `${stack}: ${type}.${id}: ${argument}`;
      if (exception === undefined) return [place];
      if (typeof exception === "string" || isManaged(resource, exception, resources)) return [];
      return [`${place} is managed by no ${exception[0]}`];
    });
  });
}

function ignoredChanges({ values }: SynthesizedResource): string[] {
  const { ignore_changes = [] } = (values.lifecycle ?? {}) as { readonly ignore_changes?: string | readonly string[] };
  return [ignore_changes].flat().map((argument) => `ignore_changes ${argument}`);
}

function isManaged(
  { stack, type, id }: SynthesizedResource,
  [manager, argument]: ManagedBy,
  resources: readonly SynthesizedResource[],
): boolean {
  return resources.some(
    (other) =>
      other.stack === stack && other.type === manager && String(other.values[argument]).startsWith(`\${${type}.${id}.`),
  );
}

/** Exceptions that no resource needs. */
export function unusedExceptions(resources: readonly SynthesizedResource[]): string[] {
  const types = new Set(resources.map(({ type }) => type));
  return [...Object.keys(EXCEPTIONS), ...Object.keys(OTHER_PROVIDERS)].filter((type) => !types.has(type));
}
