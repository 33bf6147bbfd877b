import type { PolicyStatement } from "../policy-document";

export interface TamperingProps {
  /** The 12-digit id of the account. */
  readonly accountId: string;
  /** Names of the roles by which anybody enters or deploys. */
  readonly roles: readonly string[];
  /** ARN of the boundary. */
  readonly boundaryArn: string;
}

/** Every write of IAM, as its actions begin. */
const IAM_WRITES = [
  "Add",
  "Attach",
  "Create",
  "Delete",
  "Detach",
  "Pass",
  "Put",
  "Remove",
  "Set",
  "Tag",
  "Untag",
  "Update",
];

/**
 * What no deployment may do, whatever else is allowed: end the record, shorten its lock, lose its keys, leave the
 * organization, or widen the deployment's own rights. An administrator does it, when it has to be done.
 */
export function denyTampering({ accountId, roles, boundaryArn }: TamperingProps): PolicyStatement[] {
  return [
    {
      Sid: "DenyEndOfRecord",
      Effect: "Deny",
      Action: [
        ...["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"],
        ...["s3:PutBucketObjectLockConfiguration", "s3:BypassGovernanceRetention", "s3:PutObjectRetention"],
        ...["s3:PutObjectLegalHold", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:DeleteObjectVersion"],
        ...["kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:DeleteImportedKeyMaterial", "kms:DisableKeyRotation"],
        ...["organizations:LeaveOrganization", "organizations:DisableAWSServiceAccess"],
      ],
      Resource: "*",
    },
    {
      Sid: "DenyBoundaryRemoval",
      Effect: "Deny",
      Action: "iam:DeleteRolePermissionsBoundary",
      Resource: "*",
    },
    {
      Sid: "DenyOwnRights",
      Effect: "Deny",
      Action: IAM_WRITES.map((verb) => `iam:${verb}*`),
      Resource: [
        ...roles.map((name) => `arn:aws:iam::${accountId}:role/${name}`),
        `arn:aws:iam::${accountId}:role/trailwatch-ci-*`,
        boundaryArn,
        `arn:aws:iam::${accountId}:oidc-provider/*`,
      ],
    },
  ];
}

/** The most that a role can do that a deployment makes for a service, whatever its own policy says. */
export function boundaryStatements(accountId: string): PolicyStatement[] {
  const here = (service: string, resource: string) => `arn:aws:${service}:*:${accountId}:${resource}`;
  return [
    {
      Sid: "WriteEvents",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: [
        ...["/trailwatch/*", "/aws/events/trailwatch*", "/aws/lambda/trailwatch*"].map((group) =>
          here("logs", `log-group:${group}`),
        ),
      ],
    },
    { Sid: "Heartbeat", Effect: "Allow", Action: "ssm:PutParameter", Resource: here("ssm", "parameter/trailwatch/*") },
    // To the hub too, which may be in another account.
    { Sid: "Forward", Effect: "Allow", Action: "events:PutEvents", Resource: "arn:aws:events:*:*:event-bus/*" },
    {
      Sid: "Tell",
      Effect: "Allow",
      Action: ["sns:Publish", "sqs:SendMessage"],
      Resource: [here("sns", "trailwatch-*"), here("sqs", "trailwatch-*")],
    },
    {
      Sid: "StartHub",
      Effect: "Allow",
      Action: "states:StartExecution",
      Resource: here("states", "stateMachine:trailwatch-*"),
    },
    {
      // The alert hub publishes to encrypted topics by its own role.
      Sid: "EncryptMessages",
      Effect: "Allow",
      Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
      Resource: here("kms", "key/*"),
      Condition: { StringLike: { "kms:ViaService": "sns.*.amazonaws.com" } },
    },
    {
      Sid: "Look",
      Effect: "Allow",
      Action: ["cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*"],
      Resource: "*",
    },
  ];
}
