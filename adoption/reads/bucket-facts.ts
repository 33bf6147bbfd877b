import type { BucketFacts } from "../facts";
import { ADOPT_READS } from "../aws/calls";
import type { Reading } from "./reading";

/** Reads the bucket that a trail delivers to; undefined when it does not exist or was not read. */
export async function readBucket(reading: Reading, name: string, region: string): Promise<BucketFacts | undefined> {
  const Bucket = name;
  const location = await reading.attempt(`bucket ${name}`, () =>
    reading.query(ADOPT_READS.bucketLocation, { Bucket }, region),
  );
  if (location === undefined) return undefined;
  const [policy, lock] = await Promise.all([
    reading.attempt(`policy of bucket ${name}`, async () => ({
      text: (await reading.query(ADOPT_READS.bucketPolicy, { Bucket }, region))?.Policy,
    })),
    reading.attempt(`object lock of bucket ${name}`, async () => {
      const answer = await reading.query(ADOPT_READS.objectLock, { Bucket }, region);
      return answer?.ObjectLockConfiguration?.Rule?.DefaultRetention?.Mode ?? "none";
    }),
  ]);
  return {
    name,
    account: reading.account,
    region: regionOf(location.LocationConstraint),
    isPolicyReadable: policy !== undefined,
    objectLock: lock,
  };
}

/** Source: S3 API, GetBucketLocation: us-east-1 has no constraint, and buckets from before 2011 have the name EU. */
function regionOf(constraint: string | undefined): string {
  if (constraint === undefined || constraint === "") return "us-east-1";
  return constraint === "EU" ? "eu-west-1" : constraint;
}
