import { Readable } from "node:stream";
import type { ListObjectsV2CommandOutput } from "@aws-sdk/client-s3";
import { DIGESTS, isNamedLikeRecords, RecordError, type RecordFile } from "../../signals";
import { bucketNamed, type Bucket } from "./bucket";
import { readAhead } from "./read-ahead";
import type { S3Address } from "./s3-address";
import { listingFailure, readingFailure } from "./s3-failures";
import { dayRange, type TimeSpan } from "./trail-days";

const SEPARATOR = "/";

/**
 * The objects below a prefix that are named like records, folder by folder in the order of their keys. No more than a
 * page of each folder's list is held.
 *
 * @throws Error in one sentence when the bucket cannot be listed
 */
export async function* findObjects(address: S3Address, span: TimeSpan): AsyncGenerator<RecordFile> {
  const bucket = await bucketNamed(address.bucket);
  try {
    yield* readAhead(new Listing(bucket, span).below(address.prefix));
  } catch (error) {
    throw listingFailure(address.bucket, error);
  }
}

class Listing {
  constructor(
    private readonly bucket: Bucket,
    private readonly span: TimeSpan,
  ) {}

  /** With a time span folder by folder, down to those of which the days are known; else all at once. */
  async *below(prefix: string): AsyncGenerator<RecordFile> {
    const days = dayRange(prefix, this.span);
    const isWhole = this.span.from === undefined && this.span.to === undefined;
    const input = {
      Prefix: prefix,
      ...(days?.startAfter === undefined ? {} : { StartAfter: days.startAfter }),
      ...(isWhole || days !== undefined ? {} : { Delimiter: SEPARATOR }),
    };
    for await (const { Contents = [], CommonPrefixes = [] } of this.pages(input)) {
      for (const { Key = "", Size = 0 } of Contents) {
        if (days?.isPast(Key) === true) return;
        if (isNamedLikeRecords(Key, SEPARATOR)) yield this.object(Key, Size);
      }
      for (const { Prefix = "" } of CommonPrefixes) {
        if (!Prefix.endsWith(`${DIGESTS}${SEPARATOR}`)) yield* this.below(Prefix);
      }
    }
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
