const STATE_ACCESS_LOGS =
  "The state bucket exists before every other stack, so no bucket can receive its access logs: detection `state-read-by-stranger` reports reads of the state (ADR 20).";

/** Reasons of waivers that several scanners need. */
export const REASONS = {
  replication:
    "The archive is protected by Object Lock, versioning and a bucket policy in an account of its own. A second region doubles the storage cost, and a copy can be added outside Trailwatch.",
  eventNotifications:
    "Changes to buckets are detected by pack guard from CloudTrail. Nothing processes single objects.",
  accessLogsKey:
    "S3 delivers server access logs only to a bucket without a default KMS key (SSE-S3). The bucket is private and has no other content.",
  dataTrail:
    "The trail of data events goes to the archive only: CloudWatch Logs bills each event, and no alarm evaluates these. Data events with `alarms: true` have a trail with a log group. The trail of management events has a log group.",
  trailTopic:
    "A message for each log file is optional (`trail.logFileNotifications`): alarms notify within minutes, a log file tells nothing of its content. See docs/notifications.md.",
  heartbeatParameter:
    "The parameter holds the number of the last heartbeat, which is no secret. A key would add a way to silence the heartbeat.",
  scheduleKey: "The schedule's input is a constant, without secrets. A key would add a way to silence the heartbeat.",
  rotation:
    "Trailwatch creates secrets for values that you enter; only the application that uses a secret can rotate it. Add a rotation in its own Terraform configuration.",
  stateMachineLogs:
    "The execution's input is an alarm that CloudWatch keeps in its history. An execution that fails goes to the queue of undelivered events, whose alarm notifies.",
  tracing: "The state machine calls one service, SNS. A trace shows nothing that the execution's history lacks.",
  mfaDelete:
    "Only the root user with an MFA device can enable MFA Delete, and Terraform cannot. It also excludes lifecycle rules. Object Lock protects the archive; the state bucket denies deletion of versions.",
  objectLock:
    "Object Lock is for the archive. Terraform must overwrite and remove state, query results expire, and access logs prove the archive's integrity without being it.",
  unusedSecret:
    "Whether a secret is used depends on your applications. Secrets Manager shows the date of the last read.",
  trailOfOrganization:
    "The organization's trail records every account. On AWS each member account lists it; the sandbox lists it in the management account only.",
  cisOfOrganization:
    "Pack cis evaluates the organization's trail in the management account, for all accounts. This account has no trail of its own with a log group.",
  accessLogs: `The bucket of access logs receives those of the other buckets: logging its own accesses would never end. ${STATE_ACCESS_LOGS}`,
  stateAccessLogs: STATE_ACCESS_LOGS,
  accountPublicAccessBlock:
    "The setting applies to all buckets of an account, also to those of others, so no stack creates it. Each bucket of Trailwatch has its own block; docs/deploy.md shows the command for the account.",
} as const;
