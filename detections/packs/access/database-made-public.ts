import { all, call, isTrue, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

const database = (publiclyAccessible: boolean) => ({
  requestParameters: { dBInstanceIdentifier: "orders", publiclyAccessible },
});

export const databaseMadePublic: Detection = {
  id: "database-made-public",
  title: "Database made publicly accessible",
  meaning: "An RDS database was made, restored or changed so that its name leads to a public address.",
  why: "Only its security group still protects it from internet-wide scans for databases.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1190", "T1562.007"] },
  condition: all(
    call(
      "rds",
      ...["CreateDBInstance", "ModifyDBInstance", "CreateDBInstanceReadReplica", "CreateDBCluster", "ModifyDBCluster"],
      ...["RestoreDBInstanceFromDBSnapshot", "RestoreDBInstanceToPointInTime", "RestoreDBClusterFromSnapshot"],
    ),
    isTrue("requestParameters.publiclyAccessible"),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Close it: `aws rds modify-db-instance --db-instance-identifier <database> --no-publicly-accessible --apply-immediately`.",
      "Who could reach it? `aws ec2 describe-security-group-rules --filters Name=group-id,Values=<its group>`.",
      "A database that was just restored from a snapshot can be used to read data without the original's password: find who restored it.",
    ],
    falsePositives: ["A test database that is meant to be reached from an office."],
    tuning: "Ignore a database that has to be public by `requestParameters.dBInstanceIdentifier`.",
  },
  examples: {
    matches: [
      apiCall("rds", "ModifyDBInstance", database(true)),
      apiCall("rds", "RestoreDBInstanceFromDBSnapshot", database(true)),
    ],
    nearMisses: [
      apiCall("rds", "ModifyDBInstance", database(false)),
      apiCall("rds", "ModifyDBInstance", { requestParameters: { dBInstanceIdentifier: "orders" } }),
      deniedCall("rds", "CreateDBInstance", database(true)),
    ],
  },
};
