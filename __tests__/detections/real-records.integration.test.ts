import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKS } from "../../detections/catalogue";
import { conditionsFor, type Detection } from "../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../detections/example-account";
import { predicate, type CloudTrailRecord } from "../../detections/predicate";
import { compileFilterPattern, parseEvent, type ParsedEvent } from "../../signals";

// Counts that were checked by hand with jq. A pattern that no checker may see changed is judged as CloudWatch does, a
// condition by its predicate, in the example account.

const REAL_RECORDS = join(__dirname, "..", "..", "..", "shared", "cloudtrail");
const withRealRecords = existsSync(REAL_RECORDS) ? describe : describe.skip;

interface RealRecord {
  readonly record: CloudTrailRecord;
  readonly event: ParsedEvent;
}

const COUNTS: Readonly<Record<string, number>> = {
  // Pack secrets. Nobody there reads MyProjectSecrets.
  "watched-secret-reads": 0,
  "secret-read-burst": 80,
  "secret-batch-read": 5,
  "secret-read-denied": 1,
  "secret-deleted-at-once": 17,
  "parameter-read-burst": 92,
  // Twice four of the five calls by which Stratus Red Team reads 42 parameters: the fifth names two.
  "parameter-batch-read": 8,

  // Pack access. Nobody signs in or works as root there, and no sign-in fails.
  "console-sign-in-without-mfa": 2,
  "denied-call-burst": 320,
  "administrator-access-granted": 4,
  "iam-policy-changed": 28,
  "iam-trust-changed": 8,
  "long-lived-credential-created": 8,
  "image-or-snapshot-shared": 6,
  // A third one reads 208.236.235.254/0: anonymized, where EC2 writes 0.0.0.0/0.
  "security-group-opened-to-world": 2,
  "internet-route-created": 4,

  // Pack organization. Stratus Red Team's and TrailDiscover's regions are anonymized: names of no region.
  // 20 secrets read one by one, five times in batches, and a sign-in without MFA are among them.
  "unwatched-region-used": 83,
  "costly-service-opened": 4,
  // UpdateSsoConfiguration.
  "identity-center-changed": 1,
  // Pack identity. One outsider's role, and five that trust their own account, which is not the example's.
  "role-created-for-outsider": 6,
  "user-or-second-factor-added": 5,
  // A federation token; and a sign-in by Identity Center to another account than the example's.
  "session-made-from-key": 2,
  // Pack data. An outsider's account, a rule that deletes after a day, and the reset of a master password.
  "data-copied-out": 1,
  "bucket-protection-removed": 1,
  "database-protection-removed": 2,
  // Pack watchers. Flow logs twice, of which one with its log group, and the logs of DNS queries.
  "recording-stopped": 3,
  "log-group-deleted": 1,
  // Packs compute and operations. 60 passwords and 30 times user data, all refused; the large instances were refused too.
  // One image deregistered.
  "startup-script-replaced": 1,
  "function-opened": 2,
  "instance-exposed": 1,
  "instance-secrets-probed": 90,
  "costly-instance-requested": 3,
  "session-or-command-by-hand": 7,
  "instance-login-issued": 6,
  "function-code-changed": 4,
  "machine-image-destroyed": 1,

  // Pack guard. Stratus Red Team's trails, of which some were gone already, and TrailDiscover's refusals.
  "trail-stopped": 10,
  "trail-changed": 4,
  // All three were refused.
  "organization-left": 3,
  // In another account than the example's.
  "member-silenced": 3,
  // DeleteAlarms, DeleteLogGroup, DeleteRule, DisableRule, RemoveTargets.
  "tampering-refused": 5,

  // Pack cis.
  "cis-4-1-unauthorized-api-calls": 319,
  "cis-4-2-console-sign-in-without-mfa": 2,
  "cis-4-4-iam-policy-changes": 40,
  "cis-4-5-cloudtrail-changes": 18,
  "cis-4-8-s3-bucket-policy-changes": 9,
  "cis-4-9-aws-config-changes": 2,
  "cis-4-10-security-group-changes": 12,
  "cis-4-11-network-acl-changes": 3,
  "cis-4-12-network-gateway-changes": 15,
  // One is CreateRoute of API Gateway: the form without an event source takes it.
  "cis-4-13-route-table-changes": 42,
  "cis-4-14-vpc-changes": 16,
  "cis-4-15-organizations-changes": 3,
};

withRealRecords("in the real records (skipped without ../shared/cloudtrail)", () => {
  let records: readonly RealRecord[];
  beforeAll(() => {
    records = realRecords();
  });

  test.each(PACKS.flatMap(({ detections }) => detections).map((detection) => [detection.id, detection] as const))(
    "%s has what jq finds",
    (id, detection) => {
      const meets = evaluate(detection);
      expect(records.filter(meets).length).toBe(COUNTS[id] ?? 0);
    },
  );

  test("a family of watched secrets has the reads that name it", () => {
    const account = { ...EXAMPLE_ACCOUNT, watchedSecrets: ["stratus-red-team-retrieve-secret-1*"] };
    const [detection] = PACKS.flatMap(({ detections }) => detections).filter(({ id }) => id === "watched-secret-reads");
    expect(detection && records.filter(evaluate(detection, account))).toHaveLength(44);
  });
});

function evaluate(detection: Detection, account = EXAMPLE_ACCOUNT): (record: RealRecord) => boolean {
  if ("patterns" in detection) {
    const patterns = detection.patterns.map((pattern) => compileFilterPattern(pattern));
    return ({ event }) => patterns.some((pattern) => pattern.matchesEvent(event));
  }
  const conditions = conditionsFor(detection, account).map((condition) => predicate(condition));
  return ({ record }) => conditions.some((holds) => holds(record));
}

function realRecords(): RealRecord[] {
  return ["invictus-aws_dataset", "stratus-red-team", "traildiscover"].flatMap((folder) =>
    readFileSync(join(REAL_RECORDS, folder, "records.jsonl"), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => ({ record: JSON.parse(line) as CloudTrailRecord, event: parseEvent(line) })),
  );
}
