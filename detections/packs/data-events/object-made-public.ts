import { all, any, call, differs, oneOf, succeeded, type Condition } from "../../condition";
import type { Detection } from "../../detection";
import { FAILED, objectCall } from "./example-data-event";
import { onType } from "./resource-types";

/** Anyone, and anyone with an AWS account. */
const ANYONE = ["AllUsers", "AuthenticatedUsers"].map((group) => `http://acs.amazonaws.com/groups/global/${group}`);

const PUBLIC_ACLS = ["public-read", "public-read-write", "authenticated-read"];

const CALLS = call("s3", "PutObjectAcl", "PutObject", "CopyObject", "CreateMultipartUpload");

/** A canned ACL in a header, which CloudTrail writes as text or as a list of one. */
const CANNED: Condition = any(
  oneOf("requestParameters.x-amz-acl", PUBLIC_ACLS),
  oneOf("requestParameters.x-amz-acl[0]", PUBLIC_ACLS),
);

/** An ACL in the body, with one grant or several. */
const IN_BODY: Condition = any(
  oneOf("requestParameters.AccessControlPolicy.AccessControlList.Grant.Grantee.URI", ANYONE),
  oneOf("requestParameters.AccessControlPolicy.AccessControlList.Grant[*].Grantee.URI", ANYONE),
);

/** Headers that name grantees, which CloudTrail writes into `accessControlList` or beside it: owners of buckets get theirs by a canned ACL. */
const IN_HEADERS: Condition = any(
  differs("requestParameters.x-amz-grant-read", ""),
  differs("requestParameters.x-amz-grant-full-control", ""),
  differs("requestParameters.accessControlList.x-amz-grant-read", ""),
  differs("requestParameters.accessControlList.x-amz-grant-full-control", ""),
  // Who may write the ACL can open the object later.
  differs("requestParameters.x-amz-grant-write-acp", ""),
);

const grantToAnyone = {
  Grantee: {
    "xsi:type": "Group",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    URI: "http://acs.amazonaws.com/groups/global/AllUsers",
  },
  Permission: "READ",
};
const grantToOwner = {
  Grantee: {
    "xsi:type": "CanonicalUser",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    ID: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",
  },
  Permission: "FULL_CONTROL",
};
const policy = (Grant: unknown) => ({
  acl: "",
  AccessControlPolicy: { xmlns: "http://s3.amazonaws.com/doc/2006-03-01/", AccessControlList: { Grant } },
});

export const objectMadePublic: Detection = {
  id: "object-made-public",
  title: "Object opened by its access control list",
  meaning: "The ACL of an object of a watched bucket was opened to anyone, or to grantees named in a header.",
  why: "Anyone with the address can download the object. The bucket's policy does not show it.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1530", "T1537"] },
  // S3 refuses a request that has an ACL in two of these ways.
  condition: onType(
    "AWS::S3::Object",
    all(CALLS, CANNED, succeeded()),
    all(call("s3", "PutObjectAcl"), IN_BODY, succeeded()),
    all(CALLS, IN_HEADERS, succeeded()),
  ),
  runbook: {
    firstFiveMinutes: [
      "Close it: `aws s3api put-object-acl --bucket <bucket> --key <key> --acl private`.",
      "Block all public ACLs of the bucket: `aws s3api put-public-access-block`, and disable ACLs by Object Ownership `BucketOwnerEnforced`.",
      "Find who downloaded the object since: `GetObject` of this key in the log group, anonymous callers included.",
    ],
    falsePositives: ["A public website's object: leave its prefix out with `excludeArns`."],
    tuning: "A bucket without ACLs (`BucketOwnerEnforced`) refuses such calls, and never raises this alarm.",
  },
  examples: {
    matches: [
      objectCall("PutObjectAcl", { acl: "", "x-amz-acl": "public-read" }),
      objectCall("PutObjectAcl", { acl: [""], "x-amz-acl": ["public-read-write"] }),
      objectCall("PutObjectAcl", policy([grantToOwner, grantToAnyone])),
      objectCall("PutObjectAcl", policy(grantToAnyone)),
      objectCall("PutObject", { "x-amz-acl": "authenticated-read" }),
      objectCall("CopyObject", {
        "x-amz-copy-source": "customer-records/2026/01/invoices.csv",
        "x-amz-grant-read": 'uri="http://acs.amazonaws.com/groups/global/AllUsers"',
      }),
      objectCall("PutObjectAcl", { acl: "", "x-amz-grant-write-acp": 'id="79a59df900b949e5"' }),
    ],
    nearMisses: [
      objectCall("PutObjectAcl", { acl: "", "x-amz-grant-read-acp": 'id="79a59df900b949e5"' }),
      objectCall("PutObject", { "x-amz-acl": "bucket-owner-full-control" }),
      objectCall("PutObjectAcl", { acl: "", "x-amz-acl": "private" }),
      objectCall("PutObjectAcl", policy([grantToOwner])),
      objectCall("PutObjectAcl", { acl: "", "x-amz-acl": "public-read" }, FAILED),
    ],
  },
};
