import { all, call, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { bucketWideCall, FAILED, objectCall } from "./example-data-event";
import { onType } from "./resource-types";

/** What CloudTrail writes as account of a request without a signature: today's form, and an earlier one. */
const NO_ACCOUNT = ["anonymous", "ANONYMOUS_PRINCIPAL"];

const anonymous = (accountId: string) => ({ userIdentity: { type: "AWSAccount", principalId: "", accountId } });
const ANONYMOUS = anonymous("anonymous");

export const objectReadAnonymously: Detection = {
  id: "object-read-anonymously",
  title: "Objects listed, read or changed without credentials",
  meaning: "A request without credentials succeeded on a watched bucket.",
  why: "The bucket or the object is public, and has been found.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1530", "T1619"] },
  condition: onType(
    "AWS::S3::Object",
    all(
      call(
        "s3",
        "GetObject",
        "HeadObject",
        "ListObjects",
        "ListObjectVersions",
        "GetObjectAcl",
        "GetObjectAttributes",
        "PutObject",
        "PutObjectAcl",
        "CopyObject",
        "CreateMultipartUpload",
        "DeleteObject",
        "DeleteObjects",
      ),
      oneOf("userIdentity.accountId", NO_ACCOUNT),
      succeeded(),
    ),
  ),
  runbook: {
    firstFiveMinutes: [
      "Block public access of the bucket: `aws s3api put-public-access-block --bucket <bucket>` with all four settings.",
      "Find what was read and from where with the saved query; the bytes are in `additionalEventData.bytesTransferredOut`.",
      "Find who opened it: alarms `object-made-public` and `public-access-block-removed`, and `PutBucketPolicy` in the archive.",
    ],
    falsePositives: ["A website or downloads that are meant to be public: leave that bucket out of `includeArns`."],
    tuning: "Nothing to tune: a bucket whose data matters has no anonymous readers.",
  },
  examples: {
    matches: [
      objectCall("GetObject", {}, ANONYMOUS),
      objectCall("PutObjectAcl", { acl: "" }, anonymous("ANONYMOUS_PRINCIPAL")),
      bucketWideCall("ListObjects", { "list-type": "2" }, ANONYMOUS),
    ],
    nearMisses: [objectCall("GetObject"), objectCall("GetObject", {}, { ...ANONYMOUS, ...FAILED })],
  },
};
