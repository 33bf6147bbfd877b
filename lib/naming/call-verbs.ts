/**
 * What a call does, for sentences such as "alice read MyProjectSecrets".
 *
 * A call whose resource may be one of several things (`Decrypt`: a key, or what it encrypts) has no entry: "called Decrypt
 * on X" is true for either.
 */
export interface CallVerb {
  /** Past tense, which is also the participle: "deleted". */
  readonly verb: string;
  /** What of the resource it concerns, stands before it: "the policy of ". */
  readonly of?: string;
  /** What the resource is, stands before it: "user ". */
  readonly kind?: string;
  /** What several resources are; otherwise those of the service, `RESOURCE_NOUNS`. */
  readonly noun?: string;
  /** Whether the call has no object: "signed in". */
  readonly isIntransitive?: boolean;
  /** The same if the call failed: "failed to sign in"; otherwise "failed at" and the call. */
  readonly failed?: string;
}

/** `before`: `of` if it ends with a preposition, otherwise `kind`. */
type Row = readonly [verb: string, calls: string, before?: string | undefined, noun?: string];

/** Calls by verb. Lambda's calls are written without their version, such as `20150331`. */
const TRANSITIVE: readonly Row[] = [
  ["read", "GetSecretValue BatchGetSecretValue"],
  ["read", "GetParameter GetParameters GetParameterHistory GetParametersByPath", undefined, "parameters"],
  ["read", "GetObject HeadObject SelectObjectContent GetItem BatchGetItem"],
  ["read", "GetPasswordData", "the Windows password of ", "instances"],
  ["listed", "ListObjects ListObjectsV2", "objects of ", "buckets"],
  ["queried", "Query Scan"],
  ["stopped", "StopLogging", undefined, "trails"],
  ["stopped", "StopConfigurationRecorder StopEventDataStoreIngestion"],
  ["stopped", "StopExecution", "execution "],
  ["stopped", "StopInstances", undefined, "instances"],
  ["started", "StartLogging", undefined, "trails"],
  ["started", "StartConfigurationRecorder"],
  ["started", "StartExecution", "an execution of ", "state machines"],
  ["started", "StartInstances", undefined, "instances"],
  ["launched", "RunInstances", "instances with "],
  ["created", "CreateUser", "user "],
  ["created", "CreateRole", "role "],
  ["created", "CreatePolicy", "policy "],
  ["created", "CreateBucket", "bucket "],
  ["created", "CreateTrail", "trail "],
  ["created", "CreateLogGroup", "log group "],
  ["created", "CreateDBInstance", "DB instance "],
  ["created", "CreateFunction", "function "],
  ["created", "CreateQueue", "queue "],
  ["created", "CreateTopic", "topic "],
  ["created", "CreateKey", "key "],
  ["created", "CreateStack", "stack "],
  ["created", "CreateVpc", "VPC "],
  [
    "created",
    "CreateSecret CreateNotebookInstance CreateOrganization CreateResourceShare CreateTrustAnchor CreateProfile",
  ],
  ["created", "CreateSAMLProvider CreateOpenIDConnectProvider", "identity provider "],
  ["created", "CreateAccessKey", "an access key of ", "users"],
  ["created", "CreateLoginProfile", "a console password of ", "users"],
  ["created", "CreateFunctionUrlConfig", "a public URL of ", "functions"],
  ["created", "CreatePolicyVersion", "a version of ", "policies"],
  ["created", "CreateServiceSpecificCredential", "a service credential of ", "users"],
  ["deleted", "DeleteUser", "user "],
  ["deleted", "DeleteRole", "role "],
  ["deleted", "DeletePolicy", "policy "],
  ["deleted", "DeleteBucket", "bucket "],
  ["deleted", "DeleteTrail", "trail "],
  ["deleted", "DeleteLogGroup", "log group "],
  ["deleted", "DeleteLogStream", "a stream of ", "log groups"],
  ["deleted", "DeleteMetricFilter", "a metric filter of ", "log groups"],
  ["deleted", "DeleteTable", "table "],
  ["deleted", "DeleteEventBus", "event bus "],
  ["deleted", "DeleteRule", "rule "],
  ["deleted", "DeleteConfigRule", "Config rule "],
  ["deleted", "DeleteDBInstance", "DB instance "],
  ["deleted", "DeleteDBCluster", "DB cluster "],
  ["deleted", "DeleteDBSnapshot", "DB snapshot "],
  ["deleted", "DeleteDBClusterSnapshot", "DB cluster snapshot "],
  ["deleted", "DeleteClusterSnapshot", "cluster snapshot "],
  ["deleted", "DeleteSnapshot", "snapshot "],
  ["deleted", "DeleteRecoveryPoint", "a recovery point of ", "backup vaults"],
  ["deleted", "DeleteBackupVault", "backup vault "],
  ["deleted", "DeleteBackupPlan", "backup plan "],
  ["deleted", "DeleteBackup", "backup "],
  ["deleted", "DeleteFileSystem", "file system "],
  ["deleted", "DeleteFlowLogs", "flow log "],
  ["deleted", "DeleteEventDataStore", "event data store "],
  ["deleted", "DeleteStateMachine", "state machine "],
  ["deleted", "DeleteTopic", "topic "],
  ["deleted", "DeleteQueue", "queue "],
  ["deleted", "DeleteFunction", "function "],
  ["deleted", "DeleteStack", "stack "],
  ["deleted", "DeleteVpc", "VPC "],
  ["deleted", "DeleteSecurityGroup", "security group "],
  ["deleted", "DeleteInternetGateway", "internet gateway "],
  ["deleted", "DeleteNetworkAcl", "network ACL "],
  ["deleted", "DeleteSchedule", "schedule "],
  ["deleted", "DeleteDetector", "detector "],
  ["deleted", "DeleteAnalyzer", "analyzer "],
  ["deleted", "DeleteConfigurationRecorder", "configuration recorder "],
  ["deleted", "DeleteDeliveryChannel", "delivery channel "],
  ["deleted", "DeleteFirewall", "firewall "],
  ["deleted", "DeleteWebACL", "web ACL "],
  ["deleted", "DeleteGuardrail", "guardrail "],
  ["deleted", "DeleteSAMLProvider DeleteOpenIDConnectProvider", "identity provider "],
  ["deleted", "DeleteVirtualMFADevice", "MFA device "],
  ["deleted", "DeleteSecret DeleteAlarms DeleteDashboards DeleteObject DeleteParameter DeleteParameters DeleteAlias"],
  ["deleted", "DeleteObjects", "objects of ", "buckets"],
  ["deleted", "DeleteItem", "items of ", "tables"],
  ["deleted", "DeleteBucketPolicy", "the policy of ", "buckets"],
  ["deleted", "DeleteBucketEncryption", "the encryption setting of ", "buckets"],
  ["deleted", "DeleteBucketReplication", "the replication of ", "buckets"],
  ["deleted", "DeleteBucketPublicAccessBlock", "the public access block of ", "buckets"],
  ["deleted", "DeleteRolePermissionsBoundary", "the permissions boundary of ", "roles"],
  ["deleted", "DeleteUserPermissionsBoundary", "the permissions boundary of ", "users"],
  ["deleted", "DeleteLoginProfile", "the console password of ", "users"],
  ["deleted", "DeleteAccessKey", "an access key of ", "users"],
  ["deleted", "DeleteImportedKeyMaterial", "the key material of ", "keys"],
  ["disabled", "DisableKey", "key "],
  ["disabled", "DisableRule", "rule "],
  ["disabled", "DisableRegion DisableAWSServiceAccess DisablePolicyType"],
  ["disabled", "DisableAlarmActions", "the actions of ", "alarms"],
  ["disabled", "DisableKeyRotation", "the rotation of ", "keys"],
  ["disabled", "DeactivateMFADevice", "the MFA device of ", "users"],
  ["enabled", "EnableKey", "key "],
  ["enabled", "EnableRule", "rule "],
  ["enabled", "EnableRegion EnableAWSServiceAccess EnablePolicyType"],
  ["enabled", "EnableMFADevice", "an MFA device of ", "users"],
  ["scheduled", "ScheduleKeyDeletion", "the deletion of ", "keys"],
  ["attached", "AttachRolePolicy", "a policy to ", "roles"],
  ["attached", "AttachUserPolicy", "a policy to ", "users"],
  ["attached", "AttachGroupPolicy", "a policy to ", "groups"],
  ["detached", "DetachRolePolicy", "a policy from ", "roles"],
  ["detached", "DetachUserPolicy", "a policy from ", "users"],
  ["detached", "DetachGroupPolicy", "a policy from ", "groups"],
  ["deleted", "DeleteRolePolicy", "an inline policy of ", "roles"],
  ["deleted", "DeleteUserPolicy", "an inline policy of ", "users"],
  ["deleted", "DeleteGroupPolicy", "an inline policy of ", "groups"],
  ["changed", "PutRolePolicy", "an inline policy of ", "roles"],
  ["changed", "PutUserPolicy", "an inline policy of ", "users"],
  ["changed", "PutGroupPolicy", "an inline policy of ", "groups"],
  ["changed", "UpdateTrail", "trail "],
  ["changed", "PutRule", "rule "],
  ["changed", "UpdateStateMachine", "state machine "],
  ["changed", "UpdateSchedule", "schedule "],
  ["changed", "UpdateEventBus", "event bus "],
  ["changed", "UpdateTable", "table "],
  ["changed", "ModifyDBInstance", "DB instance "],
  ["changed", "ModifyDBCluster", "DB cluster "],
  ["changed", "ModifyCluster", "cluster "],
  ["changed", "UpdateDetector", "detector "],
  ["changed", "UpdateSAMLProvider", "identity provider "],
  ["changed", "PutMetricAlarm PutDashboard PutParameter UpdateSecret UpdateNotebookInstance UpdateWorkGroup"],
  ["changed", "PutSecretValue", "the value of ", "secrets"],
  ["changed", "PutMetricFilter", "a metric filter of ", "log groups"],
  ["changed", "ModifyInstanceAttribute", "an attribute of ", "instances"],
  ["changed", "PutEventSelectors PutInsightSelectors", "the selectors of ", "trails"],
  ["changed", "PutBucketPolicy", "the policy of ", "buckets"],
  ["changed", "PutKeyPolicy", "the policy of ", "keys"],
  ["changed", "SetRepositoryPolicy", "the policy of ", "repositories"],
  ["changed", "PutBucketAcl", "the ACL of ", "buckets"],
  ["changed", "PutObjectAcl", "the ACL of ", "objects"],
  ["changed", "PutBucketLifecycle PutBucketLifecycleConfiguration", "the lifecycle of ", "buckets"],
  ["changed", "PutBucketVersioning", "the versioning of ", "buckets"],
  ["changed", "PutBucketReplication", "the replication of ", "buckets"],
  ["changed", "PutBucketLogging", "the access logging of ", "buckets"],
  ["changed", "PutBucketPublicAccessBlock", "the public access block of ", "buckets"],
  ["changed", "PutRetentionPolicy", "the retention of ", "log groups"],
  ["changed", "UpdateAssumeRolePolicy", "the trust policy of ", "roles"],
  ["changed", "UpdateAccessKey", "an access key of ", "users"],
  ["changed", "UpdateLoginProfile", "the console password of ", "users"],
  ["changed", "UpdateFunctionCode", "the code of ", "functions"],
  ["changed", "UpdateFunctionConfiguration", "the configuration of ", "functions"],
  ["changed", "UpdateFunctionUrlConfig", "the URL of ", "functions"],
  ["changed", "AddPermission RemovePermission", "the permissions of "],
  ["changed", "SetTopicAttributes", "attributes of ", "topics"],
  ["changed", "SetQueueAttributes", "attributes of ", "queues"],
  ["changed", "SetSubscriptionAttributes", "attributes of ", "subscriptions"],
  [
    "changed",
    "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress ModifySecurityGroupRules",
    "rules of ",
    "security groups",
  ],
  ["changed", "ModifyImageAttribute", "the sharing of ", "images"],
  ["changed", "ModifySnapshotAttribute ModifyDBSnapshotAttribute", "the sharing of ", "snapshots"],
  ["changed", "CreateRoute ReplaceRoute DeleteRoute", "routes of ", "route tables"],
  ["changed", "PutConfigurationRecorder", "the configuration of "],
  ["changed", "MoveAccount", "the organizational unit of ", "accounts"],
  ["set", "SetAlarmState", "the state of ", "alarms"],
  ["replicated", "ReplicateSecretToRegions"],
  ["restored", "RestoreSecret"],
  ["purged", "PurgeQueue", "queue "],
  ["removed", "RemoveTargets", "targets of ", "rules"],
  ["removed", "RemoveTags", "tags of "],
  ["removed", "RemoveAccountFromOrganization", "account "],
  ["deregistered", "DeregisterImage", "image "],
  ["assumed", "AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity", "role "],
  ["assumed", "AssumeRoot", "root of ", "accounts"],
  ["opened", "StartSession", "a session on ", "instances"],
  ["executed", "SendCommand", undefined, "commands"],
  ["invoked", "Invoke InvokeModel"],
  ["exported", "ExportTableToPointInTime StartExportTask"],
  ["subscribed", "Subscribe", "an endpoint to ", "topics"],
  ["ended", "Unsubscribe", "subscription "],
  ["reported", "RotationFailed", "the failed rotation of ", "secrets"],
  ["reported", "RotationAbandoned", "the abandoned rotation of ", "secrets"],
];

const INTRANSITIVE: Readonly<Record<string, CallVerb>> = {
  ConsoleLogin: { verb: "signed in", failed: "failed to sign in" },
  CredentialVerification: { verb: "entered credentials", failed: "entered wrong credentials" },
  GetSigninToken: { verb: "requested a sign-in token" },
  PasswordRecoveryRequested: { verb: "requested a password recovery" },
  LeaveOrganization: { verb: "left the organization" },
  GetFederationToken: { verb: "requested a federation token" },
  DisableSecurityHub: { verb: "disabled Security Hub" },
  DisableEbsEncryptionByDefault: { verb: "disabled EBS encryption by default" },
  EnableSerialConsoleAccess: { verb: "enabled access to serial consoles" },
  UpdateAccountPasswordPolicy: { verb: "changed the account's password policy" },
  DeleteAccountPasswordPolicy: { verb: "deleted the account's password policy" },
  PutAccountPublicAccessBlock: { verb: "changed the account's public access block" },
};

function verbOf([verb, , before, noun]: Row): CallVerb {
  if (before === undefined) return { verb, ...(noun === undefined ? {} : { noun }) };
  if (/ (of|to|on|from|with) $/.test(before)) return { verb, of: before, ...(noun === undefined ? {} : { noun }) };
  return { verb, kind: before, noun: noun ?? plural(before.trim()) };
}

function plural(noun: string): string {
  return noun.endsWith("y") && !/[aeo]y$/.test(noun)
    ? `${noun.slice(0, -1)}ies`
    : /(s|x)$/.test(noun)
      ? `${noun}es`
      : `${noun}s`;
}

/** Verbs by the name of the call (`eventName` of CloudTrail's record). */
export const CALL_VERBS: Readonly<Record<string, CallVerb>> = {
  ...Object.fromEntries(TRANSITIVE.flatMap((row) => row[1].split(" ").map((call) => [call, verbOf(row)]))),
  ...Object.fromEntries(Object.entries(INTRANSITIVE).map(([call, verb]) => [call, { ...verb, isIntransitive: true }])),
};

/** What several resources of a service are called, by `eventSource`; of other services they are "resources". */
export const RESOURCE_NOUNS: Readonly<Record<string, string>> = {
  "secretsmanager.amazonaws.com": "secrets",
  "kms.amazonaws.com": "keys",
  "cloudtrail.amazonaws.com": "trails",
  "lambda.amazonaws.com": "functions",
  "sqs.amazonaws.com": "queues",
};
