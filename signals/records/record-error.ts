/** A file, or a part of one, that holds no CloudTrail records. The message is the reason, for people. */
export class RecordError extends Error {
  override readonly name: string = "RecordError";
}

/** One part of a file that holds no records; what follows it can be read. */
export class RefusedPart extends RecordError {
  override readonly name = "RefusedPart";
}

/** One that is no JSON: where it ends is not certain, and it may hold lines that are some. */
export class BrokenPart extends RefusedPart {}

/** What stands beside records and is none, and is a fault only where a file holds nothing else. */
export class BesideRecords extends RefusedPart {}
