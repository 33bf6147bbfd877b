import { createHash, createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { FilePlace } from "./archive-file";

/** A log file that was delivered. Times are milliseconds since 1970. */
export interface DeliveredFile {
  readonly key: string;
  readonly content: Buffer;
  readonly oldest: number;
  readonly newest: number;
}

/** A digest file, to be put with its signature as metadata. */
export interface Digest {
  readonly key: string;
  readonly content: Buffer;
  readonly signature: string;
}

/** The files of a place since its last digest. */
export interface DigestInput {
  readonly place: FilePlace;
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly files: readonly DeliveredFile[];
  readonly previous: Digest | undefined;
}

const ALGORITHM = "SHA256withRSA";
const KEY_BITS = 2048;

/**
 * Creates digest files, each chained to the previous one. They are signed with this machine's own key, created with the
 * first file, because only AWS has AWS's. Source: CloudTrail User Guide, digest file structure and custom validation.
 */
export class DigestWriter {
  private keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined;

  public write({ place, key, from, to, files, previous }: DigestInput): Digest {
    const { privateKey, publicKey } = (this.keys ??= generateKeyPairSync("rsa", { modulusLength: KEY_BITS }));
    const { bucket } = place.trail;
    const fingerprint = createHash("md5")
      .update(publicKey.export({ type: "pkcs1", format: "der" }))
      .digest("hex");
    const content = gzipSync(
      JSON.stringify({
        awsAccountId: place.account,
        digestStartTime: time(from),
        digestEndTime: time(to),
        digestS3Bucket: bucket,
        digestS3Object: key,
        digestPublicKeyFingerprint: fingerprint,
        digestSignatureAlgorithm: ALGORITHM,
        newestEventTime: time(Math.max(...files.map(({ newest }) => newest))),
        oldestEventTime: time(Math.min(...files.map(({ oldest }) => oldest))),
        previousDigestS3Bucket: previous === undefined ? null : bucket,
        previousDigestS3Object: previous?.key ?? null,
        previousDigestHashValue: previous === undefined ? null : sha256(previous.content),
        previousDigestHashAlgorithm: previous === undefined ? null : "SHA-256",
        previousDigestSignature: previous?.signature ?? null,
        logFiles: files.map((file) => ({
          s3Bucket: bucket,
          s3Object: file.key,
          hashValue: sha256(file.content),
          hashAlgorithm: "SHA-256",
          newestEventTime: time(file.newest),
          oldestEventTime: time(file.oldest),
        })),
      }),
    );
    const signed = [time(to), `${bucket}/${key}`, sha256(content), previous?.signature ?? "null"].join("\n");
    return { key, content, signature: createSign("RSA-SHA256").update(signed).sign(privateKey, "hex") };
  }
}

/** Metadata of a digest file in S3. */
export function digestMetadata({ signature }: Digest): Record<string, string> {
  return { signature, "signature-algorithm": ALGORITHM };
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** `2026-11-22T20:30:00Z` */
function time(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}
