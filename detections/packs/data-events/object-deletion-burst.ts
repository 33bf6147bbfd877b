import { all, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { bucketWideCall, FAILED, objectCall } from "./example-data-event";
import { onType } from "./resource-types";
import { RESTORE_OBJECTS } from "./runbook-steps";

export const objectDeletionBurst: Detection = {
  id: "object-deletion-burst",
  title: "Many objects deleted one by one",
  meaning: "Twenty objects of watched buckets were deleted within five minutes, by one call each.",
  why: "Ransom starts with a deletion: the files are gone, and a note says where to pay.",
  severity: "high",
  threshold: 20,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1485"] },
  condition: onType("AWS::S3::Object", all(call("s3", "DeleteObject"), succeeded())),
  runbook: {
    firstFiveMinutes: [
      "Find the principal and the buckets with the saved query. If your team did not start it, revoke the principal's sessions and keys first.",
      ...RESTORE_OBJECTS,
    ],
    falsePositives: [
      "An application that removes what it no longer needs. Deletions by lifecycle rules are no API calls and do not count.",
    ],
    tuning:
      "Let `trailwatch tune` propose a threshold from a week of the archive, or ignore the application's role. Leave out prefixes of temporary objects with `excludeArns`.",
  },
  examples: {
    matches: [
      objectCall("DeleteObject"),
      objectCall("DeleteObject", { versionId: "3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY" }),
    ],
    nearMisses: [
      objectCall("DeleteObject", {}, FAILED),
      objectCall("DeleteObjectTagging", { tagging: "" }),
      bucketWideCall("DeleteObjects", { delete: "" }),
    ],
  },
};
