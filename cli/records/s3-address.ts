import { shownPath } from "../../lib/support/printable";

/** A part of a bucket: every object whose key starts with the prefix. */
export interface S3Address {
  readonly bucket: string;
  /** An S3 prefix: `a/b` also matches `a/bc`. Empty: the whole bucket. */
  readonly prefix: string;
}

const SCHEME = "s3://";
/** Source: S3 User Guide, general purpose bucket naming rules. */
const ADDRESS = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s;

export function isInBucket(path: string): boolean {
  return path.startsWith(SCHEME);
}

/** @throws Error when it is not a valid bucket name */
export function s3AddressOf(path: string): S3Address {
  const [, bucket, prefix = ""] = ADDRESS.exec(path) ?? [];
  if (bucket === undefined) {
    throw new Error(`a bucket's path must be like s3://my-archive/AWSLogs/, got '${shownPath(path)}'`);
  }
  return { bucket, prefix };
}
