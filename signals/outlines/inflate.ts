import { constants, createGunzip, gunzipSync } from "node:zlib";

/** The part of Node's own handle of zlib that is used here. It is not public, so that `Inflate` tries it first. */
interface Handle {
  onerror: () => void;
  reset(): void;
  writeSync(flush: number, from: Buffer, at: number, length: number, to: Buffer, start: number, room: number): void;
}

const SAMPLE = Buffer.from("H4sIAAAAAAAAAytKTc4vSgEAkZ80mwYAAAA=", "base64");

/** Unpacks gzip into existing memory. One handle is reused, as making one costs more than unpacking a small file. */
export class Inflate {
  private errors = 0;
  private readonly handle: Handle | undefined;
  /** The bytes of room and of input that are left. */
  private readonly left: Uint32Array;

  constructor() {
    const { _handle: handle, _writeState: left } = createGunzip() as unknown as Partial<{
      _handle: Handle;
      _writeState: Uint32Array;
    }>;
    this.left = left ?? new Uint32Array(2);
    if (handle === undefined) return;
    handle.onerror = () => {
      this.errors += 1;
    };
    this.handle = handle;
    if (!this.isTried(Buffer.alloc(16))) this.handle = undefined;
  }

  /** Whether all of it was unpacked, to exactly this length. Writes up to one byte more. */
  into(target: Buffer, { at, length }: { readonly at: number; readonly length: number }, packed: Buffer): boolean {
    const { handle } = this;
    if (handle === undefined) return copyInto(target, { at, length }, packed);
    const { errors } = this;
    handle.reset();
    // Of a file that is longer than it says, or of several members, a byte more arrives.
    handle.writeSync(constants.Z_FINISH, packed, 0, packed.length, target, at, length + 1);
    return this.errors === errors && this.left[0] === 1 && this.left[1] === 0;
  }

  private isTried(sample: Buffer): boolean {
    try {
      const isDone = this.into(sample, { at: 1, length: 6 }, SAMPLE);
      return isDone && sample.toString("latin1", 1, 7) === "record";
    } catch {
      return false;
    }
  }
}

function copyInto(
  target: Buffer,
  { at, length }: { readonly at: number; readonly length: number },
  packed: Buffer,
): boolean {
  try {
    const unpacked = gunzipSync(packed, { maxOutputLength: length + 1 });
    return unpacked.length === length && unpacked.copy(target, at) === length;
  } catch {
    return false;
  }
}
