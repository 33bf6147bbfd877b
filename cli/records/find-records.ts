import { findFiles, type FindFiles } from "../../signals";
import { findObjects } from "./find-objects";
import { addressOf, isInBucket } from "./s3-address";
import type { TimeSpan } from "./trail-days";

/**
 * Where records come from: files and folders of this machine, standard input, and `s3://` prefixes. Of a bucket, days
 * outside the time span are not even listed, so far as CloudTrail's keys tell them.
 */
export function recordFinder(span: TimeSpan = {}): FindFiles {
  return (path, onSkipped) =>
    isInBucket(path) ? findObjects(addressOf(path), span, onSkipped) : findFiles(path, onSkipped);
}
