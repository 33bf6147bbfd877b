import { notByService } from "../../by-service";
import { all, any, call, matches, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, awsService, deniedCall } from "../../example-record";

/** `DeleteBackup…` of AWS Backup: vault, lock, access policy, plan and selection; of the others: a backup. */
const SOURCES = ["backup", "fsx", "dynamodb", "elasticfilesystem"].map((service) => `${service}.amazonaws.com`);

const recoveryPoint = {
  requestParameters: {
    backupVaultName: "daily",
    recoveryPointArn: `${EXAMPLE_ARN}:backup:eu-west-1:111122223333:recovery-point:1EB3B5E7-9EB0-435A-A80B-108B488B0D45`,
  },
};

export const backupDeleted: Detection = {
  id: "backup-deleted",
  title: "Backup deleted",
  meaning:
    "A recovery point, backup plan, vault, its lock or access policy in AWS Backup, automated backups of a database, a backup of FSx or DynamoDB, a file system, or a Recycle Bin rule was deleted.",
  why: "Attackers delete backups before they destroy or encrypt the data, so that the ransom must be paid. AWS deletes expired backups itself: a caller has no routine reason.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1490", "T1485"] },
  condition: all(
    any(
      all(
        oneOf("eventSource", SOURCES),
        any(
          matches("eventName", "DeleteBackup*"),
          oneOf("eventName", ["DeleteRecoveryPoint", "DisassociateRecoveryPoint", "DeleteFileSystem"]),
        ),
      ),
      call("rds", "DeleteDBInstanceAutomatedBackup", "DeleteDBClusterAutomatedBackup"),
      call("rbin", "DeleteRule"),
    ),
    notByService(),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Revoke the caller's sessions first: the data is usually deleted next.",
      "Find what is left: `aws backup list-recovery-points-by-backup-vault --backup-vault-name <vault>`, copies in other regions and accounts, `aws rds describe-db-snapshots`, `aws ec2 list-snapshots-in-recycle-bin`.",
      "Make new backups now, into a vault that the caller cannot reach, and lock it: `aws backup put-backup-vault-lock-configuration`.",
    ],
    falsePositives: [
      "An environment taken down by its deployment.",
      "A clean-up of backups that an operator announced.",
    ],
    tuning: "Ignore the role that takes down test environments, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("backup", "DeleteRecoveryPoint", recoveryPoint),
      apiCall("backup", "DeleteBackupVaultLockConfiguration", { requestParameters: { backupVaultName: "daily" } }),
      apiCall("rds", "DeleteDBInstanceAutomatedBackup", { requestParameters: { dbiResourceId: "db-EXAMPLE" } }),
      apiCall("dynamodb", "DeleteBackup", {
        requestParameters: { backupArn: `${EXAMPLE_ARN}:dynamodb:eu-west-1:111122223333:table/orders/backup/1` },
      }),
      apiCall("elasticfilesystem", "DeleteFileSystem", { requestParameters: { fileSystemId: "fs-0123456789abcdef0" } }),
      apiCall("fsx", "DeleteBackup", { requestParameters: { backupId: "backup-0123456789abcdef0" } }),
    ],
    nearMisses: [
      apiCall("backup", "DeleteRecoveryPoint", { ...recoveryPoint, userIdentity: awsService("backup") }),
      apiCall("backup", "StartBackupJob"),
      deniedCall("backup", "DeleteBackupVault", { requestParameters: { backupVaultName: "daily" } }),
    ],
  },
};
