import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { certificateIn, selfSigned } from "../../../sandbox/hcp-terraform/certificate";

const DAY = 86_400_000;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwatch-certificate-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("it is for this machine only, and signs no other certificate", () => {
  const certificate = new X509Certificate(selfSigned(new Date()).cert);
  expect(certificate.ca).toBe(false);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1");
});

test("it is kept, so that a system that trusts it need not be changed, until a day before it expires", () => {
  const { cert, file } = certificateIn(folder);
  expect(certificateIn(folder).cert).toBe(cert);
  writeFileSync(file, selfSigned(new Date(Date.now() - 364.5 * DAY)).cert);
  const renewed = new X509Certificate(certificateIn(folder).cert);
  expect(new Date(renewed.validTo).getTime()).toBeGreaterThan(Date.now() + 364 * DAY);
});
