/** A file, or a part of one, that contains no CloudTrail records. The message is the reason, for people. */
export class RecordError extends Error {
  override readonly name: string = "RecordError";
}

/** One part of a file that holds no records; what follows it can be read. */
export class RefusedPart extends RecordError {
  override readonly name = "RefusedPart";
}

/** A part that is not JSON: its end is uncertain, and it may contain lines that are records. */
export class BrokenPart extends RefusedPart {}

/** A part next to records that is not a record. It is a fault only if the file contains nothing else. */
export class BesideRecords extends RefusedPart {}
