import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { digestFileKey, logFile, logFileKey } from "../../../sandbox/signal-path/archive-file";
import type { LiveTrail } from "../../../sandbox/signal-path/deployed/deployed-account";
import { DigestWriter } from "../../../sandbox/signal-path/digest";
import { ACCOUNT, NOW, REGION } from "./alarms";

const TRAIL: LiveTrail = {
  name: "organization",
  arn: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/organization`,
  region: REGION,
  isOrganizationTrail: true,
  isMultiRegion: true,
  includesGlobalServices: true,
  isLogging: true,
  logGroup: undefined,
  selectors: [],
  bucket: "archive",
  keyPrefix: "",
  topicArn: undefined,
  validatesFiles: true,
  kmsKeyId: undefined,
};
const PLACE = { trail: TRAIL, organizationId: "o-exampleorgid", account: ACCOUNT, region: "us-east-1" };

test.each([
  ["an organization's trail", TRAIL, "AWSLogs/o-exampleorgid/111111111111"],
  ["an account's trail", { ...TRAIL, isOrganizationTrail: false }, "AWSLogs/111111111111"],
  ["a prefix", { ...TRAIL, keyPrefix: "logs" }, "logs/AWSLogs/o-exampleorgid/111111111111"],
])("keys of %s", (_what, trail, folder) => {
  const place = { ...PLACE, trail };
  expect(logFileKey(place, NOW)).toMatch(
    new RegExp(
      `^${folder}/CloudTrail/us-east-1/2026/11/22/111111111111_CloudTrail_us-east-1_20261122T2030Z_\\w{16}\\.json\\.gz$`,
    ),
  );
  expect(digestFileKey(place, NOW)).toBe(
    `${folder}/CloudTrail-Digest/us-east-1/2026/11/22/111111111111_CloudTrail-Digest_us-east-1_organization_eu-west-1_20261122T203000Z.json.gz`,
  );
});

test("a digest names its files by their hashes, and the digest before it", () => {
  const writer = new DigestWriter();
  const file = { key: "file", content: logFile(['{"eventName":"A"}', '{"eventName":"B"}']), oldest: NOW, newest: NOW };
  const first = writer.write({ place: PLACE, key: "first", from: NOW, to: NOW, files: [file], previous: undefined });
  const second = writer.write({ place: PLACE, key: "second", from: NOW, to: NOW, files: [file], previous: first });
  const read = (content: Buffer): unknown => JSON.parse(gunzipSync(content).toString());
  const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");

  expect(read(file.content)).toEqual({ Records: [{ eventName: "A" }, { eventName: "B" }] });
  expect(read(first.content)).toMatchObject({
    previousDigestHashValue: null,
    logFiles: [{ s3Bucket: "archive", s3Object: "file", hashValue: sha256(file.content) }],
  });
  expect(read(second.content)).toMatchObject({
    previousDigestS3Object: "first",
    previousDigestHashValue: sha256(first.content),
    previousDigestSignature: first.signature,
  });
});
