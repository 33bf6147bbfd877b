import { Readable } from "node:stream";
import type { ListObjectsV2CommandOutput } from "@aws-sdk/client-s3";
import { RecordError, skippedPart, type OnSkipped, type RecordFile } from "../../signals";
import { bucketNamed, type Bucket } from "./bucket";
import { readAhead } from "./read-ahead";
import type { S3Address } from "./s3-address";
import { listingFailure, readingFailure } from "./s3-failures";
import { dayRange, type TimeSpan } from "./trail-days";

const SEPARATOR = "/";

/**
 * The objects below a prefix, folder by folder in key order, without hidden objects and digests. Keeps at most one page
 * of each folder's listing in memory.
 *
 * @throws Error in one sentence when the bucket cannot be listed
 */
export async function* findObjects(
  address: S3Address,
  span: TimeSpan,
  onSkipped: OnSkipped = () => undefined,
): AsyncGenerator<RecordFile> {
  const bucket = await bucketNamed(address.bucket);
  try {
    yield* readAhead(
      new Listing(bucket, { span, onSkipped, start: folderOf(address.prefix).length }).below(address.prefix),
    );
  } catch (error) {
    throw listingFailure(address.bucket, error);
  }
}

/** The prefix up to its last folder: names below it count, and the name that the prefix begins. */
function folderOf(prefix: string): string {
  return prefix.slice(0, prefix.lastIndexOf(SEPARATOR) + 1);
}

interface Wanted {
  readonly span: TimeSpan;
  readonly onSkipped: OnSkipped;
  /** Position in keys at which the inspected names start. */
  readonly start: number;
}

class Listing {
  private lastSkipped: string | undefined;

  constructor(
    private readonly bucket: Bucket,
    private readonly wanted: Wanted,
  ) {}

  /** With a time span, folder by folder down to folders whose days are known; otherwise all at once. */
  async *below(prefix: string): AsyncGenerator<RecordFile> {
    const { span } = this.wanted;
    const days = dayRange(prefix, span);
    const isWhole = span.from === undefined && span.to === undefined;
    const input = {
      Prefix: prefix,
      StartAfter: days?.startAfter,
      Delimiter: isWhole || days !== undefined ? undefined : SEPARATOR,
    };
    for await (const { Contents = [], CommonPrefixes = [] } of this.pages(input)) {
      for (const { Key = "", Size = 0 } of Contents) {
        if (days?.isPast(Key) === true) return;
        // Consoles and tools create such objects to show a folder.
        const isFolder = Key.endsWith(SEPARATOR) && Size === 0;
        if (!isFolder && !this.skips(Key)) yield this.object(Key, Size);
      }
      for (const { Prefix = "" } of CommonPrefixes) {
        if (!this.skips(Prefix)) yield* this.below(Prefix);
      }
    }
  }

  /** Records a folder once, however many objects are in it: their keys come one after another. */
  private skips(key: string): boolean {
    const part = skippedPart(key, this.wanted.start);
    if (part === undefined) return false;
    if (part.file !== this.lastSkipped) {
      this.lastSkipped = part.file;
      this.wanted.onSkipped({ ...part, file: `s3://${this.bucket.name}/${part.file}` });
    }
    return true;
  }

  private async *pages(input: Parameters<Bucket["list"]>[0]): AsyncGenerator<ListObjectsV2CommandOutput> {
    let token: string | undefined;
    do {
      const page = await this.bucket.list({ ...input, ContinuationToken: token });
      yield page;
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  private object(key: string, bytes: number): RecordFile {
    return {
      name: `s3://${this.bucket.name}/${key}`,
      bytes,
      open: () => Readable.from(this.bytesOf(key), { objectMode: false }),
    };
  }

  private async *bytesOf(key: string): AsyncGenerator<Uint8Array> {
    try {
      const { Body } = await this.bucket.get(key);
      if (Body !== undefined) yield* Body as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw new RecordError(readingFailure(error), { cause: error });
    }
  }
}
