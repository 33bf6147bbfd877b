import { EXAMPLE_ARN } from "../../example-record";
import { notByService } from "../../by-service";
import { all, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { FAILED, objectCall } from "./example-data-event";
import { onType } from "./resource-types";

export const objectReadBurst: Detection = {
  id: "object-read-burst",
  title: "Many objects read",
  meaning: "Objects of watched buckets were read or copied 500 times within five minutes, not by an AWS service.",
  why: "Theft reads everything once. Ransom downloads the files before it deletes them.",
  severity: "medium",
  threshold: 500,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1530"] },
  // A query of Athena reads thousands of objects on behalf of a principal: `invokedBy` names the service.
  condition: onType(
    "AWS::S3::Object",
    all(call("s3", "GetObject", "SelectObjectContent", "CopyObject"), notByService(), succeeded()),
  ),
  runbook: {
    firstFiveMinutes: [
      "Count by principal and address with the saved query: one principal with most of the reads is what to look at.",
      "Sum `additionalEventData.bytesTransferredOut` of that principal. Compare with what it reads on other days (`what-principal-did` in Athena).",
      "If the principal is not an application that reads the bucket every day, revoke its sessions and keys.",
    ],
    falsePositives: ["A nightly job, a backup, a migration.", "An application with more users than before."],
    tuning:
      "The filter counts all principals together. Let `trailwatch tune` propose a threshold from the archive, and ignore the roles of applications that read all day: what remains is read by people.",
  },
  examples: {
    matches: [
      objectCall("GetObject"),
      objectCall("SelectObjectContent", { "select-type": "2", select: "" }),
      objectCall("CopyObject", { "x-amz-copy-source": "customer-records/2026/01/invoices.csv" }),
    ],
    nearMisses: [
      objectCall("HeadObject"),
      objectCall("GetObject", {}, FAILED),
      objectCall(
        "GetObject",
        {},
        {
          userIdentity: {
            type: "AssumedRole",
            arn: `${EXAMPLE_ARN}:sts::111122223333:assumed-role/Analyst/session`,
            accountId: "111122223333",
            invokedBy: "athena.amazonaws.com",
          },
        },
      ),
    ],
  },
};
