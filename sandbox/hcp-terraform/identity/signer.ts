import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFile } from "../../../lib/support/write-file";

const KEY_ID = "standin";

/** Signs workload identity tokens, with a key that stays in the stand-in's folder. */
export class Signer {
  private readonly key: string;

  constructor(folder: string) {
    const file = join(folder, "workload-identity.pem");
    if (!existsSync(file)) {
      const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      writeFile(file, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    }
    this.key = readFileSync(file, "utf8");
  }

  /** A signed token with these claims (JSON Web Token, RS256). */
  public token(claims: Readonly<Record<string, unknown>>): string {
    const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString("base64url");
    const head = encode({ typ: "JWT", alg: "RS256", kid: KEY_ID });
    const signed = `${head}.${encode({ jti: randomUUID(), ...claims })}`;
    return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), createPrivateKey(this.key)).toString("base64url")}`;
  }

  /** The public key, as a JSON Web Key Set. */
  public keySet(): unknown {
    const key = createPublicKey(this.key).export({ format: "jwk" });
    return { keys: [{ ...key, kid: KEY_ID, use: "sig", alg: "RS256" }] };
  }
}
