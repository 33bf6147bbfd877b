import { all, any, equals, matches, oneOf, type Condition } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { OMITTED } from "../../omitted";

const TOO_LARGE = { reason: "requestParameters too large", omitted: true, originalSize: 102_515 };

const from = (...services: readonly string[]): Condition =>
  oneOf(
    "eventSource",
    services.map((service) => `${service}.amazonaws.com`),
  );

// PutBucketPolicy, PutKeyPolicy, PutResourcePolicy, PutRegistryPolicy, PutFileSystemPolicy ...
const POLICY_PUT = matches("eventName", "Put*Policy");

/**
 * Calls of other services that write a policy or share a resource, of which detections read what CloudTrail records.
 * Function code is left out: uploads of more than 100 KB are routine.
 */
const POLICY_WRITERS = [
  all(
    from("s3", "kms", "secretsmanager", "sns", "sqs", "ecr"),
    any(
      POLICY_PUT,
      oneOf("eventName", ["SetQueueAttributes", "CreateQueue", "SetTopicAttributes", "CreateTopic"]),
      oneOf("eventName", ["CreateKey", "SetRepositoryPolicy"]),
    ),
  ),
  all(
    from("ec2", "es", "dynamodb", "elasticfilesystem", "organizations", "sso", "events"),
    any(
      POLICY_PUT,
      oneOf("eventName", ["ModifySnapshotAttribute", "ModifyImageAttribute", "UpdateDomainConfig", "CreateDomain"]),
      // CreatePolicy and UpdatePolicy of Organizations, PutInlinePolicyToPermissionSet of IAM Identity Center.
      oneOf("eventName", ["CreatePolicy", "UpdatePolicy", "PutInlinePolicyToPermissionSet", "PutPermission"]),
    ),
  ),
] as const;

/**
 * IAM does not count blanks in a policy, so a small policy can be padded until CloudTrail records none of it. Conditions
 * on parameters do not match such a record. Detections whose calls are routinely that long have conditions of their own.
 */
export const iamParametersOmitted: Detection = {
  id: "iam-parameters-omitted",
  title: "Policy or permission that CloudTrail left out",
  meaning:
    "The parameters of a call of IAM, or of another service that writes a policy or shares a resource, exceeded 100 KB, " +
    "so its record shows neither what was changed nor how.",
  why: "No ordinary policy is that large. Blanks hide which role or resource was changed and what is allowed now.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.008", "T1098.003"] },
  condition: () => [
    all(any(equals("eventSource", "iam.amazonaws.com"), POLICY_WRITERS[0]), OMITTED),
    all(POLICY_WRITERS[1], OMITTED),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find the principal (`userIdentity.arn`) and revoke its sessions unless it can explain the call.",
      "Find what changed: `aws iam get-account-authorization-details`, compared with your code; a padded policy holds long runs of blanks. For other services, read the policy of the resource: `aws s3api get-bucket-policy`, `aws kms get-key-policy`, `aws secretsmanager get-resource-policy`, `aws sns get-topic-attributes`, `aws sqs get-queue-attributes`.",
      "Check Trailwatch's own roles: `npx cdktf diff monitoring-<account>`.",
    ],
    falsePositives: ["A tool that formats policies with very deep indentation."],
    tuning: "Add no `ignore` entries: correct the tool.",
  },
  examples: {
    matches: [
      apiCall("iam", "PutUserPolicy", { awsRegion: "us-east-1", requestParameters: TOO_LARGE }),
      apiCall("iam", "CreatePolicy", {
        awsRegion: "us-east-1",
        requestParameters: { ...TOO_LARGE, omitted: "true" },
      }),
      apiCall("iam", "PutRolePolicy", {
        awsRegion: "us-east-1",
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: TOO_LARGE,
      }),
      apiCall("s3", "PutBucketPolicy", { requestParameters: TOO_LARGE }),
      apiCall("ec2", "ModifySnapshotAttribute", { requestParameters: TOO_LARGE }),
      apiCall("sso", "PutInlinePolicyToPermissionSet", { requestParameters: TOO_LARGE }),
    ],
    nearMisses: [
      apiCall("iam", "PutUserPolicy", { requestParameters: { userName: "x", policyName: "y", policyDocument: "{}" } }),
      apiCall("s3", "PutBucketPolicy", { requestParameters: { bucketName: "x", bucketPolicy: {} } }),
      apiCall("lambda", "UpdateFunctionCode20150331v2", { requestParameters: TOO_LARGE }),
      apiCall("glue", "BatchCreatePartition", { requestParameters: TOO_LARGE }),
    ],
  },
};
