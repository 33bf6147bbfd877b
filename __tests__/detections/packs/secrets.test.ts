import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { conditionsFor, type TunedDetection } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { apiCall, deniedCall, serviceEvent } from "../../../detections/example-record";
import { filterPatterns } from "../../../detections/filter-pattern";
import { secrets } from "../../../detections/packs/secrets";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";
import { compileFilterPattern } from "../../../signals";

const detections = secrets.detections.filter((detection): detection is TunedDetection => "condition" in detection);
const cases = detections.map((detection) => [detection.id, detection] as const);

describe.each(cases)("%s", (_id, detection) => {
  const examples = [...detection.examples.matches, ...detection.examples.nearMisses];

  test("meets its examples, each once", () => {
    expect(detection.examples.matches.map((record) => timesMet(detection, record))).toEqual(
      detection.examples.matches.map(() => 1),
    );
  });

  test("does not meet its near misses", () => {
    expect(detection.examples.nearMisses.filter((record) => timesMet(detection, record) > 0)).toEqual([]);
  });

  test.each(["$", "$.detail"] as const)("says the same to CloudWatch, at %s", (root) => {
    const patterns = patternsOf(detection, root).map((pattern) => compileFilterPattern(pattern));
    for (const record of examples) {
      const event = JSON.stringify(root === "$" ? record : { detail: record });
      expect(patterns.filter((pattern) => pattern.matches(event))).toHaveLength(timesMet(detection, record));
    }
  });

  test("leaves room for an ignore", () => {
    for (const pattern of patternsOf(detection, "$.detail")) expect(pattern.length).toBeLessThanOrEqual(1024 - 200);
  });
});

test("the pack has two examples and two near misses for each detection", () => {
  for (const { examples } of detections) {
    expect(examples.matches.length).toBeGreaterThanOrEqual(2);
    expect(examples.nearMisses.length).toBeGreaterThanOrEqual(2);
  }
  expect(detections).toHaveLength(secrets.detections.length);
});

describe("who is told of", () => {
  const forced = { secretId: "app/db", forceDeleteWithoutRecovery: true };
  test.each<[string, CloudTrailRecord, string[]]>([
    ["a deletion with a way back", apiCall("secretsmanager", "DeleteSecret"), ["secret-deleted"]],
    [
      "a deletion without one",
      apiCall("secretsmanager", "DeleteSecret", { requestParameters: forced }),
      ["secret-deleted-at-once"],
    ],
    [
      "a deletion without one that failed",
      apiCall("secretsmanager", "DeleteSecret", { requestParameters: forced, errorCode: "InvalidRequestException" }),
      ["secret-deleted"],
    ],
    [
      "a refused read, whose parameters are left out",
      deniedCall("secretsmanager", "GetSecretValue"),
      ["secret-read-denied"],
    ],
    [
      "a read of a watched secret by a service",
      apiCall("secretsmanager", "GetSecretValue", {
        requestParameters: { secretId: "MyProjectSecrets" },
        sourceIPAddress: "rds.amazonaws.com",
      }),
      ["watched-secret-reads"],
    ],
    [
      "a read of a watched secret that waits for its deletion",
      apiCall("secretsmanager", "GetSecretValue", {
        requestParameters: { secretId: "MyProjectSecrets" },
        errorCode: "InvalidRequestException",
        errorMessage: "You can't perform this operation on the secret because it was marked for deletion.",
      }),
      ["watched-secret-reads", "secret-pending-deletion-read"],
    ],
    ["a finished rotation", serviceEvent("secretsmanager", "RotationSucceeded"), []],
    [
      "a flag that is only the text 'true'",
      apiCall("ssm", "GetParameter", { requestParameters: { name: "/app", withDecryption: "true" } }),
      [],
    ],
  ])("%s", (_what, record, ids) => {
    expect(detections.filter((detection) => timesMet(detection, record) > 0).map(({ id }) => id)).toEqual(ids);
  });

  test("no watched secrets: nobody", () => {
    const account = { ...EXAMPLE_ACCOUNT, watchedSecrets: [] };
    expect(
      detections.filter((detection) => conditionsFor(detection, account).length === 0).map(({ id }) => id),
    ).toEqual(["watched-secret-reads"]);
  });
});

const REAL_RECORDS = join(__dirname, "..", "..", "..", "..", "shared", "cloudtrail");
const withRealRecords = existsSync(REAL_RECORDS) ? describe : describe.skip;

withRealRecords("in the real records (skipped without ../shared/cloudtrail)", () => {
  test.each([
    ["secret-read-burst", 80],
    ["secret-batch-read", 5],
    ["secret-read-denied", 1],
    ["secret-pending-deletion-read", 0],
    ["secret-policy-changed", 0],
    ["secret-deleted", 0],
    ["secret-deleted-at-once", 17],
    ["secret-replicated", 0],
    ["secret-rotation-failed", 0],
    ["secret-key-unusable", 0],
    ["parameter-read-burst", 92],
    // Nobody there reads MyProjectSecrets.
    ["watched-secret-reads", 0],
  ])("%s has %i", (id, count) => {
    const detection = detections.find((candidate) => candidate.id === id);
    const times = realRecords().map((record) => (detection === undefined ? NaN : timesMet(detection, record)));
    expect(times.reduce((sum, each) => sum + each, 0)).toBe(count);
  });

  test("a family of watched secrets has the reads that name it", () => {
    const account = { ...EXAMPLE_ACCOUNT, watchedSecrets: ["stratus-red-team-retrieve-secret-1*"] };
    const named = detections.filter(({ id }) => id === "watched-secret-reads");
    const conditions = named.flatMap((detection) => conditionsFor(detection, account)).map(predicate);
    const met = realRecords().filter((record) => conditions.some((holds) => holds(record)));
    expect(met).toHaveLength(44);
  });
});

function patternsOf(detection: TunedDetection, root: "$" | "$.detail"): string[] {
  return conditionsFor(detection, EXAMPLE_ACCOUNT).flatMap((condition) => filterPatterns(condition, root));
}

function timesMet(detection: TunedDetection, record: CloudTrailRecord): number {
  return conditionsFor(detection, EXAMPLE_ACCOUNT).filter((condition) => predicate(condition)(record)).length;
}

function realRecords(): CloudTrailRecord[] {
  return ["invictus-aws_dataset", "stratus-red-team", "traildiscover"].flatMap((folder) =>
    readFileSync(join(REAL_RECORDS, folder, "records.jsonl"), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as CloudTrailRecord),
  );
}
