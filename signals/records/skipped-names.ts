/** Folders with CloudTrail's digests of its files, next to them; they contain no records. */
const DIGESTS = "CloudTrail-Digest";

/** Files without records that tools write next to what they export. */
const MARKS: Readonly<Record<string, string>> = {
  // Source: CloudWatch Logs User Guide, exporting log data to Amazon S3: the task tests its permission to write.
  "aws-logs-write-test": "a test of CloudWatch Logs, without records",
  // Glue, EMR and other Hadoop-based tools write it when a job has ended.
  _SUCCESS: "the mark of a job, without records",
};

/** A file or folder that is not opened because of its name. */
export interface SkippedFile {
  /** A path, or an address such as `s3://bucket/prefix/`. */
  readonly file: string;
  readonly reason: string;
}

/** Called for each skipped file or folder. */
export type OnSkipped = (skipped: SkippedFile) => void;

/**
 * Why a file or folder with this name is skipped; undefined when it is opened. Everything else is opened, and its
 * content decides, because files of records can have any name.
 */
export function skipReason(name: string): string | undefined {
  // Source: CloudTrail User Guide, digest file structure: <account>_CloudTrail-Digest_<region>_….json.gz.
  if (name === DIGESTS || name.includes(`_${DIGESTS}_`)) return "a digest of CloudTrail, without records";
  if (Object.hasOwn(MARKS, name)) return MARKS[name];
  return name.startsWith(".") ? "hidden" : undefined;
}

/**
 * The first part of a key that is skipped, up to and including the name that causes it; undefined when there is none.
 *
 * @param from - where names count: those of the requested prefix do not
 */
export function skippedPart(key: string, from: number): SkippedFile | undefined {
  for (let start = from; start < key.length;) {
    const slash = key.indexOf("/", start);
    const end = slash < 0 ? key.length : slash;
    const reason = skipReason(key.slice(start, end));
    if (reason !== undefined) return { file: key.slice(0, end + 1), reason };
    start = end + 1;
  }
  return undefined;
}
