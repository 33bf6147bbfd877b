import type { GetObjectCommandOutput, ListObjectsV2CommandInput, ListObjectsV2CommandOutput } from "@aws-sdk/client-s3";
import { patient } from "../../lib/aws/patient";

/** What is asked of a bucket. */
export interface Bucket {
  readonly name: string;
  /** A page of the list of its objects. */
  list(input: Omit<ListObjectsV2CommandInput, "Bucket">): Promise<ListObjectsV2CommandOutput>;
  get(key: string): Promise<GetObjectCommandOutput>;
}

/** A bucket in another region says which, and is asked there: any region will do to start from. */
const ANY_REGION = "us-east-1";

/** A bucket, reached as the environment says: credentials, profile, region, endpoint. */
export async function bucketNamed(name: string): Promise<Bucket> {
  // Loading the SDK takes a while, which those who read files do not want to wait for.
  const { GetObjectCommand, ListObjectsV2Command, S3Client } = await import("@aws-sdk/client-s3");
  const config = {
    followRegionRedirects: true,
    // Few endpoints that are not AWS's have a name for each bucket.
    forcePathStyle: (process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL) !== undefined,
  };
  const chosen = patient(new S3Client(config));
  const region = await chosen.config.region().catch(() => undefined);
  const s3 = region === undefined ? patient(new S3Client({ ...config, region: ANY_REGION })) : chosen;
  return {
    name,
    list: (input) => s3.send(new ListObjectsV2Command({ Bucket: name, ...input })),
    get: (key) => s3.send(new GetObjectCommand({ Bucket: name, Key: key })),
  };
}
