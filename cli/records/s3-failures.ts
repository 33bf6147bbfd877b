import { explainAwsError, knownError, withRemedy, type ServiceErrors } from "../../lib/aws/aws-errors";
import { expectedMessage } from "../../lib/support/failure";

/** Errors of listing a bucket. */
const LISTING: ServiceErrors = {
  remedies: { denied: "these credentials need s3:ListBucket and s3:GetObject" },
  further: [{ names: /^NoSuchBucket$/, cause: "there is no bucket of that name" }],
};

/** Errors of reading an object. */
const READING: ServiceErrors = {
  remedies: { denied: "reading needs s3:GetObject, and kms:Decrypt on the key that encrypts it" },
  further: [
    { names: /^NoSuchKey$/, cause: "no longer there" },
    { names: /^InvalidObjectState$/, cause: "archived", remedy: "restore it first" },
  ],
};

/** Why a bucket cannot be listed, in one sentence. */
export function listingFailure(bucket: string, error: unknown): Error {
  return new Error(`s3://${bucket} cannot be listed: ${explainAwsError(error, LISTING)}`, { cause: error });
}

/** Why an object cannot be read, in a few words. */
export function readingFailure(error: unknown): string {
  const known = knownError(error, READING);
  return known === undefined ? expectedMessage(error) : withRemedy(known.cause, known);
}
