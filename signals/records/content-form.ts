import { RecordError } from "./record-error";

/** How to decode a file's content; undefined: it is UTF-8 already. */
export type ContentForm = "gzip" | "utf-16le" | "utf-16be" | undefined;

/** Bytes of the start that decide: a tar archive has its mark at byte 257. */
export const HEAD_BYTES = 512;

/** The start of JSON: a brace, a bracket, a quote, or blanks before them. */
const JSON_STARTS: ReadonlySet<number> = new Set(Buffer.from('{["\r\n\t '));
const GZIP = Buffer.from([0x1f, 0x8b]);

/** Forms that are not read, by their first bytes, and what to do about them. */
const UNREAD: readonly {
  readonly what: string;
  readonly starts: string;
  readonly at?: number;
  readonly remedy: string;
}[] = [
  { what: "a ZIP archive", starts: "PK\x03\x04", remedy: "unpack it: unzip <file>" },
  { what: "a tar archive", starts: "ustar\0", at: 257, remedy: "unpack it: tar xf <file>" },
  { what: "a tar archive", starts: "ustar  \0", at: 257, remedy: "unpack it: tar xf <file>" },
  { what: "packed with zstd", starts: "\x28\xb5\x2f\xfd", remedy: "unpack it: zstd -dc <file> | trailwatch replay -" },
  { what: "packed with bzip2", starts: "BZh", remedy: "unpack it: bzip2 -dc <file> | trailwatch replay -" },
  { what: "packed with xz", starts: "\xfd7zXZ\0", remedy: "unpack it: xz -dc <file> | trailwatch replay -" },
  { what: "packed with lz4", starts: "\x04\x22\x4d\x18", remedy: "unpack it: lz4 -dc <file> | trailwatch replay -" },
  { what: "packed with snappy", starts: "\xff\x06\0\0sNaPpY", remedy: "unpack it to JSON first" },
  { what: "a 7z archive", starts: "7z\xbc\xaf\x27\x1c", remedy: "unpack it: 7z x <file>" },
  { what: "Parquet", starts: "PAR1", remedy: "export it as JSON, one record a line" },
  { what: "ORC", starts: "ORC", remedy: "export it as JSON, one record a line" },
  { what: "Avro", starts: "Obj\x01", remedy: "export it as JSON, one record a line" },
  { what: "text in UTF-32", starts: "\xff\xfe\0\0", remedy: "convert it: iconv -f UTF-32 -t UTF-8 <file>" },
  { what: "text in UTF-32", starts: "\0\0\xfe\xff", remedy: "convert it: iconv -f UTF-32 -t UTF-8 <file>" },
];

/**
 * Detects from the first bytes, whatever the file's name, how to decode it.
 *
 * @throws RecordError for a form that is not read, with what to do
 */
export function formOf(head: Buffer): ContentForm {
  if (GZIP.equals(head.subarray(0, GZIP.length))) return "gzip";
  if (JSON_STARTS.has(head[0] ?? 0) && head[1] !== 0) return undefined;
  const unread = UNREAD.find(({ starts, at = 0 }) => head.toString("latin1", at, at + starts.length) === starts);
  if (unread !== undefined) throw new RecordError(`${unread.what}, which is not read; ${unread.remedy}`);
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // Without a byte order mark.
  if (second === 0 && JSON_STARTS.has(first ?? 0)) return "utf-16le";
  return first === 0 && JSON_STARTS.has(second ?? 0) ? "utf-16be" : undefined;
}
