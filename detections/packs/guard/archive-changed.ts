import { all, call, oneOf } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byOthers } from "./deployment";

/**
 * S3's names in CloudTrail differ from its API's: `PutBucketLifecycle` has no `Configuration`, the lock has a `Bucket`.
 */
export const BUCKET_CALLS = [
  ...["DeleteBucket", "PutBucketPolicy", "DeleteBucketPolicy", "PutBucketAcl", "PutBucketVersioning"],
  ...["PutBucketObjectLockConfiguration", "PutBucketLifecycle", "DeleteBucketLifecycle", "PutBucketLogging"],
  ...["PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock", "PutBucketOwnershipControls"],
  ...["DeleteBucketOwnershipControls", "PutBucketEncryption", "DeleteBucketEncryption", "PutBucketReplication"],
];

/** The archive is the evidence; the state bucket records what the deployment created. Both are set up once. */
export const archiveChanged: Detection = {
  id: "archive-changed",
  title: "Archive or state bucket changed",
  meaning:
    "Somebody other than Trailwatch's deployment changed the policy, lock, lifecycle, encryption, logging or access of " +
    "the archive, its access logs or the state bucket, or deleted one; or tried to.",
  why: "A lifecycle rule of one day empties an archive without a single delete call, and a policy can open it to anyone.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["3.0 4.8"], mitre: ["T1562.008", "T1485.001", "T1070"] },
  condition: (account) => {
    const ours = [...account.archiveBuckets, ...(account.stateBucket === undefined ? [] : [account.stateBucket])];
    if (ours.length === 0) return [];
    return byOthers(account, [all(call("s3", ...BUCKET_CALLS), oneOf("requestParameters.bucketName", ours))]);
  },
  runbook: {
    firstFiveMinutes: [
      "Check the current settings: `aws s3api get-bucket-policy`, `get-object-lock-configuration`, `get-bucket-lifecycle-configuration`, each with `--bucket <bucket>`.",
      "Restore them: `npx cdktf deploy log-archive` (or `state-backend`). A lifecycle rule takes effect within a day.",
      "Check for deleted objects: `aws s3api list-object-versions --bucket <bucket> --prefix AWSLogs/ --max-items 20`: locked versions remain behind delete markers.",
    ],
    falsePositives: ["A deployment of Trailwatch with personal credentials."],
    tuning: "Add no `ignore` entries; deploy with the role in `deploymentRole`.",
  },
  examples: {
    matches: [
      apiCall("s3", "PutBucketLifecycle", { requestParameters: { bucketName: "example-org-trailwatch-archive" } }),
      apiCall("s3", "DeleteBucket", {
        errorCode: "BucketNotEmpty",
        requestParameters: { bucketName: "example-org-trailwatch-state" },
      }),
    ],
    nearMisses: [
      apiCall("s3", "PutBucketPolicy", { requestParameters: { bucketName: "example-website", policy: "" } }),
      apiCall("s3", "PutBucketPolicy", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { bucketName: "example-org-trailwatch-archive", policy: "" },
      }),
    ],
  },
};
