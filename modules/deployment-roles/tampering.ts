import type { PolicyStatement } from "../policy-document";

export interface TamperingProps {
  /** The 12-digit id of the account. */
  readonly accountId: string;
  /** Names of the roles by which anybody enters or deploys. */
  readonly roles: readonly string[];
  /** ARN of the boundary. */
  readonly boundaryArn: string;
  /**
   * Alias of the key of Terraform's state, without `alias/`, in the account that owns it.
   *
   * @default - state is elsewhere
   */
  readonly stateKeyAlias?: string | undefined;
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

/** Every write of KMS that deployments are allowed, as its actions begin. */
const KMS_WRITES = ["Create*", "Delete*", "Enable*", "Put*", "TagResource", "UntagResource", "Update*"].map(
  (action) => `kms:${action}`,
);

/**
 * What no deployment may do, whatever else is allowed: end the record, shorten its lock, lose its keys, leave the
 * organization, or widen the deployment's own rights. An administrator does it, when it has to be done.
 */
export function denyTampering({ accountId, roles, boundaryArn, stateKeyAlias }: TamperingProps): PolicyStatement[] {
  const keys = `arn:aws:kms:*:${accountId}:key/*`;
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
      // A deployment may tag a key, as new ones have no tag yet, and so could make any its own.
      Sid: "DenyKeysOfOthers",
      Effect: "Deny",
      Action: KMS_WRITES,
      Resource: keys,
      Condition: { "ForAnyValue:StringNotLike": { "kms:ResourceAliases": "alias/trailwatch-*" } },
    },
    {
      // A key whose policy admits nobody is a lost one.
      Sid: "DenyLockout",
      Effect: "Deny",
      Action: ["kms:CreateKey", "kms:PutKeyPolicy"],
      Resource: "*",
      Condition: { Bool: { "kms:BypassPolicyLockoutSafetyCheck": "true" } },
    },
    ...(stateKeyAlias === undefined
      ? []
      : [
          {
            Sid: "DenyStateKey",
            Effect: "Deny" as const,
            Action: KMS_WRITES,
            Resource: keys,
            Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${stateKeyAlias}` } },
          },
        ]),
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

/**
 * The most that a role can do that a deployment makes for a service, whatever its own policy says. `organizationId`:
 * nothing is sent out of it.
 */
export function boundaryStatements(accountId: string, organizationId: string): PolicyStatement[] {
  const here = (service: string, resource: string) => `arn:aws:${service}:*:${accountId}:${resource}`;
  return [
    {
      Sid: "WriteEvents",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: ["/trailwatch/*", "/aws/events/trailwatch*"].map((group) => here("logs", `log-group:${group}`)),
    },
    { Sid: "Heartbeat", Effect: "Allow", Action: "ssm:PutParameter", Resource: here("ssm", "parameter/trailwatch/*") },
    // To the hub too, which may be in another account.
    {
      Sid: "Forward",
      Effect: "Allow",
      Action: "events:PutEvents",
      Resource: "arn:aws:events:*:*:event-bus/*",
      Condition: { StringEquals: { "aws:ResourceOrgID": organizationId } },
    },
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
  ];
}
