import { all, any, call, equals, exists, isFalse, matches, not, oneOf } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byDeployment, byOthers } from "./deployment";
import { DEPLOYMENT_CALLS } from "./deployment-calls";
import { possiblyOurs } from "./ours";

/**
 * S3's names in CloudTrail differ from its API's: `PutBucketLifecycle` has no `Configuration`, the lock has a `Bucket`.
 */
export const BUCKET_CALLS = [
  ...["DeleteBucket", "PutBucketPolicy", "DeleteBucketPolicy", "PutBucketAcl", "PutBucketVersioning"],
  ...["PutBucketObjectLockConfiguration", "PutBucketLifecycle", "DeleteBucketLifecycle", "PutBucketLogging"],
  ...["PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock", "PutBucketOwnershipControls"],
  ...["DeleteBucketOwnershipControls", "PutBucketEncryption", "DeleteBucketEncryption", "PutBucketReplication"],
  ...["DeleteBucketReplication", "PutBucketRequestPayment", "PutBucketNotification", "PutBucketAbac"],
  ...["PutBucketTagging", "DeleteBucketTagging", "PutBucketInventoryConfiguration"],
  ...["PutBucketIntelligentTieringConfiguration", "CreateAccessPoint"],
];

/** Names that the wildcard for all changes of a bucket leaves out. */
const NAMED_OTHERWISE = ["CreateAccessPoint", "PutObjectLockConfiguration"];
const EXPECTED = DEPLOYMENT_CALLS["s3"] ?? [];
const UNEXPECTED = BUCKET_CALLS.filter((name) => !EXPECTED.includes(name) && !NAMED_OTHERWISE.includes(name));

/** The archive is the evidence; the state bucket records what the deployment created. Both are set up once. */
export const archiveChanged: Detection = {
  id: "archive-changed",
  title: "Archive or state bucket changed",
  meaning:
    "A principal other than Trailwatch's deployment changed any setting of the archive, its access logs, its query " +
    "results or the state bucket, such as policy, lock, lifecycle or encryption, or deleted one; or tried to.",
  why: "A lifecycle rule of one day empties an archive without a single delete call, and a policy can open it to anyone.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.8"], mitre: ["T1562.008", "T1485.001", "T1070"] },
  condition: (account) => {
    const ours = [...account.archiveBuckets, ...(account.stateBucket === undefined ? [] : [account.stateBucket])];
    if (ours.length === 0) return [];
    const named = possiblyOurs(oneOf("requestParameters.bucketName", ours));
    const ofAccessPoint = oneOf("requestParameters.CreateAccessPointRequest.Bucket", ours);
    const deployment = byDeployment(account);
    return [
      // S3 adds settings: what it calls `…Bucket…` and is no read is a change of the bucket.
      byOthers(account, [
        all(equals("eventSource", "s3.amazonaws.com"), matches("eventName", "*Bucket*"), isFalse("readOnly"), named),
      ]),
      deployment === undefined
        ? all(call("s3", ...NAMED_OTHERWISE), named)
        : all(
            call("s3", ...NAMED_OTHERWISE, ...UNEXPECTED),
            named,
            any(deployment, oneOf("eventName", NAMED_OTHERWISE)),
          ),
      all(call("s3", "CreateAccessPoint"), not(exists("requestParameters.bucketName")), ofAccessPoint),
    ];
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
      apiCall("s3", "PutBucketRequestPayment", { requestParameters: { bucketName: "example-org-trailwatch-archive" } }),
      apiCall("s3", "PutBucketLifecycle", {
        requestParameters: { bucketName: "example-org-trailwatch-archive-athena" },
      }),
      apiCall("s3", "CreateAccessPoint", {
        requestParameters: { name: "x", CreateAccessPointRequest: { Bucket: "example-org-trailwatch-archive" } },
      }),
      apiCall("s3", "DeleteBucketPolicy", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { bucketName: "example-org-trailwatch-archive" },
      }),
      apiCall("s3", "DeleteBucket", {
        errorCode: "BucketNotEmpty",
        requestParameters: { bucketName: "example-org-trailwatch-state" },
      }),
    ],
    nearMisses: [
      apiCall("s3", "GetBucketPolicy", { requestParameters: { bucketName: "example-org-trailwatch-archive" } }),
      apiCall("s3", "PutObject", {
        eventCategory: "Data",
        managementEvent: false,
        requestParameters: { bucketName: "example-org-trailwatch-archive", key: "AWSLogs/x.json.gz" },
      }),
      apiCall("s3", "CreateAccessPoint", {
        requestParameters: { name: "x", CreateAccessPointRequest: { Bucket: "example-website" } },
      }),
      apiCall("s3", "PutBucketPolicy", { requestParameters: { bucketName: "example-website", policy: "" } }),
      apiCall("s3", "PutBucketPolicy", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { bucketName: "example-org-trailwatch-archive", policy: "" },
      }),
    ],
  },
};
