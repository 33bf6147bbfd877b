/**
 * The calls on Trailwatch's resources that Terraform makes in a normal deployment, by service, as CloudTrail names
 * them: only these are expected of the deployment role. What a deployment never does, such as setting an alarm's state
 * or disabling a rule, is left out, and so is what happens once, before the monitoring exists, such as the archive's
 * lock. A trail is created once; a later `UpdateTrail` can send its events elsewhere.
 */
export const DEPLOYMENT_CALLS: Readonly<Record<string, readonly string[]>> = {
  athena: ["CreateWorkGroup", "UpdateWorkGroup", "DeleteWorkGroup"],
  chatbot: [
    ...["CreateSlackChannelConfiguration", "UpdateSlackChannelConfiguration", "DeleteSlackChannelConfiguration"],
    ...["CreateMicrosoftTeamsChannelConfiguration", "UpdateMicrosoftTeamsChannelConfiguration"],
    "DeleteMicrosoftTeamsChannelConfiguration",
  ],
  cloudtrail: ["PutEventSelectors", "PutInsightSelectors", "AddTags", "RemoveTags"],
  events: [
    ...["PutRule", "DeleteRule", "PutTargets", "RemoveTargets"],
    ...["CreateEventBus", "UpdateEventBus", "DeleteEventBus", "PutPermission", "RemovePermission"],
    ...["CreateConnection", "UpdateConnection", "DeleteConnection"],
    ...["CreateApiDestination", "UpdateApiDestination", "DeleteApiDestination"],
  ],
  glue: ["CreateDatabase", "UpdateDatabase", "DeleteDatabase", "CreateTable", "UpdateTable", "DeleteTable"],
  iam: [
    ...["CreateRole", "DeleteRole", "UpdateAssumeRolePolicy", "PutRolePermissionsBoundary"],
    ...["PutRolePolicy", "DeleteRolePolicy", "AttachRolePolicy", "DetachRolePolicy"],
  ],
  kms: ["PutKeyPolicy", "CreateAlias", "UpdateAlias", "DeleteAlias", "TagResource", "UntagResource"],
  logs: [
    ...["CreateLogGroup", "DeleteLogGroup", "PutRetentionPolicy", "AssociateKmsKey", "UntagResource"],
    ...["PutMetricFilter", "DeleteMetricFilter", "PutResourcePolicy", "DeleteResourcePolicy"],
    ...["PutQueryDefinition", "DeleteQueryDefinition"],
  ],
  monitoring: ["PutMetricAlarm", "PutCompositeAlarm", "DeleteAlarms", "PutDashboard", "DeleteDashboards"],
  s3: [
    ...["PutBucketPolicy", "PutBucketVersioning", "PutBucketEncryption", "PutBucketLifecycle", "PutBucketLogging"],
    ...["PutBucketOwnershipControls", "PutBucketPublicAccessBlock", "PutBucketTagging", "CreateBucket"],
  ],
  scheduler: ["CreateSchedule", "UpdateSchedule", "DeleteSchedule"],
  sns: ["DeleteTopic", "SetTopicAttributes", "Subscribe", "Unsubscribe"],
  sqs: ["CreateQueue", "SetQueueAttributes", "DeleteQueue", "UntagQueue"],
  ssm: ["PutParameter", "DeleteParameter"],
  states: ["CreateStateMachine", "UpdateStateMachine", "DeleteStateMachine", "TagResource", "UntagResource"],
};
