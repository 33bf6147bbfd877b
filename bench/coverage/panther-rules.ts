import { consoleSignIn, root } from "../../detections/example-record";
import { cannot, critical, high, on, type PublicRule } from "./public-rule";
import { GLOBAL, STRANGER } from "./replayed-call";

const { additionalEventData } = consoleSignIn();
const SIGN_IN = { region: GLOBAL, eventType: "AwsConsoleSignIn", more: { additionalEventData } };
const FAILED = { ...SIGN_IN, response: { ConsoleLogin: "Failure" } };
const ROOT = { region: GLOBAL, by: root() };
const database = { dBInstanceIdentifier: "orders" };
const cluster = { dBClusterIdentifier: "orders" };
const layers = [`arn:aws:lambda:eu-west-1:${STRANGER}:layer:extension:1`];

/**
 * Rules of https://github.com/panther-labs/panther-analysis (rules, log type AWS.CloudTrail) of severity high and
 * critical. State: 2026-07.
 */
export const PANTHER_RULES: readonly PublicRule[] = [
  high(
    "aws_add_malicious_lambda_extension",
    on(
      "lambda:UpdateFunctionConfiguration20150331v2",
      { functionName: "orders", layers },
      { response: { layers: [{ arn: layers[0] }] } },
    ),
  ),
  high(
    "aws_codebuild_made_public",
    on("codebuild:UpdateProjectVisibility", {
      projectArn: "arn:aws:codebuild:eu-west-1:1:project/shop",
      projectVisibility: "PUBLIC_READ",
    }),
  ),
  high("aws_cloudtrail_unsuccessful_mfa_attempt", on("signin:ConsoleLogin", null, { ...FAILED, times: 2 })),
  high(
    "aws_console_login_without_mfa",
    on("signin:ConsoleLogin", null, {
      ...{ ...SIGN_IN, response: { ConsoleLogin: "Success" } },
      more: { additionalEventData: { MFAUsed: "No", MobileVersion: "No" } },
    }),
  ),
  high(
    "aws_console_login_without_saml",
    on("signin:ConsoleLogin", null, { ...SIGN_IN, response: { ConsoleLogin: "Success" } }),
  ),
  high(
    "aws_console_root_login",
    on("signin:ConsoleLogin", null, { ...SIGN_IN, ...ROOT, response: { ConsoleLogin: "Success" } }),
  ),
  high("aws_console_root_login_failed", on("signin:ConsoleLogin", null, { ...FAILED, ...ROOT, times: 5 })),
  high(
    "aws_ec2_startup_script_change",
    on("ec2:ModifyInstanceAttribute", { instanceId: "i-0e", userData: "<sensitiveDataRemoved>" }),
  ),
  high(
    "aws_iam_compromised_key_quarantine",
    ...["AttachUserPolicy", "AttachGroupPolicy", "AttachRolePolicy"].map((operation) =>
      on(
        `iam:${operation}`,
        { policyArn: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2" },
        { region: GLOBAL },
      ),
    ),
  ),
  high(
    "aws_ipset_modified",
    ...["guardduty:CreateIPSet", "guardduty:UpdateIPSet", "wafv2:CreateIPSet", "wafv2:UpdateIPSet"].map((call) =>
      on(call, { name: "x" }),
    ),
  ),
  high(
    "aws_key_compromised",
    ...["AWSExposedCredentialPolicy_DO_NOT_REMOVE", "AWSCompromisedKeyQuarantineV3"].map((policyName) =>
      on("iam:PutUserPolicy", { userName: "ci", policyName, policyDocument: "{}" }, { region: GLOBAL }),
    ),
  ),
  high("aws_overwrite_lambda_code", on("lambda:UpdateFunctionCode20150331v2", { functionName: "orders" })),
  high(
    "aws_rds_activity_stream_stopped",
    on("rds:StopActivityStream", { resourceArn: "arn:aws:rds:eu-west-1:1:cluster:orders" }),
  ),
  high(
    "aws_rds_automated_backup_deleted",
    on("rds:DeleteDBInstanceAutomatedBackup", { dbiResourceId: "db-X" }),
    on("rds:DeleteDBClusterAutomatedBackup", { dbClusterResourceId: "cluster-X" }),
  ),
  high(
    "aws_rds_deletion_protection_disabled",
    on("rds:ModifyDBInstance", { ...database, deletionProtection: false }),
    on("rds:ModifyDBCluster", { ...cluster, deletionProtection: false }),
  ),
  high(
    "aws_rds_instance_deletion",
    on("rds:DeleteDBInstance", { ...database, skipFinalSnapshot: true }),
    on("rds:DeleteDBInstance", { ...database, skipFinalSnapshot: false, finalDBSnapshotIdentifier: "last" }),
    on("rds:DeleteDBCluster", { ...cluster, skipFinalSnapshot: true }),
    on("rds:DeleteDBCluster", { ...cluster, skipFinalSnapshot: false, finalDBSnapshotIdentifier: "last" }),
  ),
  high("aws_rds_instance_made_public", on("rds:ModifyDBInstance", { ...database, publiclyAccessible: true })),
  high(
    "aws_rds_publicrestore",
    on("rds:RestoreDBInstanceFromDBSnapshot", database, { response: { ...database, publiclyAccessible: true } }),
  ),
  high(
    "aws_rds_snapshot_deleted",
    on("rds:DeleteDBSnapshot", { dBSnapshotIdentifier: "orders" }),
    on("rds:DeleteDBClusterSnapshot", { dBClusterSnapshotIdentifier: "orders" }),
  ),
  high("aws_rds_snapshot_export", on("rds:StartExportTask", { exportTaskIdentifier: "x", s3BucketName: "outside" })),
  high(
    "aws_rds_snapshot_shared",
    on("rds:ModifyDBSnapshotAttribute", {
      dBSnapshotIdentifier: "x",
      attributeName: "restore",
      valuesToAdd: [STRANGER],
    }),
    on("rds:ModifyDBClusterSnapshotAttribute", {
      dBClusterSnapshotIdentifier: "x",
      attributeName: "restore",
      valuesToAdd: [STRANGER],
    }),
  ),
  critical("aws_root_access_key_created", on("iam:CreateAccessKey", null, ROOT)),
  high("aws_root_activity", on("s3:DeleteBucketPolicy", { bucketName: "orders" }, { by: root() })),
  high(
    "aws_root_password_changed",
    on("signin:PasswordUpdated", null, { ...SIGN_IN, ...ROOT, response: { PasswordUpdated: "Success" } }),
  ),
  high(
    "aws_s3_security_control_disabling",
    on("s3:PutBucketLogging", { bucketName: "orders", logging: "", BucketLoggingStatus: {} }),
    on("s3:PutBucketVersioning", { bucketName: "orders", VersioningConfiguration: { Status: "Suspended" } }),
    on("s3:PutBucketVersioning", {
      bucketName: "orders",
      VersioningConfiguration: { Status: "Enabled", MfaDelete: "Disabled" },
    }),
  ),
  high(
    "aws_securityhub_finding_evasion",
    on("securityhub:BatchUpdateFindings", { Workflow: { Status: "SUPPRESSED" } }),
    on("securityhub:UpdateFindings", { RecordState: "ARCHIVED" }),
    on("securityhub:UpdateInsight", { Name: "x" }),
    on("securityhub:DeleteInsight", { InsightArn: "x" }),
  ),
  high("aws_unused_region", on("ec2:CreateSecurityGroup", { groupName: "x" }, { region: "ap-east-1" })),
  high("aws_user_login_profile_modified", on("iam:UpdateLoginProfile", { userName: "alice" }, { region: GLOBAL })),
  critical("aws_waf_disassociation", on("wafv2:DisassociateWebACL", { resourceArn: "x" })),
  ...cannot("data event", "high", "aws_s3_copy_object_cross_account_kms"),
  ...cannot("no event", "high", "aws_lambda_crud"),
  ...cannot(
    "enrichment",
    "high",
    "aws_imds_credential_exfiltration",
    "impossible_travel_login",
    "otx_malicious_indicator",
    "greynoise_malicious_ip",
  ),
  ...cannot("own list", "high", "aws_iam_assume_role_blocklist_ignored", "aws_ec2_vulnerable_xz_image_launched"),
];
