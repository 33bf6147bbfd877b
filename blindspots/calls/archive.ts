import type { PathResource } from "../path-resource";
import { calls, type WeakeningCall } from "./call";

const ofBucket = ({ text }: PathResource): { bucketName: string } => ({ bucketName: text("bucket") });
const inApi = (apiName: string, call: WeakeningCall): WeakeningCall => ({ ...call, apiName });

function bucketCall(operation: string, effect: string, apiName = operation): WeakeningCall {
  return inApi(apiName, { service: "s3", operation, parameters: ofBucket, effect, cuts: false });
}

export const BUCKET_ATTACKS: readonly WeakeningCall[] = [
  bucketCall("DeleteBucket", "deletes the bucket"),
  ...["PutBucketPolicy", "DeleteBucketPolicy", "PutBucketAcl"].map((operation) =>
    bucketCall(operation, "changes who may write, read and delete"),
  ),
  bucketCall("PutBucketVersioning", "suspends the versions"),
  bucketCall("PutBucketObjectLockConfiguration", "shortens the lock of new objects", "PutObjectLockConfiguration"),
  bucketCall("PutBucketLifecycle", "deletes objects after a day", "PutBucketLifecycleConfiguration"),
  bucketCall("DeleteBucketLifecycle", "keeps objects for ever"),
  bucketCall("PutBucketLogging", "stops the access logs"),
  bucketCall("PutBucketPublicAccessBlock", "allows public access", "PutPublicAccessBlock"),
  bucketCall("DeleteBucketPublicAccessBlock", "allows public access", "DeletePublicAccessBlock"),
  bucketCall("PutBucketOwnershipControls", "allows access lists"),
  bucketCall("DeleteBucketOwnershipControls", "allows access lists"),
  bucketCall("PutBucketEncryption", "changes the key of new objects"),
  bucketCall("DeleteBucketEncryption", "changes the key of new objects"),
  bucketCall("PutBucketReplication", "copies objects to another account"),
  bucketCall("PutBucketRequestPayment", "stops CloudTrail's delivery: it pays for no request"),
  bucketCall("PutBucketNotification", "sends the names of objects elsewhere", "PutBucketNotificationConfiguration"),
  bucketCall("PutBucketTagging", "changes tags that permissions may depend on"),
  bucketCall("DeleteBucketTagging", "removes tags that permissions may depend on"),
  bucketCall("PutBucketAbac", "makes permissions depend on tags"),
  bucketCall("PutBucketIntelligentTieringConfiguration", "moves objects to a tier that takes hours to read"),
  bucketCall("PutBucketInventoryConfiguration", "sends lists of objects elsewhere"),
  {
    service: "s3",
    operation: "CreateAccessPoint",
    apiName: "control_CreateAccessPoint",
    parameters: (bucket) => ({ name: "x", bucket: bucket.text("bucket"), ...ofBucket(bucket) }),
    effect: "opens another way in, with its own policy",
    cuts: false,
  },
  {
    service: "s3",
    operation: "DeleteObjects",
    parameters: (bucket) => ({ ...ofBucket(bucket), delete: "" }),
    effect: "deletes records",
    cuts: false,
    isDataEvent: true,
  },
  {
    service: "s3",
    operation: "PutObject",
    parameters: (bucket) => ({ ...ofBucket(bucket), key: "AWSLogs/x.json.gz" }),
    effect: "adds forged records, or hides real ones behind a newer version",
    cuts: false,
    isDataEvent: true,
  },
];

export const TABLE_ATTACKS: readonly WeakeningCall[] = [
  ...calls("glue", ["UpdateTable"], {
    parameters: ({ text }) => ({ databaseName: text("database_name"), tableInput: { name: text("name") } }),
    effect: "makes queries of the archive read other records",
    cuts: false,
  }),
  ...calls("glue", ["DeleteTable"], {
    parameters: ({ text }) => ({ databaseName: text("database_name"), name: text("name") }),
    effect: "removes the table of the archive",
    cuts: false,
  }),
  ...calls("glue", ["BatchDeleteTable"], {
    parameters: ({ text }) => ({ databaseName: text("database_name"), tablesToDelete: [text("name")] }),
    effect: "removes the table of the archive",
    cuts: false,
  }),
];

export const DATABASE_ATTACKS: readonly WeakeningCall[] = calls("glue", ["UpdateDatabase", "DeleteDatabase"], {
  parameters: ({ text }) => ({ name: text("name") }),
  effect: "removes the table of the archive",
  cuts: false,
});

export const WORKGROUP_ATTACKS: readonly WeakeningCall[] = calls("athena", ["UpdateWorkGroup", "DeleteWorkGroup"], {
  parameters: ({ text }) => ({ workGroup: text("name") }),
  effect: "sends results of queries elsewhere",
  cuts: false,
});
