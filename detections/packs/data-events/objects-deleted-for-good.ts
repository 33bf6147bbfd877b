import { all, any, call, exists, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { bucketWideCall, FAILED, objectCall } from "./example-data-event";
import { onType } from "./resource-types";
import { RESTORE_OBJECTS } from "./runbook-steps";

export const objectsDeletedForGood: Detection = {
  id: "objects-deleted-for-good",
  title: "Objects deleted in a batch or by version",
  meaning:
    "One call deleted up to 1,000 objects of a watched bucket, or a version of an object, which cannot be undone.",
  why: "It empties a bucket in seconds, and versioning does not protect from it: DeleteObjects can name every version.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1485", "T1490"] },
  // The record of DeleteObjects has neither keys nor versions.
  condition: onType(
    "AWS::S3::Object",
    all(
      any(call("s3", "DeleteObjects"), all(call("s3", "DeleteObject"), exists("requestParameters.versionId"))),
      succeeded(),
    ),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find the principal, the buckets and the number of calls with the saved query. Each `DeleteObjects` may stand for 1,000 objects.",
      "If your team did not start it, revoke the principal's sessions and keys first.",
      ...RESTORE_OBJECTS,
    ],
    falsePositives: [
      "Emptying a bucket in the console, `terraform destroy` with `force_destroy`, a Spark job that cleans up its output.",
    ],
    tuning:
      "Ignore the role of an application that deletes in batches, or leave out its prefix with `excludeArns`. Lower the severity to medium where batches are part of the work.",
  },
  examples: {
    matches: [
      bucketWideCall("DeleteObjects", { delete: "", "x-id": "DeleteObjects" }),
      objectCall("DeleteObject", { versionId: "3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY" }),
    ],
    nearMisses: [
      objectCall("DeleteObject"),
      bucketWideCall("DeleteObjects", { delete: "" }, FAILED),
      objectCall("GetObject", { versionId: "3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY" }),
    ],
  },
};
