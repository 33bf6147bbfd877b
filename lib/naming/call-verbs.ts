/**
 * What a call does, for sentences such as "alice read MyProjectSecrets".
 *
 * A call whose resource may be one of several things (a policy or the role that it is attached to) has no entry: "called
 * AttachRolePolicy on X" is true for either.
 */
export interface CallVerb {
  /** Past tense, which is also the participle: "deleted". */
  readonly verb: string;
  /** Stands before the resource: "the policy of ". */
  readonly of?: string;
  /** Whether the call has no object: "signed in". */
  readonly isIntransitive?: boolean;
}

type Row = readonly [verb: string, calls: string, of?: string];

/** Calls by verb. Lambda's calls are written without their version, such as `20150331`. */
const TRANSITIVE: readonly Row[] = [
  ["read", "GetSecretValue BatchGetSecretValue GetParameter GetParameters GetParameterHistory GetParametersByPath"],
  ["read", "GetObject HeadObject SelectObjectContent GetItem BatchGetItem"],
  ["read", "GetPasswordData", "the Windows password of "],
  ["listed", "ListObjects ListObjectsV2", "objects of "],
  ["queried", "Query Scan"],
  ["decrypted", "Decrypt", "data with "],
  ["stopped", "StopLogging StopConfigurationRecorder StopExecution StopInstances StopEventDataStoreIngestion"],
  ["started", "StartLogging StartConfigurationRecorder StartExecution StartInstances"],
  [
    "created",
    "CreateTrail CreateUser CreateRole CreateSecret CreateKey CreateQueue CreateTopic CreateBucket CreateStack",
  ],
  ["created", "CreateDBInstance CreateNotebookInstance CreateVpc CreateFunction CreateLogGroup CreateOrganization"],
  ["created", "CreateResourceShare CreateTrustAnchor CreateProfile CreateSAMLProvider CreateOpenIDConnectProvider"],
  ["created", "CreateAccessKey", "an access key of "],
  ["created", "CreateLoginProfile", "a console password of "],
  ["created", "CreateFunctionUrlConfig", "a public URL of "],
  [
    "deleted",
    "DeleteTrail DeleteSecret DeleteUser DeleteRole DeleteBucket DeleteAlarms DeleteDashboards DeleteLogGroup",
  ],
  ["deleted", "DeleteEventBus DeleteTable DeleteDBInstance DeleteDBCluster DeleteDBSnapshot DeleteDBClusterSnapshot"],
  ["deleted", "DeleteDetector DeleteAnalyzer DeleteConfigurationRecorder DeleteDeliveryChannel DeleteConfigRule"],
  ["deleted", "DeleteFlowLogs DeleteEventDataStore DeleteFileSystem DeleteFirewall DeleteWebACL DeleteGuardrail"],
  ["deleted", "DeleteStateMachine DeleteTopic DeleteQueue DeleteFunction DeleteStack DeleteVpc DeleteSecurityGroup"],
  ["deleted", "DeleteObject DeleteParameter DeleteParameters DeleteInternetGateway DeleteNetworkAcl DeleteSchedule"],
  [
    "deleted",
    "DeleteClusterSnapshot DeleteSnapshot DeleteRecoveryPoint DeleteBackup DeleteBackupPlan DeleteBackupVault",
  ],
  ["deleted", "DeleteSAMLProvider DeleteOpenIDConnectProvider DeleteVirtualMFADevice DeleteAlias DeleteMetricFilter"],
  ["deleted", "DeleteObjects", "objects of "],
  ["deleted", "DeleteItem", "items of "],
  ["deleted", "DeleteBucketPolicy", "the policy of "],
  ["deleted", "DeleteBucketEncryption", "the encryption setting of "],
  ["deleted", "DeleteBucketReplication", "the replication of "],
  ["deleted", "DeleteBucketPublicAccessBlock", "the public access block of "],
  ["deleted", "DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary", "the permissions boundary of "],
  ["deleted", "DeleteLoginProfile", "the console password of "],
  ["deleted", "DeleteImportedKeyMaterial", "the key material of "],
  ["disabled", "DisableKey DisableRule DisableRegion DisableSecurityHub DisableAWSServiceAccess DisablePolicyType"],
  ["disabled", "DisableAlarmActions", "the actions of "],
  ["disabled", "DisableKeyRotation", "the rotation of "],
  ["disabled", "DeactivateMFADevice", "the MFA device of "],
  ["enabled", "EnableKey EnableRule EnableRegion EnableAWSServiceAccess EnablePolicyType"],
  ["enabled", "EnableMFADevice", "an MFA device of "],
  ["scheduled", "ScheduleKeyDeletion", "the deletion of "],
  [
    "changed",
    "UpdateTrail PutMetricAlarm PutDashboard PutRule PutMetricFilter UpdateStateMachine UpdateSchedule PutParameter",
  ],
  ["changed", "UpdateSecret PutSecretValue ModifyDBInstance ModifyDBCluster ModifyCluster ModifyInstanceAttribute"],
  ["changed", "UpdateDetector UpdateNotebookInstance UpdateEventBus UpdateSAMLProvider UpdateTable UpdateWorkGroup"],
  ["changed", "PutEventSelectors PutInsightSelectors", "the selectors of "],
  ["changed", "PutBucketPolicy PutKeyPolicy SetRepositoryPolicy", "the policy of "],
  ["changed", "PutBucketAcl PutObjectAcl", "the ACL of "],
  ["changed", "PutBucketLifecycle PutBucketLifecycleConfiguration", "the lifecycle of "],
  ["changed", "PutBucketVersioning", "the versioning of "],
  ["changed", "PutBucketReplication", "the replication of "],
  ["changed", "PutBucketLogging", "the access logging of "],
  ["changed", "PutBucketPublicAccessBlock", "the public access block of "],
  ["changed", "PutRetentionPolicy", "the retention of "],
  ["changed", "UpdateAssumeRolePolicy", "the trust policy of "],
  ["changed", "UpdateAccessKey", "an access key of "],
  ["changed", "UpdateLoginProfile", "the console password of "],
  ["changed", "UpdateFunctionCode", "the code of "],
  ["changed", "UpdateFunctionConfiguration", "the configuration of "],
  ["changed", "UpdateFunctionUrlConfig", "the URL of "],
  ["changed", "AddPermission RemovePermission", "the permissions of "],
  ["changed", "SetTopicAttributes SetQueueAttributes SetSubscriptionAttributes", "attributes of "],
  ["changed", "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress ModifySecurityGroupRules", "rules of "],
  ["changed", "ModifyImageAttribute ModifySnapshotAttribute ModifyDBSnapshotAttribute", "the sharing of "],
  ["changed", "CreateRoute ReplaceRoute DeleteRoute", "routes of "],
  ["changed", "PutConfigurationRecorder", "the configuration of "],
  ["changed", "MoveAccount", "the organizational unit of "],
  ["set", "SetAlarmState", "the state of "],
  ["replicated", "ReplicateSecretToRegions"],
  ["restored", "RestoreSecret"],
  ["purged", "PurgeQueue"],
  ["removed", "RemoveTargets", "targets of "],
  ["removed", "RemoveTags", "tags of "],
  ["removed", "RemoveAccountFromOrganization"],
  ["deregistered", "DeregisterImage"],
  ["assumed", "AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity"],
  ["opened", "StartSession", "a session on "],
  ["invoked", "Invoke InvokeModel"],
  ["exported", "ExportTableToPointInTime StartExportTask"],
  ["subscribed", "Subscribe", "an endpoint to "],
  ["ended", "Unsubscribe", "subscription "],
];

const INTRANSITIVE: readonly Row[] = [
  ["signed in", "ConsoleLogin"],
  ["requested a sign-in token", "GetSigninToken"],
  ["requested a password recovery", "PasswordRecoveryRequested"],
  ["left the organization", "LeaveOrganization"],
  ["assumed root", "AssumeRoot"],
  ["requested a federation token", "GetFederationToken"],
  ["disabled EBS encryption by default", "DisableEbsEncryptionByDefault"],
  ["changed the account's password policy", "UpdateAccountPasswordPolicy"],
  ["deleted the account's password policy", "DeleteAccountPasswordPolicy"],
  ["changed the account's public access block", "PutAccountPublicAccessBlock"],
];

function entries(rows: readonly Row[], isIntransitive: boolean): [string, CallVerb][] {
  return rows.flatMap(([verb, calls, of]) =>
    calls
      .split(" ")
      .map((call): [string, CallVerb] => [
        call,
        { verb, ...(of === undefined ? {} : { of }), ...(isIntransitive ? { isIntransitive } : {}) },
      ]),
  );
}

/** Verbs by the name of the call (`eventName` of CloudTrail's record). */
export const CALL_VERBS: Readonly<Record<string, CallVerb>> = Object.fromEntries([
  ...entries(TRANSITIVE, false),
  ...entries(INTRANSITIVE, true),
]);

/** What several resources of a service are called, by `eventSource`; of other services they are "resources". */
export const RESOURCE_NOUNS: Readonly<Record<string, string>> = {
  "secretsmanager.amazonaws.com": "secrets",
  "kms.amazonaws.com": "keys",
  "cloudtrail.amazonaws.com": "trails",
  "lambda.amazonaws.com": "functions",
  "sqs.amazonaws.com": "queues",
};
