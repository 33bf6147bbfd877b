import { all, any, isTrue, matches, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

/**
 * Creation has a default that depends on the subnets, so the response tells. DocumentDB and Neptune are RDS too. Of the
 * names that begin so, only those of instances, clusters and replicas have the field.
 */
const created = all(
  any(
    matches("eventName", "CreateDB*"),
    matches("eventName", "RestoreDB*"),
    oneOf("eventName", ["CreateCluster", "RestoreFromClusterSnapshot"]),
  ),
  any(isTrue("responseElements.publiclyAccessible"), isTrue("requestParameters.publiclyAccessible")),
);
/** The response to any change of a public database says `true`: only the request tells that this change opens it. */
const changed = all(
  oneOf("eventName", ["ModifyDBInstance", "ModifyDBCluster", "ModifyCluster", "CreateWorkgroup", "UpdateWorkgroup"]),
  isTrue("requestParameters.publiclyAccessible"),
);
const SOURCES = ["rds", "redshift", "redshift-serverless"].map((service) => `${service}.amazonaws.com`);

const database = (publiclyAccessible: boolean, responseElements: object | null = null) => ({
  requestParameters: { dBInstanceIdentifier: "orders", publiclyAccessible },
  responseElements,
});
const byDefault = (publiclyAccessible: boolean) => ({
  requestParameters: { dBInstanceIdentifier: "restored" },
  responseElements: { dBInstanceIdentifier: "restored", publiclyAccessible },
});

export const databaseMadePublic: Detection = {
  id: "database-made-public",
  title: "Database made publicly accessible",
  meaning:
    "A database (RDS, Aurora, DocumentDB, Neptune, Redshift, Redshift Serverless) was created, restored or changed so that its name resolves to a public address.",
  why: "Only its security group still protects it from internet-wide scans for databases.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1190", "T1562.007"] },
  condition: all(oneOf("eventSource", SOURCES), any(created, changed), succeeded()),
  runbook: {
    firstFiveMinutes: [
      "Close it: `aws rds modify-db-instance --db-instance-identifier <database> --no-publicly-accessible --apply-immediately`; for Redshift, `aws redshift modify-cluster --cluster-identifier <cluster> --no-publicly-accessible`.",
      "Who could reach it? `aws ec2 describe-security-group-rules --filters Name=group-id,Values=<its group>`.",
      "A database that was just restored from a snapshot can be used to read data without the original's password: find who restored it.",
    ],
    falsePositives: ["A test database that is meant to be reached from an office."],
    tuning:
      "Ignore a database that has to be public by `requestParameters.dBInstanceIdentifier`. Creation without a setting is public by default in a default VPC: set `PubliclyAccessible` to false in your templates.",
  },
  examples: {
    matches: [
      apiCall("rds", "ModifyDBInstance", database(true)),
      apiCall("rds", "RestoreDBInstanceFromDBSnapshot", byDefault(true)),
      apiCall("rds", "CreateDBInstance", byDefault(true)),
      apiCall("rds", "RestoreDBInstanceFromS3", database(true, { publiclyAccessible: true })),
      apiCall("redshift", "ModifyCluster", {
        requestParameters: { clusterIdentifier: "reports", publiclyAccessible: true },
      }),
      apiCall("redshift-serverless", "UpdateWorkgroup", {
        requestParameters: { workgroupName: "reports", publiclyAccessible: true },
      }),
      apiCall("redshift", "RestoreFromClusterSnapshot", {
        requestParameters: { clusterIdentifier: "reports", snapshotIdentifier: "reports-2026-01-14" },
        responseElements: { clusterIdentifier: "reports", publiclyAccessible: true },
      }),
    ],
    nearMisses: [
      apiCall("rds", "ModifyDBInstance", database(false)),
      apiCall("rds", "ModifyDBInstance", {
        requestParameters: { dBInstanceIdentifier: "orders", backupRetentionPeriod: 7 },
        responseElements: { dBInstanceIdentifier: "orders", publiclyAccessible: true },
      }),
      apiCall("rds", "RestoreDBInstanceFromDBSnapshot", byDefault(false)),
      deniedCall("rds", "CreateDBInstance", database(true)),
    ],
  },
};
