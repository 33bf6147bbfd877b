import type { Readable } from "node:stream";
import type { OnSkipped } from "./skipped-names";

/** A file of records, wherever it lies: on this machine, in a bucket, or what comes in on the standard input. */
export interface RecordFile {
  /** The name shown to people: a path, or an address such as `s3://bucket/key`. */
  readonly name: string;
  /** Its size as it lies there, packed or not; 0 where that is not known. */
  readonly bytes: number;
  /** Opens it, from its start. What goes wrong ends the stream with an error. */
  readonly open: () => Readable;
  /**
   * Where it lies on this machine, so that another thread can open it by itself.
   *
   * @default - it has to be read through `open`
   */
  readonly path?: string;
}

/**
 * The files that a path stands for. Rejects when nothing can be said about them, as for a bucket that does not exist.
 * What is not opened because of its name is not among them; `onSkipped` takes note of it.
 */
export type FindFiles = (path: string, onSkipped?: OnSkipped) => AsyncIterable<RecordFile>;
