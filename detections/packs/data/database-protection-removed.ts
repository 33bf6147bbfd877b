import {
  all,
  any,
  compare,
  differs,
  equals,
  exists,
  isFalse,
  isTrue,
  matches,
  not,
  oneOf,
  succeeded,
} from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, awsService, deniedCall } from "../../example-record";

const PASSWORD = "HIDDEN_DUE_TO_SECURITY_REASONS";
const instance = (values: object) => ({ requestParameters: { dBInstanceIdentifier: "orders", ...values } });

export const databaseProtectionRemoved: Detection = {
  id: "database-protection-removed",
  title: "Database or snapshot deleted, unprotected or its password reset",
  meaning:
    "The master password of a database was reset, its protection against deletion or its automated backups were turned off, it was deleted without a final snapshot; a snapshot of it was deleted by hand; or a table of DynamoDB was deleted or lost its point-in-time recovery.",
  why: "With the master password, an attacker reads everything; without protection and final snapshot, a deletion is final.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1485", "T1490", "T1098"] },
  condition: all(
    oneOf("eventSource", ["rds.amazonaws.com", "redshift.amazonaws.com", "dynamodb.amazonaws.com"]),
    any(
      all(
        any(
          matches("eventName", "Modify*"),
          oneOf("eventName", ["DeleteDBInstance", "DeleteDBCluster", "UpdateContinuousBackups"]),
        ),
        any(
          differs("requestParameters.masterUserPassword", ""),
          isTrue("requestParameters.skipFinalSnapshot"),
          isFalse("requestParameters.deletionProtection"),
          isFalse("requestParameters.pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled"),
          compare("requestParameters.backupRetentionPeriod", "<=", 0),
        ),
      ),
      all(
        any(equals("eventName", "DeleteTable"), matches("eventName", "Delete*Snapshot")),
        not(exists("userIdentity.invokedBy")),
      ),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Who asked for it? Contact the caller; if the reason is unknown, revoke its sessions.",
      "Restore the protection: `aws rds modify-db-instance --db-instance-identifier <database> --deletion-protection`; for DynamoDB, `aws dynamodb restore-table-to-point-in-time` within 35 days of the deletion.",
      "After a password reset, reset it again, restart sessions, and look for copies: snapshots, exports, replicas.",
      "After a deletion, keep what is left: `aws rds describe-db-instance-automated-backups`, `aws rds describe-db-snapshots --db-instance-identifier <database>`, recovery points in AWS Backup.",
    ],
    falsePositives: [
      "A test environment taken down by its deployment.",
      "A password reset by an operator.",
      "A script that removes old snapshots.",
    ],
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
      apiCall("rds", "ModifyDBInstance", instance({ backupRetentionPeriod: 0, applyImmediately: true })),
      apiCall("rds", "DeleteDBClusterSnapshot", { requestParameters: { dBClusterSnapshotIdentifier: "orders-1" } }),
      apiCall("redshift", "DeleteClusterSnapshot", { requestParameters: { snapshotIdentifier: "reports-1" } }),
      apiCall("dynamodb", "DeleteTable", { requestParameters: { tableName: "orders" } }),
    ],
    nearMisses: [
      apiCall("rds", "ModifyDBInstance", instance({ backupRetentionPeriod: 7 })),
      apiCall("rds", "DeleteDBSnapshot", {
        requestParameters: { dBSnapshotIdentifier: "orders-1" },
        userIdentity: awsService("backup"),
      }),
      apiCall("rds", "ModifyDBInstance", instance({ deletionProtection: true, applyImmediately: true })),
      apiCall("rds", "CreateDBInstance", instance({ masterUserPassword: PASSWORD, deletionProtection: false })),
      apiCall("rds", "DeleteDBInstance", instance({ skipFinalSnapshot: false, finalDBSnapshotIdentifier: "last" })),
      deniedCall("rds", "DeleteDBInstance", instance({ skipFinalSnapshot: true })),
    ],
  },
};
