import type { S3ServiceException as ServiceException } from "@aws-sdk/client-s3";
import { expectedMessage } from "../../lib/support/failure";

/** Why a bucket cannot be listed, in one sentence. */
export function listingFailure(bucket: string, error: unknown): Error {
  return new Error(listingReason(bucket, error), { cause: error });
}

function listingReason(bucket: string, error: unknown): string {
  const place = `s3://${bucket}`;
  switch (nameOf(error)) {
    case "CredentialsProviderError":
      return `${place} needs AWS credentials, and there are none: sign in ('aws sso login'), or set AWS_PROFILE`;
    case "ExpiredToken":
    case "ExpiredTokenException":
      return `${place} cannot be listed, as the AWS credentials have expired: sign in again`;
    case "InvalidAccessKeyId":
    case "SignatureDoesNotMatch":
    case "InvalidToken":
      return `${place} cannot be listed, as AWS does not know these credentials: check AWS_PROFILE and the AWS_ variables`;
    case "NoSuchBucket":
      return `${place} must be a bucket, and there is none of that name`;
    case "AccessDenied":
      return `${place} cannot be listed, as access is denied: these credentials need s3:ListBucket and s3:GetObject`;
    default:
      return `${place} cannot be listed: ${expectedMessage(error)}`;
  }
}

/** Why an object cannot be read, in a few words. */
export function readingFailure(error: unknown): string {
  switch (nameOf(error)) {
    case "AccessDenied":
      return "access denied (s3:GetObject, and kms:Decrypt on the key that encrypts it)";
    case "NoSuchKey":
      return "no longer there";
    case "InvalidObjectState":
      return "archived: restore it first";
    default:
      return expectedMessage(error);
  }
}

/** S3's error code, which the SDK uses as its name; not every denial has one. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const { name, $metadata } = error as Partial<ServiceException> & Error;
  return name.startsWith("Unknown") && $metadata?.httpStatusCode === 403 ? "AccessDenied" : name;
}
