import { header, target, type AwsRequest } from "./http";

/**
 * Sub-resources of a bucket, named in the query string. The operation is the verb and this name; GET, PUT and DELETE
 * exist for most. Source: Amazon S3 API Reference, operations by name.
 */
const BUCKET_PARTS = new Map([
  ["accelerate", "BucketAccelerateConfiguration"],
  ["acl", "BucketAcl"],
  ["analytics", "BucketAnalyticsConfiguration"],
  ["cors", "BucketCors"],
  ["encryption", "BucketEncryption"],
  ["intelligent-tiering", "BucketIntelligentTieringConfiguration"],
  ["inventory", "BucketInventoryConfiguration"],
  ["lifecycle", "BucketLifecycleConfiguration"],
  ["location", "BucketLocation"],
  ["logging", "BucketLogging"],
  ["metrics", "BucketMetricsConfiguration"],
  ["notification", "BucketNotificationConfiguration"],
  ["object-lock", "ObjectLockConfiguration"],
  ["ownershipControls", "BucketOwnershipControls"],
  ["policy", "BucketPolicy"],
  ["policyStatus", "BucketPolicyStatus"],
  ["publicAccessBlock", "PublicAccessBlock"],
  ["replication", "BucketReplication"],
  ["requestPayment", "BucketRequestPayment"],
  ["tagging", "BucketTagging"],
  ["versioning", "BucketVersioning"],
  ["website", "BucketWebsite"],
]);

/** Sub-resources of an object. */
const OBJECT_PARTS = new Map([
  ["acl", "ObjectAcl"],
  ["attributes", "ObjectAttributes"],
  ["legal-hold", "ObjectLegalHold"],
  ["retention", "ObjectRetention"],
  ["tagging", "ObjectTagging"],
]);

const VERBS = new Map([
  ["GET", "Get"],
  ["HEAD", "Head"],
  ["PUT", "Put"],
  ["DELETE", "Delete"],
]);

/**
 * Paths of S3 Control, which concerns accounts and is signed as S3. Source: Amazon S3 API Reference, Amazon S3 Control.
 */
const ACCOUNT_PATH = /^\/v20180820\//;

/**
 * The S3 Control operations that CloudTrail records, by CloudTrail's names: those on the account's public access block.
 */
const ACCOUNT_PARTS = new Map([["/v20180820/configuration/publicAccessBlock", "AccountPublicAccessBlock"]]);

/** Whether an S3 path concerns an account, and names no bucket. */
export function isOfAccount(path: string): boolean {
  return ACCOUNT_PATH.test(path);
}

/** The operation of an S3 request in path style. */
export function s3Operation(request: AwsRequest): string {
  const { path, query } = target(request);
  // The newer SDKs name it in the query: `?x-id=PutObject`.
  const said = query.get("x-id");
  if (said !== null) return said;

  if (isOfAccount(path)) {
    const part = ACCOUNT_PARTS.get(path);
    return (part === undefined ? undefined : verb(request.method, part)) ?? unknown(request, path);
  }
  const [, bucket = "", ...key] = path.split("/");
  if (bucket === "") return request.method === "GET" ? "ListBuckets" : unknown(request, path);
  const name = key.join("/") === "" ? bucketOperation(request, query) : objectOperation(request, query);
  return name ?? unknown(request, path);
}

function bucketOperation({ method }: AwsRequest, query: URLSearchParams): string | undefined {
  const part = partOf(query, BUCKET_PARTS);
  if (part === "BucketLifecycleConfiguration" && method === "DELETE") return "DeleteBucketLifecycle";
  if (part !== undefined) return verb(method, part);
  switch (method) {
    case "GET":
      if (query.has("uploads")) return "ListMultipartUploads";
      if (query.has("versions")) return "ListObjectVersions";
      return query.get("list-type") === "2" ? "ListObjectsV2" : "ListObjects";
    case "HEAD":
      return "HeadBucket";
    case "PUT":
      return "CreateBucket";
    case "DELETE":
      return "DeleteBucket";
    case "POST":
      return query.has("delete") ? "DeleteObjects" : undefined;
    default:
      return undefined;
  }
}

function objectOperation(request: AwsRequest, query: URLSearchParams): string | undefined {
  const { method } = request;
  const part = partOf(query, OBJECT_PARTS);
  if (part !== undefined) return verb(method, part);
  const upload = query.has("uploadId");
  switch (method) {
    case "GET":
      return upload ? "ListParts" : "GetObject";
    case "HEAD":
      return "HeadObject";
    case "PUT":
      if (upload) return "UploadPart";
      return header(request, "x-amz-copy-source") === "" ? "PutObject" : "CopyObject";
    case "DELETE":
      return upload ? "AbortMultipartUpload" : "DeleteObject";
    case "POST":
      if (query.has("uploads")) return "CreateMultipartUpload";
      return upload ? "CompleteMultipartUpload" : undefined;
    default:
      return undefined;
  }
}

function partOf(query: URLSearchParams, parts: ReadonlyMap<string, string>): string | undefined {
  for (const name of query.keys()) {
    const part = parts.get(name);
    if (part !== undefined) return part;
  }
  return undefined;
}

function verb(method: string, part: string): string | undefined {
  const word = VERBS.get(method);
  return word === undefined ? undefined : word + part;
}

function unknown(request: AwsRequest, path: string): string {
  return `${request.method} ${path}`;
}
