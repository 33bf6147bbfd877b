import { globalArn } from "../../../lib/aws/partitions";
import { all, any, call, differs, equals, succeeded, type Condition } from "../../condition";
import type { Detection, WatchedAccount } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall } from "../../example-record";

const REPLICATION = "requestParameters.ReplicationConfiguration.Rule";
const policy = "requestParameters.bucketPolicy.Statement";

/** One of the first two statements allows an account that is not this one. */
function conditions({ id, homeRegion }: WatchedAccount): readonly Condition[] {
  const outsider = (index: 0 | 1) =>
    all(
      equals(`${policy}[${index}].Effect`, "Allow"),
      differs(`${policy}[${index}].Principal.AWS`, globalArn(homeRegion, "iam", id, "*")),
    );
  const copied = any(
    all(call("s3", "PutBucketPolicy"), any(outsider(0), outsider(1))),
    all(call("s3", "PutBucketReplication"), differs(`${REPLICATION}.Destination.Account`, "")),
    call("rds", "StartExportTask"),
    call("dynamodb", "ExportTableToPointInTime"),
  );
  return [all(copied, succeeded())];
}

const bucketPolicy = (Principal: unknown, Effect = "Allow", ...others: readonly object[]) => ({
  requestParameters: {
    bucketPolicy: {
      Version: "2012-10-17",
      Statement: [{ Effect, Principal, Action: "s3:GetObject", Resource: `${EXAMPLE_ARN}:s3:::orders/*` }, ...others],
    },
    bucketName: "orders",
    policy: "",
  },
});
const replication = (Destination: object) => ({
  requestParameters: {
    bucketName: "orders",
    replication: "",
    ReplicationConfiguration: { Role: `${EXAMPLE_ARN}:iam::111122223333:role/replication`, Rule: { Destination } },
  },
});

export const dataCopiedOut: Detection = {
  id: "data-copied-out",
  title: "Data shared with or copied to another place",
  meaning:
    "A bucket policy names another account, a bucket replicates to another account, or a database or table was exported to S3.",
  why: "Each moves a whole data set at once, without reading the original: the copy has other permissions, or another owner.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1537", "T1530", "T1213"] },
  condition: conditions,
  runbook: {
    firstFiveMinutes: [
      "Find where the data goes: the account in `Principal.AWS` or `Destination.Account`, the bucket in `s3BucketName`. Compare with `aws organizations list-accounts`.",
      "Stop it: remove the statement (`aws s3api put-bucket-policy`), `aws s3api delete-bucket-replication --bucket <bucket>`, `aws rds cancel-export-task --export-task-identifier <task>`. An export of DynamoDB cannot be cancelled: delete its objects.",
      "If the account is unknown, assume that the data left: find out what it contains, and check what else the caller did.",
    ],
    falsePositives: [
      "A bucket shared with another account of the organization.",
      "An export to a data lake of your own.",
    ],
    tuning:
      "Ignore the role that shares buckets or exports databases, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("s3", "PutBucketPolicy", bucketPolicy({ AWS: `${EXAMPLE_ARN}:iam::999900001111:root` })),
      apiCall("s3", "PutBucketPolicy", bucketPolicy({ AWS: "999900001111" })),
      apiCall(
        "s3",
        "PutBucketPolicy",
        bucketPolicy("*", "Deny", { Effect: "Allow", Principal: { AWS: `${EXAMPLE_ARN}:iam::999900001111:root` } }),
      ),
      apiCall(
        "s3",
        "PutBucketReplication",
        replication({
          Bucket: `${EXAMPLE_ARN}:s3:::copy`,
          Account: "999900001111",
          AccessControlTranslation: { Owner: "Destination" },
        }),
      ),
      apiCall("rds", "StartExportTask", {
        requestParameters: {
          exportTaskIdentifier: "export",
          s3BucketName: "copy",
          sourceArn: `${EXAMPLE_ARN}:rds:eu-west-1:111122223333:snapshot:orders`,
        },
      }),
      apiCall("dynamodb", "ExportTableToPointInTime", {
        requestParameters: {
          tableArn: `${EXAMPLE_ARN}:dynamodb:eu-west-1:111122223333:table/orders`,
          s3Bucket: "copy",
        },
      }),
    ],
    nearMisses: [
      apiCall("s3", "PutBucketPolicy", bucketPolicy({ AWS: `${EXAMPLE_ARN}:iam::111122223333:role/Application` })),
      apiCall("s3", "PutBucketPolicy", bucketPolicy({ Service: "cloudtrail.amazonaws.com" })),
      apiCall("s3", "PutBucketPolicy", bucketPolicy({ AWS: `${EXAMPLE_ARN}:iam::999900001111:root` }, "Deny")),
      apiCall("s3", "PutBucketReplication", replication({ Bucket: `${EXAMPLE_ARN}:s3:::copy` })),
      deniedCall("rds", "StartExportTask"),
    ],
  },
};
