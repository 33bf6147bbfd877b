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

  test("no detection without watched secrets", () => {
    const account = { ...EXAMPLE_ACCOUNT, watchedSecrets: [] };
    expect(
      detections.filter((detection) => conditionsFor(detection, account).length === 0).map(({ id }) => id),
    ).toEqual(["watched-secret-reads"]);
  });
});

function timesMet(detection: TunedDetection, record: CloudTrailRecord): number {
  return conditionsFor(detection, EXAMPLE_ACCOUNT).filter((condition) => predicate(condition)(record)).length;
}
