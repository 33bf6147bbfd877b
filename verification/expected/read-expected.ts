import { arn } from "../../lib/aws/partitions";
import type { Account, Organization } from "../../organization/organization";
import type { Deployment } from "../../signals";
import { blocksOf, flagOf, numberOfArgument, textOfArgument, textsOf } from "../../lib/terraform/read/arguments";
import { readStacks } from "../../lib/terraform/read/read-stacks";
import type { Stack } from "../../lib/terraform/read/stack";
import { isExisting } from "../../lib/terraform/read/existing";
import { StackReader } from "../../lib/terraform/read/stack-reader";
import type { PolicyStatement } from "../../modules/policy-document";
import type {
  ExpectedAccount,
  ExpectedKey,
  ExpectedLogGroup,
  ExpectedSecret,
  ExpectedTopic,
  ExpectedTrail,
} from "./expected-account";
import { readDetailsRole } from "./read-details-role";
import { readForwardingRules, readHub } from "./read-hub";
import { selectorText } from "./selector-text";

const TRAIL = "aws_cloudtrail";
const LOG_GROUP = "aws_cloudwatch_log_group";
const SECRET = "aws_secretsmanager_secret";
const TOPIC = "aws_sns_topic";
const CHANNELS = ["aws_chatbot_slack_channel_configuration", "aws_chatbot_teams_channel_configuration"];

/** Operators of a field selector: Terraform's name and that of CloudTrail's API. */
const OPERATORS = [
  ["equals", "Equals"],
  ["not_equals", "NotEquals"],
  ["starts_with", "StartsWith"],
  ["not_starts_with", "NotStartsWith"],
  ["ends_with", "EndsWith"],
  ["not_ends_with", "NotEndsWith"],
] as const;

/**
 * What each account must have, by account id, as synthesized into a folder.
 *
 * @throws DeploymentError for a folder without stacks
 */
export function readExpected(
  folder: string,
  deployment: Deployment,
  organization: Organization,
): ReadonlyMap<string, ExpectedAccount> {
  const stacks = readStacks(folder);
  return new Map(
    deployment.accounts.map((deployed) => {
      const own = stacks.filter(({ accountId }) => accountId === deployed.id);
      const account = organization.accounts.find(({ id }) => id === deployed.id);
      const homeRegion = own.map(({ regions }) => regions.get("aws")).find(Boolean) ?? organization.homeRegion;
      const created = own.flatMap(readSecrets);
      return [
        deployed.id,
        {
          deployed,
          homeRegion,
          trails: own.flatMap(readTrails),
          logGroups: own.flatMap(readLogGroups),
          existingKeys: own.flatMap(readExistingKeys),
          topics: uniqueTopics(own.flatMap(readTopics)),
          forwardingRules: own.flatMap(readForwardingRules),
          detailsRoles: own.flatMap((stack) => readDetailsRole(stack) ?? []),
          ...own.map(readHub).reduce((all, hub) => (hub === undefined ? all : { hub }), {}),
          secrets: [...created, ...watchedByName(account, created, homeRegion)],
        },
      ];
    }),
  );
}

function readTrails(stack: Stack): ExpectedTrail[] {
  const reader = new StackReader(stack, []);
  return reader.all(TRAIL).flatMap(([id, trail]) => {
    const name = reader.text(TRAIL, id, "name");
    if (name === undefined) return [];
    const region = reader.region(trail);
    const logGroupArn =
      textOfArgument(trail, "cloud_watch_logs_group_arn") === undefined
        ? undefined
        : reader.text(TRAIL, id, "cloud_watch_logs_group_arn");
    return {
      ...(isExisting(id) ? { existing: true } : {}),
      name,
      region,
      arn: arn(region, "cloudtrail", stack.accountId ?? "", `trail/${name}`),
      stack: stack.id,
      bucket:
        textOfArgument(trail, "s3_bucket_name") === undefined ? "" : (reader.text(TRAIL, id, "s3_bucket_name") ?? ""),
      isOrganizationTrail: flagOf(trail, "is_organization_trail", false),
      isMultiRegion: flagOf(trail, "is_multi_region_trail", false),
      includesGlobalServices: flagOf(trail, "include_global_service_events", true),
      validatesLogFiles: flagOf(trail, "enable_log_file_validation", false),
      logGroup: logGroupArn === undefined ? undefined : logGroupName(logGroupArn),
      selectors: blocksOf(trail, "advanced_event_selector").map((selector) =>
        selectorText(
          blocksOf(selector, "field_selector").map((field) => ({
            field: textOfArgument(field, "field") ?? "",
            operators: Object.fromEntries(OPERATORS.map(([own, api]) => [api, textsOf(field, own)])),
          })),
        ),
      ),
    };
  });
}

function readLogGroups(stack: Stack): ExpectedLogGroup[] {
  const reader = new StackReader(stack, []);
  return reader.all(LOG_GROUP).flatMap(([id, group]) => {
    const name = reader.text(LOG_GROUP, id, "name");
    const retentionDays = numberOfArgument(group, "retention_in_days");
    const hasKey = textOfArgument(group, "kms_key_id") !== undefined;
    if (name === undefined) return [];
    const existing = isExisting(id) ? { existing: true } : {};
    return [{ ...existing, name, region: reader.region(group), stack: stack.id, retentionDays, hasKey }];
  });
}

function readSecrets(stack: Stack): ExpectedSecret[] {
  const reader = new StackReader(stack, []);
  return reader.all(SECRET).flatMap(([id, secret]) => {
    const name = reader.text(SECRET, id, "name");
    return name === undefined ? [] : [{ name, region: reader.region(secret), created: true }];
  });
}

function readTopics(stack: Stack): ExpectedTopic[] {
  const reader = new StackReader(stack, []);
  return reader.all(TOPIC).flatMap(([id, topic]): ExpectedTopic[] => {
    const name = reader.text(TOPIC, id, "name");
    if (name === undefined) return [];
    if (isExisting(id)) {
      return [{ existing: true, arn: textOfArgument(topic, "arn") ?? "", stack: stack.id, key: id, hasChat: false }];
    }
    const topicArn = arn(reader.region(topic), "sns", stack.accountId ?? "", name);
    const hasOwnKey = textOfArgument(topic, "kms_master_key_id")?.includes("aws_kms_key.") === true;
    const key = `${stack.id} ${textOfArgument(topic, "kms_master_key_id") ?? "none"}`;
    const hasChat = CHANNELS.some((type) =>
      reader.all(type).some(([channel]) => reader.texts(type, channel, "sns_topic_arns").includes(topicArn)),
    );
    return [{ arn: topicArn, stack: stack.id, key, hasChat, ...(hasOwnKey ? {} : { hasOwnKey }) }];
  });
}

function readExistingKeys(stack: Stack): ExpectedKey[] {
  return new StackReader(stack, []).all("aws_kms_key").flatMap(([id, key]) => {
    if (!isExisting(id)) return [];
    const { Statement } = JSON.parse(textOfArgument(key, "policy") ?? "{}") as Partial<PolicyDocument>;
    const [keyArn = "", use = ""] = [textOfArgument(key, "arn"), textOfArgument(key, "description")];
    return [{ arn: keyArn, use, statements: Statement ?? [] }];
  });
}

interface PolicyDocument {
  readonly Statement: readonly PolicyStatement[];
}

/** Several stacks of an account may notify one existing topic. */
function uniqueTopics(topics: readonly ExpectedTopic[]): readonly ExpectedTopic[] {
  return [...new Map(topics.map((topic) => [topic.arn, topic])).values()];
}

/** Families of secrets, such as `payments/*`, are not single secrets that could be looked up. */
function watchedByName(
  account: Account | undefined,
  created: readonly ExpectedSecret[],
  region: string,
): ExpectedSecret[] {
  return (account?.secrets.watch ?? [])
    .filter((name) => !name.includes("*") && !created.some((secret) => secret.name === name))
    .map((name) => ({ name, region, created: false }));
}

/** Name of a log group, from its ARN. */
export function logGroupName(arn: string): string {
  return /:log-group:([^:]+)/.exec(arn)?.[1] ?? arn;
}
