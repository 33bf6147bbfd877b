import { createPrivateKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFile } from "../../lib/support/write-file";

/** Days that a certificate is valid. */
const DAYS = 365;
const DAY = 24 * 60 * 60 * 1000;

/** A key and a certificate of this machine's own, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** File of the certificate, for clients that should trust it. */
  readonly file: string;
}

/** The certificate for `localhost` in a folder; a new one if there is none or it expires within a day. */
export function certificateIn(folder: string): Certificate {
  const file = join(folder, "localhost.crt");
  const keyFile = join(folder, "localhost.key");
  const isValid = existsSync(file) && existsSync(keyFile) && isUsable(new X509Certificate(readFileSync(file)));
  if (!isValid) {
    const { key, cert } = selfSigned(new Date());
    writeFile(keyFile, key, { mode: 0o600 });
    writeFile(file, cert);
  }
  return { key: readFileSync(keyFile, "utf8"), cert: readFileSync(file, "utf8"), file };
}

/** Earlier versions wrote authorities, whose key could sign for any host. */
function isUsable({ ca, validTo }: X509Certificate): boolean {
  return !ca && new Date(validTo).getTime() > Date.now() + DAY;
}

/** A self-signed certificate (RFC 5280) with ECDSA and SHA-256 for `localhost` and 127.0.0.1. Node cannot create one. */
export function selfSigned(from: Date): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));
  const name = sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from("Trailwatch sandbox")))));
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(15)]);
  const names = sequence(der(0x82, Buffer.from("localhost")), der(0x87, Buffer.from([127, 0, 0, 1])));
  // Basic constraints without `cA`: it signs no other certificates, which matters where the system trusts it.
  const extensions = sequence(
    sequence(oid("551d11"), der(0x04, names)),
    sequence(oid("551d13"), der(0x01, Buffer.from([0xff])), der(0x04, sequence())),
  );
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    name,
    sequence(time(new Date(from.getTime() - DAY)), time(new Date(from.getTime() + DAYS * DAY))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, extensions),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", content, createPrivateKey(key))]);
  const certificate = sequence(content, ecdsaWithSha256, der(0x03, signature));
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return { key, cert: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n") };
}

/** One value in DER (ITU-T X.690): its tag, its length and its content. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"));
}

/** UTCTime, for years before 2050. */
function time(date: Date): Buffer {
  return der(
    0x17,
    Buffer.from(
      date
        .toISOString()
        .replace(/[-:T]|\.\d+/g, "")
        .slice(2),
    ),
  );
}
