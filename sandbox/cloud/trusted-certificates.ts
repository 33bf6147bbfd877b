import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFile } from "../../lib/support/write-file";

/**
 * Variables by which child processes trust one more certificate. Go, in which Terraform is written, reads
 * `SSL_CERT_FILE` on Linux only, instead of the system's file: what the user named there is kept.
 */
export function trustedCertificates(
  certificateFile: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Readonly<Record<"SSL_CERT_FILE" | "NODE_EXTRA_CA_CERTS", string>> {
  const bundle = (name: "SSL_CERT_FILE" | "NODE_EXTRA_CA_CERTS"): string => {
    const own = env[name];
    const file = join(folder, `${name.toLowerCase()}.pem`);
    const present = own !== undefined && existsSync(own) ? [readFileSync(own, "utf8")] : [];
    writeFile(file, [...present, readFileSync(certificateFile, "utf8")].join("\n"));
    return file;
  };
  return { SSL_CERT_FILE: bundle("SSL_CERT_FILE"), NODE_EXTRA_CA_CERTS: bundle("NODE_EXTRA_CA_CERTS") };
}
