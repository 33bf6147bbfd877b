import { all, any, call, compare, equals, exists, not, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

/** Days after which objects expire that leave no time to notice: what deletes a bucket's contents without a trace. */
const FEW_DAYS = 7;
const RULE = "requestParameters.LifecycleConfiguration.Rule";

const versioning = (values: object) => ({
  requestParameters: { bucketName: "orders", versioning: "", VersioningConfiguration: values },
});
const lifecycle = (Rule: unknown) => ({
  requestParameters: { bucketName: "orders", lifecycle: "", LifecycleConfiguration: { Rule } },
});
const rule = (Days: number) => ({ Status: "Enabled", Filter: { Prefix: "*" }, Expiration: { Days }, ID: "expire" });
const logging = (values: object) => ({
  requestParameters: { bucketName: "orders", logging: "", BucketLoggingStatus: values },
});
export const bucketProtectionRemoved: Detection = {
  id: "bucket-protection-removed",
  title: "Protection of a bucket removed",
  meaning: `A bucket's versioning, access logging or encryption setting was turned off, or objects were set to expire within ${FEW_DAYS} days.`,
  why: "Ransom and destruction begin so: without versions and locks, deleted or overwritten objects are gone, and a lifecycle rule deletes them without a record of each.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1485.001", "T1490", "T1562.008"] },
  condition: all(
    any(
      call("s3", "DeleteBucketEncryption"),
      all(call("s3", "PutBucketVersioning"), equals("requestParameters.VersioningConfiguration.Status", "Suspended")),
      all(
        call("s3", "PutBucketLogging"),
        not(exists("requestParameters.BucketLoggingStatus.LoggingEnabled.TargetBucket")),
      ),
      all(
        call("s3", "PutBucketLifecycle"),
        any(compare(`${RULE}.Expiration.Days`, "<=", FEW_DAYS), compare(`${RULE}[*].Expiration.Days`, "<=", FEW_DAYS)),
      ),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Restore it: `aws s3api put-bucket-versioning --bucket <bucket> --versioning-configuration Status=Enabled`; remove a lifecycle rule with `aws s3api delete-bucket-lifecycle --bucket <bucket>` before midnight UTC, when S3 evaluates it.",
      "Is it a bucket of logs or backups? Then treat the caller as an attacker: revoke its sessions.",
      "Check what else the caller did in the hour before: access keys, deletions, `PutBucketEncryption` with a key of another account.",
    ],
    falsePositives: ["A bucket for temporary objects, created with a lifecycle of few days."],
    tuning:
      "Ignore such buckets by `requestParameters.bucketName`, or the role that creates them by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("s3", "PutBucketVersioning", versioning({ Status: "Suspended" })),
      apiCall("s3", "PutBucketLifecycle", lifecycle(rule(1))),
      apiCall("s3", "PutBucketLifecycle", lifecycle([rule(400), rule(2)])),
      apiCall("s3", "PutBucketLogging", logging({ xmlns: "http://s3.amazonaws.com/doc/2006-03-01/" })),
      apiCall("s3", "DeleteBucketEncryption", { requestParameters: { bucketName: "orders", encryption: "" } }),
    ],
    nearMisses: [
      // Only an empty bucket can be deleted, and deployments do.
      apiCall("s3", "DeleteBucket", { requestParameters: { bucketName: "orders" } }),
      apiCall("s3", "PutBucketVersioning", versioning({ Status: "Enabled" })),
      apiCall("s3", "PutBucketLifecycle", lifecycle([rule(400), rule(30)])),
      apiCall(
        "s3",
        "PutBucketLogging",
        logging({ LoggingEnabled: { TargetBucket: "access-logs", TargetPrefix: "orders/" } }),
      ),
      deniedCall("s3", "PutBucketVersioning", versioning({ Status: "Suspended" })),
    ],
  },
};
