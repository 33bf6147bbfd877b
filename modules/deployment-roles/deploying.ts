import type { OwnNames } from "../../lib/naming/own-names";
import { arnPrefix, bucketArn, globalArn, regionalService } from "../../lib/aws/partitions";
import { ownRoleArn, type IamNaming } from "../../lib/naming/role-names";
import type { PolicyStatement } from "../policy-document";
import { readCreatedSecrets } from "./reading";

/** The resources, other than `trailwatch-…`, that deployments of an account must reach. */
export interface DeployingProps {
  /** The home region: its partition is that of all ARNs. */
  readonly region: string;

  /** The 12-digit id of the account. */
  readonly accountId: string;
  readonly iam: IamNaming;
  readonly own: OwnNames;
  /** ARN of the permissions boundary of each role that a deployment creates. */
  readonly boundaryArn: string;
  /** Trailwatch's buckets in the account that deployments change. */
  readonly buckets: readonly string[];
  /** Log groups that exist and get metric filters, as the resource part of an ARN. */
  readonly existingLogGroups: readonly string[];
  /** Names of the secrets that Trailwatch creates in the account. */
  readonly secrets: readonly string[];
  /** Whether the alert hub is in the account, with its tables and webhooks. */
  readonly hasAlertHub: boolean;
}

/** Services that assume roles of Trailwatch's stacks. */
const PASSED_TO = ["cloudtrail", "events", "scheduler", "states", "chatbot"].map((name) => `${name}.amazonaws.com`);

/**
 * What a deployment may create and change. `tampering.ts` has what it must never do. A wildcard stands where it matches
 * only reads besides: the inline policies of a role hold 10,240 characters together, and ARNs of GovCloud are long.
 */
export function deployingStatements(props: DeployingProps): PolicyStatement[] {
  const { accountId, region, own, boundaryArn, buckets, existingLogGroups, hasAlertHub } = props;
  const here = (service: string, resource: string) => `${arnPrefix(region)}:${service}:*:${accountId}:${resource}`;
  const allow = (Sid: string, Action: string[], Resource: string[], Condition?: PolicyStatement["Condition"]) =>
    ({ Sid, Effect: "Allow", Action, Resource, Condition }) as const;
  // Resources with the tag that the stacks' providers set.
  const ours = { StringLike: { [`aws:ResourceTag/${own.stackTag}`]: "?*" } };
  const requested = { StringLike: { [`aws:RequestTag/${own.stackTag}`]: "?*" } };
  const roles = [ownRoleArn(region, props.iam, accountId, own.pattern)];

  return [
    allow(
      "Named",
      [
        ...["cloudtrail:CreateTrail", "cloudtrail:UpdateTrail", "cloudtrail:StartLogging"],
        ...["cloudtrail:Put*Selectors", "cloudtrail:AddTags", "cloudtrail:RemoveTags"],
        ...["cloudwatch:Put*", "cloudwatch:Delete*", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
        ...["sns:*", "sqs:*", "events:*", "scheduler:*", "states:*", "chatbot:*"],
      ],
      [
        ...[here("cloudtrail", own.arns.trails), here("cloudwatch", own.arns.alarms)],
        ...[`${arnPrefix(region)}:cloudwatch::${accountId}:${own.arns.dashboards}`, here("sns", own.arns.topics)],
        ...[here("sqs", own.arns.queues), here("events", own.arns.rules), here("events", own.arns.eventBuses)],
        ...[here("scheduler", own.arns.schedules), here("states", own.arns.stateMachines)],
        globalArn(region, "chatbot", accountId, own.arns.chatConfigurations),
      ],
    ),
    allow(
      "LogGroups",
      [
        ...["logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy", "logs:AssociateKmsKey"],
        ...["logs:PutMetricFilter", "logs:DeleteMetricFilter", "logs:TagResource", "logs:UntagResource"],
      ],
      own.arns.logGroups.map((group) => here("logs", group)),
    ),
    ...(existingLogGroups.length === 0
      ? []
      : [
          allow(
            "FiltersOfExistingLogGroups",
            ["logs:PutMetricFilter", "logs:DeleteMetricFilter"],
            existingLogGroups.flatMap((group) => [here("logs", group), here("logs", `${group}:*`)]),
          ),
        ]),
    allow(
      "Unnamed",
      [
        ...["logs:PutResourcePolicy", "logs:DeleteResourcePolicy"],
        ...["logs:*QueryDefinition", "secretsmanager:GetRandomPassword"],
        // These create chat channels, which have no name to restrict by.
        ...["chatbot:CreateSlackChannelConfiguration", "chatbot:CreateMicrosoftTeamsChannelConfiguration"],
      ],
      ["*"],
    ),
    allow(
      "ArchiveQueries",
      [
        ...["athena:*WorkGroup", "athena:*NamedQuery", "athena:TagResource", "athena:UntagResource"],
        ...["glue:CreateDatabase", "glue:UpdateDatabase", "glue:DeleteDatabase"],
        ...["glue:CreateTable", "glue:UpdateTable", "glue:DeleteTable", "glue:TagResource", "glue:UntagResource"],
      ],
      [
        ...[here("athena", own.arns.workgroups), here("glue", "catalog"), here("glue", own.arns.database)],
        ...[here("glue", own.arns.tables), here("glue", own.arns.userDefinedFunctions)],
      ],
    ),
    allow(
      "Parameters",
      ["ssm:PutParameter", "ssm:DeleteParameter", "ssm:AddTagsToResource", "ssm:RemoveTagsFromResource"],
      [here("ssm", own.arns.parameters)],
    ),
    ...readCreatedSecrets(props, WRITES_OF_SECRETS),
    // New resources have no tags yet: the provider sets them in `CreateKey`. `DenyTakeover` denies the same for keys
    // that exist without them.
    allow("NewKeys", ["kms:CreateKey", "kms:TagResource"], ["*"], requested),
    allow(
      "OurKeys",
      ["kms:PutKeyPolicy", "kms:UntagResource", "kms:UpdateKeyDescription"],
      [here("kms", "key/*")],
      ours,
    ),
    // KMS sees a new key's tags and alias only after minutes, and these calls follow at once.
    allow(
      "NewKeysByAlias",
      ["kms:EnableKeyRotation", "kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias"],
      [here("kms", "key/*"), here("kms", own.arns.keyAliases)],
    ),
    allow("EncryptSecrets", ["kms:GenerateDataKey"], [here("kms", "key/*")], {
      StringLike: { "kms:ViaService": regionalService(region, "secretsmanager", "*") },
    }),
    ...(buckets.length === 0
      ? []
      : [
          allow(
            "Buckets",
            BUCKET_ACTIONS,
            buckets.map((name) => bucketArn(region, name)),
          ),
        ]),
    // IAM compares the boundary that the role has, or is about to get.
    allow(
      "BoundedRoles",
      [
        ...["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:DeleteRolePolicy"],
        ...["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
      ],
      roles,
      { StringEquals: { "iam:PermissionsBoundary": boundaryArn } },
    ),
    allow(
      "Roles",
      [
        ...["iam:UpdateRole", "iam:UpdateRoleDescription", "iam:UpdateAssumeRolePolicy", "iam:DeleteRole"],
        ...["iam:TagRole", "iam:UntagRole"],
      ],
      roles,
    ),
    allow("PassRoles", ["iam:PassRole"], roles, { StringEquals: { "iam:PassedToService": PASSED_TO } }),
    ...(hasAlertHub ? hubStatements(own, here) : []),
    allow("OwnRolesOfServices", ["iam:CreateServiceLinkedRole"], ["*"], {
      StringEquals: {
        "iam:AWSServiceName": [
          "cloudtrail.amazonaws.com",
          ...(hasAlertHub ? ["apidestinations.events.amazonaws.com"] : []),
        ],
      },
    }),
  ];
}

/** The tables and webhooks of the alert hub. */
function hubStatements(own: OwnNames, here: (service: string, resource: string) => string): PolicyStatement[] {
  return [
    {
      Sid: "Tables",
      Effect: "Allow",
      Action: [
        ...["dynamodb:CreateTable", "dynamodb:UpdateTable", "dynamodb:DeleteTable", "dynamodb:UpdateTimeToLive"],
        ...["dynamodb:UpdateContinuousBackups", "dynamodb:TagResource", "dynamodb:UntagResource"],
      ],
      Resource: [here("dynamodb", own.arns.dynamoTables)],
    },
    {
      Sid: "Webhooks",
      Effect: "Allow",
      Action: "events:*",
      Resource: [here("events", own.arns.connections), here("events", own.arns.apiDestinations)],
    },
    {
      // EventBridge writes the secret of a connection with the caller's permissions. Source: AmazonEventBridgeFullAccess.
      Sid: "ConnectionSecrets",
      Effect: "Allow",
      Action: ["CreateSecret", "UpdateSecret", "PutSecretValue", "DeleteSecret"].map(
        (action) => `secretsmanager:${action}`,
      ),
      Resource: [here("secretsmanager", own.arns.connectionSecrets)],
    },
  ];
}

const WRITES_OF_SECRETS = [
  ...["CreateSecret", "TagResource", "UntagResource", "UpdateSecret", "PutSecretValue", "UpdateSecretVersionStage"],
  ...["DeleteSecret", "RestoreSecret", "PutResourcePolicy", "DeleteResourcePolicy", "ValidateResourcePolicy"],
].map((action) => `secretsmanager:${action}`);

const BUCKET_ACTIONS = [
  ...["s3:CreateBucket", "s3:PutBucketPolicy", "s3:PutBucketVersioning", "s3:PutEncryptionConfiguration"],
  ...["s3:PutLifecycleConfiguration", "s3:PutBucketLogging", "s3:PutBucketOwnershipControls"],
  ...["s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging"],
];
