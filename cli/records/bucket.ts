import type { GetObjectCommandOutput, ListObjectsV2CommandInput, ListObjectsV2CommandOutput } from "@aws-sdk/client-s3";
import { createClient } from "../../lib/aws/client";

/** The S3 operations needed for one bucket. */
export interface Bucket {
  readonly name: string;
  /** A page of a listing of its objects. */
  list(input: Omit<ListObjectsV2CommandInput, "Bucket">): Promise<ListObjectsV2CommandOutput>;
  get(key: string): Promise<GetObjectCommandOutput>;
}

/** A bucket in another region reports its region, and is then queried there: any region works to start from. */
const ANY_REGION = "us-east-1";

/** A bucket, with credentials, profile, region and endpoint from the environment. */
export async function bucketNamed(name: string): Promise<Bucket> {
  // Loading the SDK is slow, and commands that read local files do not need it.
  const { GetObjectCommand, ListObjectsV2Command, S3Client } = await import("@aws-sdk/client-s3");
  const config = {
    followRegionRedirects: true,
    // Few endpoints other than AWS's have a host name for each bucket.
    forcePathStyle: (process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL) !== undefined,
  };
  const chosen = createClient(S3Client, config);
  const region = await chosen.config.region().catch(() => undefined);
  const s3 = region === undefined ? createClient(S3Client, { ...config, region: ANY_REGION }) : chosen;
  return {
    name,
    list: (input) => s3.send(new ListObjectsV2Command({ Bucket: name, ...input })),
    get: (key) => s3.send(new GetObjectCommand({ Bucket: name, Key: key })),
  };
}
