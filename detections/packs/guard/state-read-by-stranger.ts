import { bucketArn, roleArn } from "../../../lib/aws/partitions";
import { all, call, equals, matches, not } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole, iamUser } from "../../example-record";
import { possiblyOurs } from "./ours";

const THROUGH_S3 = {
  sourceIPAddress: "AWS Internal",
  readOnly: true,
  requestParameters: { encryptionContext: { "aws:s3:arn": `${EXAMPLE_ARN}:s3:::example-org-trailwatch-state` } },
};

/**
 * Reads of objects are data events, which no log group gets. But S3 requests the bucket's key from KMS once for each
 * requester, in the requester's name, and that is a management event.
 * With a Bucket Key, the event names the bucket only, not the object.
 * Source: S3 User Guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys".
 */
export const stateReadByStranger: Detection = {
  id: "state-read-by-stranger",
  title: "Terraform state read by a stranger",
  meaning:
    "A principal other than the deployment role had S3 decrypt an object of the state bucket, or was refused. " +
    "S3 keeps a requester's key for a while: one event can stand for many reads.",
  why: "State describes the whole monitoring. An attacker who plans to modify it, and so the next deployment, reads it first.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1530", "T1552.001"] },
  condition: ({ id, homeRegion, stateBucket, stateFolder, deploymentRole, stateReaders = [] }) =>
    stateBucket === undefined || deploymentRole === undefined
      ? []
      : [
          all(
            call("kms", "Decrypt"),
            possiblyOurs(
              ...(stateFolder === undefined
                ? [`${stateBucket}*`]
                : [stateBucket, `${stateBucket}/${stateFolder}*`]
              ).map((name) => matches("requestParameters.encryptionContext[*]", bucketArn(homeRegion, name))),
            ),
            ...[deploymentRole, ...stateReaders].map((role) =>
              not(equals("userIdentity.sessionContext.sessionIssuer.arn", roleArn(homeRegion, id, role))),
            ),
          ),
        ],
  runbook: {
    firstFiveMinutes: [
      "Identify `userIdentity.arn`: a colleague with personal credentials, or an unknown caller?",
      "Check whether it was changed: compare `aws s3api list-object-versions --bucket <bucket> --prefix trailwatch/` with the times of your deployments.",
      "If an unknown caller changed it, deploy nothing, restore the previous version, and then find how the caller got access.",
    ],
    falsePositives: ["An administrator's `aws s3 cp`.", "A backup or malware scan of the bucket by its own role."],
    tuning: "Ignore a known reader by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("kms", "Decrypt", { ...THROUGH_S3, userIdentity: { ...iamUser("mallory"), invokedBy: "AWS Internal" } }),
      apiCall("kms", "Decrypt", { ...THROUGH_S3, userIdentity: assumedRole("Developer", "mallory") }),
    ],
    nearMisses: [
      apiCall("kms", "Decrypt", { ...THROUGH_S3, userIdentity: assumedRole("OrganizationAccountAccessRole") }),
      apiCall("kms", "GenerateDataKey", { ...THROUGH_S3, userIdentity: iamUser("mallory") }),
      apiCall("kms", "Decrypt", {
        requestParameters: { encryptionContext: { "aws:s3:arn": `${EXAMPLE_ARN}:s3:::photos` } },
      }),
    ],
  },
};
