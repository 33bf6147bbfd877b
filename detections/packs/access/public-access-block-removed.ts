import { all, any, call, exists, isFalse, not, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

const SETTINGS = "requestParameters.PublicAccessBlockConfiguration";
/** S3 treats a missing setting as `false`. */
const notAllOn = any(
  isFalse(`${SETTINGS}[*]`),
  ...["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"].map((name) =>
    not(exists(`${SETTINGS}.${name}`)),
  ),
);

const ALL_ON = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const block = (PublicAccessBlockConfiguration: unknown) => ({ requestParameters: { PublicAccessBlockConfiguration } });

export const publicAccessBlockRemoved: Detection = {
  id: "public-access-block-removed",
  title: "Block of public access removed",
  meaning: "The block of public access to a bucket, the account, or its snapshots or images was removed or loosened.",
  why: "The block prevents a single wrong policy from publishing data. Removing it precedes publication, or is a mistake.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1530", "T1562.007"] },
  condition: all(
    any(
      call("s3", "DeleteBucketPublicAccessBlock", "DeleteAccountPublicAccessBlock"),
      call("ec2", "DisableSnapshotBlockPublicAccess", "DisableImageBlockPublicAccess"),
      all(call("s3", "PutBucketPublicAccessBlock", "PutAccountPublicAccessBlock"), notAllOn),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Restore it: `aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`; for the account, `aws s3control put-public-access-block`.",
      "Is the bucket public now? `aws s3api get-bucket-policy-status --bucket <bucket>`, `aws s3api get-bucket-acl --bucket <bucket>`. If it is public, find out what it contains.",
    ],
    falsePositives: ["A bucket being deleted by its deployment.", "A website meant to be public."],
    tuning: "Ignore a public bucket by `requestParameters.bucketName`, not a person.",
  },
  examples: {
    matches: [
      apiCall("s3", "DeleteBucketPublicAccessBlock", { requestParameters: { bucketName: "customer-exports" } }),
      apiCall("s3", "PutAccountPublicAccessBlock", block({ ...ALL_ON, RestrictPublicBuckets: false })),
      apiCall("s3", "PutBucketPublicAccessBlock", block({ BlockPublicPolicy: true, RestrictPublicBuckets: true })),
      apiCall("ec2", "DisableSnapshotBlockPublicAccess"),
    ],
    nearMisses: [
      apiCall("s3", "PutBucketPublicAccessBlock", block(ALL_ON)),
      apiCall("s3", "GetBucketPublicAccessBlock"),
      deniedCall("s3", "DeleteAccountPublicAccessBlock"),
    ],
  },
};
