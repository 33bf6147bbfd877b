import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  type PublicAccessBlockConfiguration,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient, KMSServiceException } from "@aws-sdk/client-kms";
import { explainAwsError } from "../../lib/aws/aws-errors";
import { createClient, type ClientSettings } from "../../lib/aws/client";

/** An existing bucket to read. */
export interface BucketQuery {
  readonly bucket: string;
  readonly region: string;
  /** The 12-digit id of the account that must own it. @default - any, as in a local AWS */
  readonly ownerId?: string | undefined;
  /** Key of an object in it, which need not exist. */
  readonly objectKey: string;
  /** ARN of the key of its objects. @default - none is named */
  readonly keyArn?: string | undefined;
}

/** What AWS answers about a bucket. Undefined: there is none, or it could not be read. */
export interface StateBucketFacts {
  readonly versioning?: string | undefined;
  readonly encryption?: { readonly algorithm?: string | undefined; readonly keyId?: string | undefined } | undefined;
  readonly publicAccessBlock?: PublicAccessBlockConfiguration | undefined;
  readonly policy?: string | undefined;
  readonly key?: { readonly state?: string | undefined; readonly policy?: string | undefined } | undefined;
  /** Permissions that the caller lacks, by the fact that they would read. */
  readonly denied: Readonly<
    Partial<Record<"versioning" | "encryption" | "publicAccessBlock" | "policy" | "key", string>>
  >;
}

/** Why a bucket cannot be used at all; undefined: it can be reached and read. */
export async function unreachable(query: BucketQuery, settings: ClientSettings): Promise<string | undefined> {
  const s3 = createClient(S3Client, settings);
  const bucket = {
    Bucket: query.bucket,
    ...(query.ownerId === undefined ? {} : { ExpectedBucketOwner: query.ownerId }),
  };
  const status = await statusOf(() => s3.send(new HeadBucketCommand(bucket)));
  if (status === 404) {
    return `'state.existing.bucket' must exist, got '${query.bucket}'. Create it, or give state.bucket: then Trailwatch does`;
  }
  if (status === 301 || status === 400) {
    return (
      `'state.existing.region' must be the region of bucket '${query.bucket}', got '${query.region}'. ` +
      `This prints it: aws s3api head-bucket --bucket ${query.bucket} --query BucketRegion`
    );
  }
  const owner = query.ownerId === undefined ? "'state.account'" : `'state.account' (${query.ownerId})`;
  if (status !== 200) {
    return (
      `'state.existing.bucket' must be a bucket of ${owner} that the deployment role may list, got '${query.bucket}' ` +
      `and HTTP ${status}: another account owns it, or s3:ListBucket is not allowed`
    );
  }
  const object = await statusOf(() => s3.send(new HeadObjectCommand({ ...bucket, Key: query.objectKey })));
  if (object === 200 || object === 404) return undefined;
  return (
    `'state.existing' must let the deployment role read states, got HTTP ${object} for 's3://${query.bucket}/${query.objectKey}': ` +
    "allow s3:GetObject, and kms:Decrypt with the key of the bucket"
  );
}

/** Reads what makes a bucket fit for states. */
export async function readBucketFacts(query: BucketQuery, settings: ClientSettings): Promise<StateBucketFacts> {
  const s3 = createClient(S3Client, settings);
  const bucket = { Bucket: query.bucket };
  const denied: Partial<Record<keyof StateBucketFacts["denied"], string>> = {};
  const read = async <T>(fact: keyof StateBucketFacts["denied"], permission: string, ask: () => Promise<T>) => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof S3ServiceException || error instanceof KMSServiceException)) throw error;
      const status = error.$metadata.httpStatusCode;
      if (/AccessDenied|Forbidden/.test(error.name) || status === 403) denied[fact] = permission;
      // S3 answers 404 where there is no policy, encryption or public access block; KMS 400 for a key that is not there.
      else if (status !== 404 && error.name !== "NotFoundException") throw error;
      return undefined;
    }
  };
  const versioning = await read("versioning", "s3:GetBucketVersioning", () =>
    s3.send(new GetBucketVersioningCommand(bucket)),
  );
  const encryption = await read("encryption", "s3:GetEncryptionConfiguration", () =>
    s3.send(new GetBucketEncryptionCommand(bucket)),
  );
  const block = await read("publicAccessBlock", "s3:GetBucketPublicAccessBlock", () =>
    s3.send(new GetPublicAccessBlockCommand(bucket)),
  );
  const policy = await read("policy", "s3:GetBucketPolicy", () => s3.send(new GetBucketPolicyCommand(bucket)));
  const rule = encryption?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  const { keyArn } = query;
  return {
    versioning: versioning?.Status,
    encryption: rule && { algorithm: rule.SSEAlgorithm, keyId: rule.KMSMasterKeyID },
    publicAccessBlock: block?.PublicAccessBlockConfiguration,
    policy: policy?.Policy,
    key: keyArn === undefined ? undefined : await read("key", "kms:DescribeKey", () => readKey(keyArn, settings)),
    denied,
  };
}

async function readKey(keyArn: string, settings: ClientSettings): Promise<NonNullable<StateBucketFacts["key"]>> {
  const kms = createClient(KMSClient, settings);
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: keyArn }));
  const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId: keyArn, PolicyName: "default" }));
  return { state: KeyMetadata?.KeyState, policy: Policy };
}

/** The status of an answer, which is all that a HEAD request gets. */
async function statusOf(head: () => Promise<unknown>): Promise<number> {
  try {
    await head();
    return 200;
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    if (status === undefined)
      throw new Error(`S3 was not asked for the bucket: ${explainAwsError(error)}`, { cause: error });
    return status;
  }
}
