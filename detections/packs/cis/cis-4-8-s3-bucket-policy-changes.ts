import { apiCall, deniedCall } from "../../example-record";
import { cisControl } from "./cis-control";

export const s3BucketPolicyChanges = cisControl({
  number: "4.8",
  id: "cis-4-8-s3-bucket-policy-changes",
  title: "S3 bucket policy changes",
  severity: "low",
  securityHub: "CloudWatch.8",
  mitre: ["T1530", "T1537"],
  tunedTwin: "public-access-block-removed",
  patterns: [
    "{($.eventSource=s3.amazonaws.com) && (($.eventName=PutBucketAcl) || ($.eventName=PutBucketPolicy) || ($.eventName=PutBucketCors) || ($.eventName=PutBucketLifecycle) || ($.eventName=PutBucketReplication) || ($.eventName=DeleteBucketPolicy) || ($.eventName=DeleteBucketCors) || ($.eventName=DeleteBucketLifecycle) || ($.eventName=DeleteBucketReplication))}",
  ],
  meaning:
    "A bucket's policy, ACL, CORS, lifecycle or replication was changed or deleted, or a principal tried to do so.",
  why: "A bucket that is opened, emptied by a lifecycle rule or copied elsewhere is a breach without an exploit.",
  firstFiveMinutes: [
    "Is the bucket public now? `aws s3api get-bucket-policy-status --bucket <bucket>`.",
    "For a change of lifecycle or replication: `aws s3api get-bucket-lifecycle-configuration`, `get-bucket-replication`, each with `--bucket <bucket>`.",
  ],
  falsePositives: ["A deployment that manages buckets."],
  examples: {
    matches: [
      apiCall("s3", "PutBucketPolicy", { requestParameters: { bucketName: "exports" } }),
      apiCall("s3", "DeleteBucketReplication"),
      deniedCall("s3", "PutBucketAcl"),
    ],
    nearMisses: [
      apiCall("s3", "GetBucketPolicy"),
      // Not covered: removing the public access block opens a bucket too.
      apiCall("s3", "DeleteBucketPublicAccessBlock"),
    ],
  },
});
