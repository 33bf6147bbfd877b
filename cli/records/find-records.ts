import { findFiles, type FindFiles } from "../../signals";
import { findObjects } from "./find-objects";
import { s3AddressOf, isInBucket } from "./s3-address";
import type { TimeSpan } from "./trail-days";

/**
 * Sources of records: local files and folders, standard input, and `s3://` prefixes. In a bucket, days outside the time
 * span are not listed, as far as CloudTrail's keys show the day.
 */
export function recordFinder(span: TimeSpan = {}): FindFiles {
  return (path, onSkipped) =>
    isInBucket(path) ? findObjects(s3AddressOf(path), span, onSkipped) : findFiles(path, onSkipped);
}
