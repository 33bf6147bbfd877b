import {
  all,
  any,
  call,
  differs,
  equals,
  exists,
  isTrue,
  matches,
  not,
  oneOf,
  succeeded,
  type Condition,
} from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall } from "../../example-record";

/**
 * One of the first two statements allows everyone, without a condition. A principal that is a text can only be `*`; a
 * principal of AWS that is no ARN is `*`, or the bare id of an account. `[*]` cannot say that the effect is of the same
 * statement, and policies that deny everyone an unencrypted connection are routine.
 */
function allowsEveryone(index: 0 | 1): Condition {
  const statement = `requestParameters.bucketPolicy.Statement[${index}]` as const;
  return all(
    equals(`${statement}.Effect`, "Allow"),
    any(differs(`${statement}.Principal`, ""), differs(`${statement}.Principal.AWS`, "arn:*")),
    not(exists(`${statement}.Condition`)),
  );
}

/** A policy of at most 20 KB whose record exceeds 100 KB was padded with blanks. */
const OMITTED = isTrue("requestParameters.omitted");

const GROUPS = "http://acs.amazonaws.com/groups/global";
const ACL = "requestParameters.AccessControlPolicy.AccessControlList.Grant";
const HEADERS = "requestParameters.accessControlList.x-amz-grant";
/**
 * Several grants are a list, one is an object: if it is to a group, then not to that for log delivery, which is granted two
 * permissions. A canned ACL is a text, in older records a list of one. Of the headers that
 * name grantees, those that log delivery does not need.
 */
const grantsEveryone = any(
  oneOf("requestParameters.x-amz-acl", ["public-read", "public-read-write", "authenticated-read"]),
  oneOf("requestParameters.x-amz-acl[0]", ["public-read", "public-read-write"]),
  matches(`${ACL}[*].Grantee.URI`, "*Users"),
  differs(`${ACL}.Grantee.URI`, ""),
  differs(`${HEADERS}-read`, ""),
  differs(`${HEADERS}-full-control`, ""),
);

const policy = (...Statement: readonly object[]) => ({
  requestParameters: {
    bucketPolicy: { Version: "2012-10-17", Statement },
    bucketName: "customer-exports",
    Host: "customer-exports.s3.eu-west-1.amazonaws.com",
    policy: "",
  },
});
const read = (Principal: unknown, changes: object = {}) => ({
  ...{ Effect: "Allow", Principal, Action: "s3:GetObject", Resource: `${EXAMPLE_ARN}:s3:::customer-exports/*` },
  ...changes,
});
const encryptedOnly = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: `${EXAMPLE_ARN}:s3:::customer-exports/*`,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const acl = (values: object) => ({ requestParameters: { bucketName: "customer-exports", acl: "", ...values } });
const grants = (Grant: unknown) => acl({ AccessControlPolicy: { AccessControlList: { Grant } } });
const everyone = { Grantee: { "xsi:type": "Group", URI: `${GROUPS}/AllUsers` }, Permission: "READ" };
const LOG_DELIVERY = "http://acs.amazonaws.com/groups/s3/LogDelivery";
const owner = { Grantee: { "xsi:type": "CanonicalUser", ID: "75aa57f09aa0c8ca" }, Permission: "FULL_CONTROL" };

export const bucketMadePublic: Detection = {
  id: "bucket-made-public",
  title: "Bucket made public",
  meaning:
    "A bucket policy allows everyone without a condition, or is too large for its record; or an ACL grants access to everyone, to every AWS user, or by a header to grantees of the caller's choice.",
  why: "Public buckets are found within hours by scanners. Without the block of public access, the objects can be read at once.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1530", "T1537"] },
  condition: () => [
    all(call("s3", "PutBucketPolicy"), any(allowsEveryone(0), allowsEveryone(1), OMITTED), succeeded()),
    all(call("s3", "PutBucketAcl", "CreateBucket"), grantsEveryone, succeeded()),
  ],
  runbook: {
    firstFiveMinutes: [
      "Close it: `aws s3api put-public-access-block --bucket <bucket> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`.",
      "Is it public? `aws s3api get-bucket-policy-status --bucket <bucket>`, `aws s3api get-bucket-acl --bucket <bucket>`.",
      "Find out what it contains and who read it: server access logs, or data events where a trail records them.",
    ],
    falsePositives: [
      "A website meant to be public: serve it through CloudFront with origin access control.",
      `A policy that names your own account by its bare id, such as \`"AWS": "111122223333"\`: write \`${EXAMPLE_ARN}:iam::111122223333:root\`.`,
    ],
    tuning:
      "Ignore a public bucket by `requestParameters.bucketName`. Statements after the second, and principals in lists, are not examined here: see `data-copied-out` and AWS Config's `s3-bucket-public-read-prohibited`.",
  },
  examples: {
    matches: [
      apiCall("s3", "PutBucketPolicy", policy(read("*"))),
      apiCall("s3", "PutBucketPolicy", policy(encryptedOnly, read({ AWS: "*" }))),
      apiCall("s3", "PutBucketPolicy", policy(read({ AWS: "*" }), encryptedOnly)),
      apiCall("s3", "PutBucketPolicy", {
        requestParameters: { reason: "requestParameters too large", omitted: true, originalSize: 102_515 },
      }),
      apiCall("s3", "PutBucketAcl", acl({ "x-amz-acl": "public-read" })),
      apiCall("s3", "PutBucketAcl", acl({ "x-amz-acl": ["public-read"] })),
      apiCall("s3", "PutBucketAcl", acl({ accessControlList: { "x-amz-grant-read": `uri="${GROUPS}/AllUsers"` } })),
      apiCall("s3", "PutBucketAcl", grants([owner, everyone])),
      apiCall("s3", "PutBucketAcl", grants(everyone)),
      apiCall("s3", "CreateBucket", acl({ "x-amz-acl": "public-read-write" })),
    ],
    nearMisses: [
      apiCall("s3", "PutBucketPolicy", policy(encryptedOnly)),
      apiCall(
        "s3",
        "PutBucketPolicy",
        policy(read("*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } } })),
      ),
      apiCall("s3", "PutBucketPolicy", policy(read({ Service: "cloudtrail.amazonaws.com" }))),
      apiCall("s3", "PutBucketAcl", acl({ "x-amz-acl": "private" })),
      apiCall("s3", "PutBucketAcl", acl({ accessControlList: { "x-amz-grant-write": `uri="${LOG_DELIVERY}"` } })),
      apiCall("s3", "PutBucketAcl", grants([owner])),
      apiCall("s3", "PutBucketAcl", grants([owner, { Grantee: { URI: LOG_DELIVERY }, Permission: "WRITE" }])),
      deniedCall("s3", "PutBucketPolicy", policy(read("*"))),
    ],
  },
};
