import type { Readable } from "node:stream";
import type { OnSkipped } from "./skipped-names";

/** A file of records in any location: on this machine, in a bucket, or standard input. */
export interface RecordFile {
  /** The name shown to people: a path, or an address such as `s3://bucket/key`. */
  readonly name: string;
  /** Its stored size, compressed or not; 0 where it is unknown. */
  readonly bytes: number;
  /** Opens it at its start. Errors end the stream with an error. */
  readonly open: () => Readable;
  /**
   * Its path on this machine, so that another thread can open it.
   *
   * @default - it has to be read through `open`
   */
  readonly path?: string;
}

/**
 * The files of a path. Fails when they cannot be listed, for example for a bucket that does not exist. Files that are
 * skipped because of their name are not included; `onSkipped` is called for them.
 */
export type FindFiles = (path: string, onSkipped?: OnSkipped) => AsyncIterable<RecordFile> | Iterable<RecordFile>;
