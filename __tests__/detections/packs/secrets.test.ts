import { conditionsFor, type TunedDetection } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { apiCall, deniedCall, serviceEvent } from "../../../detections/example-record";
import { secrets } from "../../../detections/packs/secrets";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";

const detections = secrets.detections.filter((detection): detection is TunedDetection => "condition" in detection);

test("every detection of the pack is tuned", () => {
  expect(detections).toHaveLength(secrets.detections.length);
});

describe("detections that match", () => {
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

  test.each<[string, number, CloudTrailRecord[]]>([
    ["secret-read-burst", 20, repeated(20, apiCall("secretsmanager", "GetSecretValue"))],
    // 42 parameters in five calls.
    ["parameter-batch-read", 4, [10, 10, 10, 10, 2].map(parameters)],
    // The first page of a path may hold one parameter.
    ["parameter-batch-read", 4, [undefined, "a", "b", "c", "d"].map(page)],
  ])("%s alarms at a theft", (id, expected, records) => {
    const [detection] = detections.filter((one) => one.id === id);
    const met = records.filter((record) => detection && timesMet(detection, record) > 0);
    expect(met).toHaveLength(expected);
    expect(detection?.threshold).toBeLessThanOrEqual(expected);
    expect(detection?.periodSeconds).toBe(300);
  });

  test("no detection without watched secrets", () => {
    const account = { ...EXAMPLE_ACCOUNT, watchedSecrets: [] };
    expect(
      detections.filter((detection) => conditionsFor(detection, account).length === 0).map(({ id }) => id),
    ).toEqual(["watched-secret-reads"]);
  });
});

function repeated(times: number, record: CloudTrailRecord): CloudTrailRecord[] {
  return Array.from({ length: times }, () => record);
}

function parameters(count: number): CloudTrailRecord {
  const names = Array.from({ length: count }, (_none, index) => `/app/${index}`);
  return apiCall("ssm", "GetParameters", { requestParameters: { names, withDecryption: true } });
}

function page(nextToken: string | undefined): CloudTrailRecord {
  const path = { path: "/app", recursive: true, withDecryption: true };
  return apiCall("ssm", "GetParametersByPath", {
    requestParameters: nextToken === undefined ? path : { ...path, nextToken },
  });
}

function timesMet(detection: TunedDetection, record: CloudTrailRecord): number {
  return conditionsFor(detection, EXAMPLE_ACCOUNT).filter((condition) => predicate(condition)(record)).length;
}
