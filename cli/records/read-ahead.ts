import { Readable } from "node:stream";
import type { RecordFile } from "../../signals";

/** Small objects are latency-bound: so many are fetched at the same time. */
const AHEAD = 32;
/** Larger ones are read when their turn comes, so that memory stays small: at most 64 MB are buffered. */
const MAX_BYTES = 2 * 1024 * 1024;

/**
 * The same files, prefetched: while one is read, the next ones are fetched. A file that is never opened costs nothing.
 */
export async function* readAhead(files: AsyncIterable<RecordFile>): AsyncGenerator<RecordFile> {
  const ahead: Fetchable[] = [];
  const next = (): RecordFile[] => {
    const first = ahead.shift();
    if (first === undefined) return [];
    const { name, bytes } = first.file;
    const open = (): Readable => {
      for (const file of ahead) file.fetch();
      return first.open();
    };
    return [{ name, bytes, open }];
  };
  for await (const file of files) {
    if (ahead.push(new Fetchable(file)) > AHEAD) yield* next();
  }
  while (ahead.length > 0) yield* next();
}

class Fetchable {
  private whole: Promise<Buffer> | undefined;

  constructor(readonly file: RecordFile) {}

  fetch(): void {
    if (this.file.bytes > MAX_BYTES || this.whole !== undefined) return;
    this.whole = bufferOf(this.file.open());
    // The error is raised when the file is opened.
    this.whole.catch(() => undefined);
  }

  open(): Readable {
    const { whole } = this;
    return whole === undefined ? this.file.open() : Readable.from(once(whole), { objectMode: false });
  }
}

async function bufferOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function* once(whole: Promise<Buffer>): AsyncGenerator<Buffer> {
  yield await whole;
}
