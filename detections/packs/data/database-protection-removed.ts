import { all, any, differs, isFalse, isTrue, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

const PASSWORD = "HIDDEN_DUE_TO_SECURITY_REASONS";
const instance = (values: object) => ({ requestParameters: { dBInstanceIdentifier: "orders", ...values } });

export const databaseProtectionRemoved: Detection = {
  id: "database-protection-removed",
  title: "Database unprotected, deleted or its password reset",
  meaning:
    "The master password of a database was reset, its protection against deletion was turned off, it was deleted without a final snapshot, or a table lost its point-in-time recovery.",
  why: "With the master password, an attacker reads everything; without protection and final snapshot, a deletion is final.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1485", "T1490", "T1098"] },
  condition: all(
    oneOf("eventSource", ["rds.amazonaws.com", "redshift.amazonaws.com", "dynamodb.amazonaws.com"]),
    oneOf("eventName", [
      ...["ModifyDBInstance", "ModifyDBCluster", "ModifyCluster", "DeleteDBInstance", "DeleteDBCluster"],
      ...["UpdateTable", "UpdateContinuousBackups"],
    ]),
    any(
      differs("requestParameters.masterUserPassword", ""),
      isTrue("requestParameters.skipFinalSnapshot"),
      isFalse("requestParameters.deletionProtection"),
      isFalse("requestParameters.deletionProtectionEnabled"),
      isFalse("requestParameters.pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled"),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Who asked for it? Contact the caller; if nobody did, revoke its sessions.",
      "Restore the protection: `aws rds modify-db-instance --db-instance-identifier <database> --deletion-protection`; for DynamoDB, `aws dynamodb update-table --table-name <table> --deletion-protection-enabled`.",
      "After a password reset, reset it again, restart sessions, and look for copies: snapshots, exports, replicas.",
      "After a deletion, keep what is left: `aws rds describe-db-instance-automated-backups`, `aws rds describe-db-snapshots --db-instance-identifier <database>`, recovery points in AWS Backup.",
    ],
    falsePositives: ["A test environment taken down by its deployment.", "A password reset by an operator."],
    tuning:
      "Ignore the role that takes down test environments, by `userIdentity.sessionContext.sessionIssuer.arn`; where databases live for years, set severity high.",
  },
  examples: {
    matches: [
      apiCall("rds", "ModifyDBInstance", instance({ masterUserPassword: PASSWORD, applyImmediately: true })),
      apiCall("rds", "ModifyDBCluster", {
        requestParameters: { dBClusterIdentifier: "orders", deletionProtection: false },
      }),
      apiCall("rds", "DeleteDBInstance", instance({ skipFinalSnapshot: true, deleteAutomatedBackups: true })),
      apiCall("redshift", "ModifyCluster", {
        requestParameters: { clusterIdentifier: "reports", masterUserPassword: PASSWORD },
      }),
      apiCall("dynamodb", "UpdateContinuousBackups", {
        requestParameters: {
          tableName: "orders",
          pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
        },
      }),
      apiCall("dynamodb", "UpdateTable", {
        requestParameters: { tableName: "orders", deletionProtectionEnabled: false },
      }),
    ],
    nearMisses: [
      apiCall("rds", "ModifyDBInstance", instance({ deletionProtection: true, applyImmediately: true })),
      apiCall("rds", "CreateDBInstance", instance({ masterUserPassword: PASSWORD, deletionProtection: false })),
      apiCall("rds", "DeleteDBInstance", instance({ skipFinalSnapshot: false, finalDBSnapshotIdentifier: "last" })),
      deniedCall("rds", "DeleteDBInstance", instance({ skipFinalSnapshot: true })),
    ],
  },
};
