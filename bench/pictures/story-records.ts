import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { writeFile } from "../../lib/support/write-file";
import { apiCall, assumedRole, deniedCall, type RecordChanges } from "../../detections/example-record";
import type { CloudTrailRecord } from "../../detections/predicate";

const PRODUCTION = "333344445555";
const PAYMENTS = "444455556666";
const START = Date.UTC(2026, 9, 1);
const DAYS = 31;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Writes a month of two accounts' records, always the same, and returns the file's path. */
export function writeStoryRecords(folder: string): string {
  const file = join(folder, "records.json.gz");
  const Records = [...workload(), ...inventory(), ...incident()];
  writeFile(file, gzipSync(JSON.stringify({ Records })));
  return file;
}

/** Each day the payment service starts some times and reads its secret, more often on some days. */
function workload(): CloudTrailRecord[] {
  const service = assumedRole("PaymentService", "i-0a1b2c3d4e5f60718");
  return days().flatMap((day) =>
    range(2 + (day % 3)).flatMap((start) =>
      range(4 + ((day * 7 + start * 5) % 14)).map((read) =>
        at(START + day * DAY + (6 + start * 5) * HOUR + read * 9000, PAYMENTS, readSecret({ userIdentity: service })),
      ),
    ),
  );
}

/** Each night a scanner asks for much and is refused. */
function inventory(): CloudTrailRecord[] {
  const scanner = assumedRole("Scanner", "nightly");
  const calls = ["ListBuckets", "GetBucketPolicy", "GetBucketAcl"];
  return days().flatMap((day) =>
    range(12 + ((day * 11) % 30)).map((call) => {
      const record = deniedCall("s3", calls[call % calls.length] ?? "", { userIdentity: scanner });
      return at(START + day * DAY + 2 * HOUR + call * 4000, PRODUCTION, record);
    }),
  );
}

/** One night, stolen credentials: a secret is read, the trail is stopped. */
function incident(): CloudTrailRecord[] {
  const begin = START + 19 * DAY + 3.4 * HOUR;
  const mallory = { userIdentity: assumedRole("Developer", "mallory"), sourceIPAddress: "198.51.100.23" };
  const reads = range(40).map((read) => at(begin + read * 2000, PRODUCTION, readSecret(mallory)));
  const trail = { ...mallory, requestParameters: { name: "trailwatch-organization" } };
  const key = { ...mallory, requestParameters: { userName: "backup" } };
  return [
    ...reads,
    at(begin + 4 * 60_000, PRODUCTION, apiCall("iam", "CreateAccessKey", key)),
    at(begin + 6 * 60_000, PRODUCTION, apiCall("cloudtrail", "StopLogging", trail)),
  ];
}

function readSecret(changes: RecordChanges): CloudTrailRecord {
  return apiCall("secretsmanager", "GetSecretValue", {
    requestParameters: { secretId: "MyProjectSecrets" },
    ...changes,
  });
}

let count = 0;

/** The record at another time, in another account. */
function at(time: number, account: string, record: CloudTrailRecord): CloudTrailRecord {
  count += 1;
  return {
    ...record,
    eventID: createHash("sha256").update(String(count)).digest("hex").slice(0, 32),
    eventTime: new Date(time).toISOString().replace(".000Z", "Z"),
    recipientAccountId: account,
  };
}

function days(): number[] {
  return range(DAYS);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
