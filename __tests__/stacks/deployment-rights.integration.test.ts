import { PLAIN } from "../../lib/naming/own-names";
import { buildApp } from "../../main";
import { LOOK_UP_EVENTS, readConfiguration } from "../../modules/deployment-roles/reading";
import { loadOrganization } from "../../organization/load";
import { NOTIFY, READS } from "../../verification/aws/calls";
import { DIGEST_READS, HUB_READS, WEBHOOK_READS } from "../../verification/aws/hub-calls";
import { admits } from "../support/admits";
import { named, policyOf, resourceOf, resourcesOf, synthApp, testApp, type Policy } from "../support/synth";

// The shipped organization, deployed by CI: whatever the stacks get to deploy, the roles must keep up with.
const shipped = loadOrganization("accounts");
const stacks = synthApp(
  buildApp(
    {
      ...shipped,
      alertHub: {
        account: "log-archive",
        chat: {
          slack: { workspaceId: "T1", channelId: "C1" },
          teams: { tenantId: "one", teamId: "two", channelId: "three" },
        },
        noticesDigest: "07:00",
        webhooks: [
          { name: "pager", url: "https://example.com", format: "pagerduty", topics: ["alerts"], ratePerSecond: 10 },
        ],
      },
      deploymentRole: "trailwatch-deploy",
      deployment: {
        account: "log-archive",
        administratorRole: "OrganizationAccountAccessRole",
        hcpTerraform: false,
        github: { repository: "acme/watch", ownerId: 1, repositoryId: 2, branch: "main", environment: "production" },
      },
    },
    testApp(),
  ),
);
const accounts = shipped.accounts.map(({ name, id }) => [name, id] as const);

const SECRET = "arn:aws:secretsmanager:eu-west-1:ID:secret:MyProjectSecrets-a1B2c3";

/** What creates a resource: action, resource. `ID` is the account, `*` any resource. */
const CREATES: Readonly<Record<string, readonly [action: string, resource: string]>> = {
  aws_athena_named_query: ["athena:CreateNamedQuery", "arn:aws:athena:eu-west-1:ID:workgroup/trailwatch"],
  aws_athena_workgroup: ["athena:CreateWorkGroup", "arn:aws:athena:eu-west-1:ID:workgroup/trailwatch"],
  aws_chatbot_slack_channel_configuration: ["chatbot:CreateSlackChannelConfiguration", "*"],
  aws_chatbot_teams_channel_configuration: ["chatbot:CreateMicrosoftTeamsChannelConfiguration", "*"],
  aws_cloudtrail: ["cloudtrail:CreateTrail", "arn:aws:cloudtrail:eu-west-1:ID:trail/trailwatch-x"],
  aws_cloudwatch_dashboard: ["cloudwatch:PutDashboard", "arn:aws:cloudwatch::ID:dashboard/trailwatch-x"],
  aws_cloudwatch_event_api_destination: [
    "events:CreateApiDestination",
    "arn:aws:events:eu-west-1:ID:api-destination/trailwatch-x",
  ],
  aws_cloudwatch_event_connection: ["events:CreateConnection", "arn:aws:events:eu-west-1:ID:connection/trailwatch-x"],
  aws_cloudwatch_event_bus: ["events:CreateEventBus", "arn:aws:events:eu-west-1:ID:event-bus/trailwatch-x"],
  aws_cloudwatch_event_bus_policy: ["events:PutPermission", "arn:aws:events:eu-west-1:ID:event-bus/trailwatch-x"],
  aws_cloudwatch_event_rule: ["events:PutRule", "arn:aws:events:eu-west-1:ID:rule/trailwatch"],
  aws_cloudwatch_event_target: ["events:PutTargets", "arn:aws:events:eu-west-1:ID:rule/trailwatch"],
  aws_cloudwatch_log_group: ["logs:CreateLogGroup", "arn:aws:logs:eu-west-1:ID:log-group:/trailwatch/x/y"],
  aws_cloudwatch_log_metric_filter: [
    "logs:PutMetricFilter",
    "arn:aws:logs:eu-west-1:ID:log-group:/aws/events/trailwatch",
  ],
  aws_cloudwatch_log_resource_policy: ["logs:PutResourcePolicy", "*"],
  aws_cloudwatch_metric_alarm: ["cloudwatch:PutMetricAlarm", "arn:aws:cloudwatch:eu-west-1:ID:alarm:trailwatch-x"],
  aws_cloudwatch_composite_alarm: [
    "cloudwatch:PutCompositeAlarm",
    "arn:aws:cloudwatch:eu-west-1:ID:alarm:trailwatch-x",
  ],
  aws_cloudwatch_query_definition: ["logs:PutQueryDefinition", "*"],
  aws_dynamodb_table: ["dynamodb:CreateTable", "arn:aws:dynamodb:eu-west-1:ID:table/trailwatch-x"],
  aws_glue_catalog_database: ["glue:CreateDatabase", "arn:aws:glue:eu-west-1:ID:database/trailwatch"],
  aws_glue_catalog_table: ["glue:CreateTable", "arn:aws:glue:eu-west-1:ID:table/trailwatch/trail"],
  aws_iam_role: ["iam:CreateRole", "arn:aws:iam::ID:role/trailwatch-x"],
  aws_iam_role_policies_exclusive: ["iam:DeleteRolePolicy", "arn:aws:iam::ID:role/trailwatch-x"],
  aws_iam_role_policy: ["iam:PutRolePolicy", "arn:aws:iam::ID:role/trailwatch-x"],
  aws_iam_role_policy_attachments_exclusive: ["iam:DetachRolePolicy", "arn:aws:iam::ID:role/trailwatch-x"],
  aws_kms_alias: ["kms:CreateAlias", "arn:aws:kms:eu-west-1:ID:alias/trailwatch-x"],
  aws_kms_key: ["kms:CreateKey", "*"],
  aws_s3_bucket: ["s3:CreateBucket", "BUCKET"],
  aws_s3_bucket_lifecycle_configuration: ["s3:PutLifecycleConfiguration", "BUCKET"],
  aws_s3_bucket_logging: ["s3:PutBucketLogging", "BUCKET"],
  aws_s3_bucket_ownership_controls: ["s3:PutBucketOwnershipControls", "BUCKET"],
  aws_s3_bucket_policy: ["s3:PutBucketPolicy", "BUCKET"],
  aws_s3_bucket_public_access_block: ["s3:PutBucketPublicAccessBlock", "BUCKET"],
  aws_s3_bucket_server_side_encryption_configuration: ["s3:PutEncryptionConfiguration", "BUCKET"],
  aws_s3_bucket_versioning: ["s3:PutBucketVersioning", "BUCKET"],
  aws_scheduler_schedule: ["scheduler:CreateSchedule", "arn:aws:scheduler:eu-west-1:ID:schedule/default/trailwatch-x"],
  aws_sfn_state_machine: ["states:CreateStateMachine", "arn:aws:states:eu-west-1:ID:stateMachine:trailwatch-x"],
  aws_secretsmanager_secret: ["secretsmanager:CreateSecret", SECRET],
  aws_secretsmanager_secret_policy: ["secretsmanager:PutResourcePolicy", SECRET],
  aws_secretsmanager_secret_version: ["secretsmanager:PutSecretValue", SECRET],
  aws_sns_topic: ["sns:CreateTopic", "arn:aws:sns:eu-west-1:ID:trailwatch-x"],
  aws_sns_topic_policy: ["sns:SetTopicAttributes", "arn:aws:sns:eu-west-1:ID:trailwatch-x"],
  aws_sns_topic_subscription: ["sns:Subscribe", "arn:aws:sns:eu-west-1:ID:trailwatch-x"],
  aws_sqs_queue: ["sqs:CreateQueue", "arn:aws:sqs:eu-west-1:ID:trailwatch-x"],
  aws_sqs_queue_policy: ["sqs:SetQueueAttributes", "arn:aws:sqs:eu-west-1:ID:trailwatch-x"],
  aws_ssm_parameter: ["ssm:PutParameter", "arn:aws:ssm:eu-west-1:ID:parameter/trailwatch/x"],
};

/** A message's key is asked for by SNS, and events go to buses of the organization. */
const AS_SERVICES_ASK = { "kms:ViaService": "sns.eu-west-1.amazonaws.com", "aws:ResourceOrgID": shipped.id };

/** An administrator's, once: the lock is what no deployment may touch. */
const BY_ADMINISTRATOR = ["aws_s3_bucket_object_lock_configuration"];

const rolesStack = (account: string) => named(stacks, `deployment-roles-${account}`);
/** Administrators deploy the roles, and the bucket of state. */
const deployedTo = (id: string) =>
  Object.entries(stacks).filter(
    ([name, { provider }]) =>
      !/^(deployment-roles-|state-backend$)/.test(name) &&
      JSON.stringify(provider.aws?.[0]?.allowed_account_ids) === JSON.stringify([id]),
  );

test.each(accounts)("the deployment role may create all resources of the stacks of %s", (account, id) => {
  const policy = policyOf(resourceOf(rolesStack(account), "aws_iam_role_policy", { name: "deploy" }));
  const context = {
    "aws:RequestTag/trailwatch:stack": "x",
    "aws:ResourceTag/trailwatch:stack": "x",
    "iam:PermissionsBoundary": `arn:aws:iam::${id}:policy/trailwatch-boundary`,
  };
  const refused = deployedTo(id).flatMap(([, { resource = {} }]) =>
    Object.keys(resource)
      .filter((type) => !BY_ADMINISTRATOR.includes(type))
      .flatMap((type) => {
        const [action, target] = named(CREATES, type);
        const arn = target.replace("ID", id).replace("BUCKET", `arn:aws:s3:::${shipped.archive.bucket}`);
        return admits(policy, { action, resource: arn, context }) ? [] : [`${action} on ${arn}`];
      }),
  );
  expect(refused).toEqual([]);
});

test.each(accounts)(
  "roles that deployments make in %s are bounded, and need no more than the boundary",
  (account, id) => {
    const boundary = policyOf(resourceOf(rolesStack(account), "aws_iam_policy"));
    for (const [, stack] of deployedTo(id)) {
      for (const role of resourcesOf(stack, "aws_iam_role")) {
        expect(role.permissions_boundary).toBe(`arn:aws:iam::${id}:policy/trailwatch-boundary`);
      }
      expect(resourcesOf(stack, "aws_iam_role_policy").flatMap((role) => beyond(policyOf(role), boundary))).toEqual([]);
    }
  },
);

test("CI's deployment roles do not have the permissions boundary of the roles that they create", () => {
  expect(resourcesOf(rolesStack("payments"), "aws_iam_role").map((role) => role.permissions_boundary)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("the roles of CI do not raise 'state-read-by-stranger'", () => {
  const filter = resourceOf(named(stacks, "monitoring-log-archive"), "aws_cloudwatch_log_metric_filter", {
    name: "trailwatch-state-read-by-stranger",
  });
  for (const role of ["trailwatch-deploy", "trailwatch-plan", "trailwatch-audit"])
    expect(filter.pattern).toContain(role);
});

test("the role of nightly runs has all permissions that `verify` needs, and cannot set alarm states", () => {
  const Statement = [
    ...readConfiguration({ accountId: "222222222222", region: "eu-west-1", own: PLAIN }, ["example-archive"]),
    LOOK_UP_EVENTS,
  ];
  const may = (action: string) =>
    ["*", "arn:aws:s3:::example-archive"].some((resource) =>
      admits({ Version: "2012-10-17", Statement }, { action, resource, context: {} }),
    );
  const tables: Readonly<Record<string, { readonly action: string }>>[] = [
    READS,
    HUB_READS,
    WEBHOOK_READS,
    DIGEST_READS,
  ];
  const reads = tables.flatMap((calls) => Object.values(calls));
  expect(reads.flatMap(({ action }) => (may(action) ? [] : [action]))).toEqual([]);
  expect(may(NOTIFY.setState.action)).toBe(false);
});

/** What Terraform learns from AWS, as it will be like. */
function known(resource: string): string {
  const place = "eu-west-1:222233334444";
  return resource
    .replace(/\$\{aws_sns_topic_policy\.[^}]+\}/, `arn:aws:sns:${place}:trailwatch-x`)
    .replace(/\$\{aws_sqs_queue\.[^}]+\}/, `arn:aws:sqs:${place}:trailwatch-x`)
    .replace(/\$\{aws_dynamodb_table\.[^}]+\}/, `arn:aws:dynamodb:${place}:table/trailwatch-x`)
    .replace(/\$\{aws_sfn_state_machine\.[^}]+\}/, `arn:aws:states:${place}:stateMachine:trailwatch-x`)
    .replace(/\$\{aws_kms_key\.[^}]+\}/, `arn:aws:kms:${place}:key/1`);
}

/** Actions of a policy that a boundary takes away. */
function beyond(policy: Policy, boundary: Policy): string[] {
  const list = (value: string | readonly string[] | undefined) => [value ?? []].flat();
  return policy.Statement.flatMap(({ Action, Resource, Condition }) =>
    list(Action).flatMap((action) =>
      list(Resource).flatMap((resource) =>
        admits(boundary, {
          action,
          resource: known(resource),
          context: { ...AS_SERVICES_ASK, ...Condition?.StringEquals },
        })
          ? []
          : [`${action} on ${resource}`],
      ),
    ),
  );
}
