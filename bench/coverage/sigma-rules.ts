import { high, on, type PublicRule } from "./public-rule";
import { GLOBAL } from "./replayed-call";

const S3_BROWSER = { region: GLOBAL, more: { userAgent: "S3 Browser/9.5.5 (https://s3browser.com)" } };
const POLICY = JSON.stringify({
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::<YOUR-BUCKET-NAME>/*" }],
});

/** Rules of https://github.com/SigmaHQ/sigma (rules/cloud/aws) of level high; none is critical. State: 2026-08. */
export const SIGMA_RULES: readonly PublicRule[] = [
  high(
    "aws_cloudtrail_guardduty_detector_deleted_or_updated",
    on("guardduty:DeleteDetector", { detectorId: "1e" }),
    on("guardduty:UpdateDetector", { detectorId: "1e", enable: false }),
  ),
  high(
    "aws_cloudtrail_imds_malicious_usage",
    on("s3:ListBuckets", null, {
      by: {
        type: "AssumedRole",
        arn: "arn:aws:sts::111122223333:assumed-role/aws:ec2-instance/i-0e",
        accountId: "111122223333",
      },
    }),
  ),
  high("aws_cloudtrail_ssm_malicious_usage", on("ssm:SendCommand", { documentName: "AWS-RunShellScript" })),
  high(
    "aws_cloudtrail_vpc_flow_logs_deleted",
    on("ec2:DeleteFlowLogs", { DeleteFlowLogsRequest: { FlowLogId: "fl-0e" } }),
  ),
  high(
    "aws_config_disable_recording",
    on("config:DeleteDeliveryChannel", { deliveryChannelName: "default" }),
    on("config:StopConfigurationRecorder", { configurationRecorderName: "default" }),
  ),
  high(
    "aws_ec2_startup_script_change",
    on("ec2:ModifyInstanceAttribute", { instanceId: "i-0e", attribute: "userData" }),
  ),
  high("aws_guardduty_disruption", on("guardduty:CreateIPSet", { detectorId: "1e", activate: true })),
  high(
    "aws_iam_s3browser_loginprofile_creation",
    on("iam:CreateLoginProfile", { userName: "backup" }, S3_BROWSER),
    on("iam:GetLoginProfile", { userName: "backup" }, S3_BROWSER),
  ),
  high(
    "aws_iam_s3browser_templated_s3_bucket_policy_creation",
    on("iam:PutUserPolicy", { userName: "backup", policyName: "x", policyDocument: POLICY }, S3_BROWSER),
  ),
  high(
    "aws_iam_s3browser_user_or_accesskey_creation",
    on("iam:CreateUser", { userName: "backup" }, S3_BROWSER),
    on("iam:CreateAccessKey", { userName: "backup" }, S3_BROWSER),
  ),
  high(
    "aws_kms_import_key_material",
    on("kms:ImportKeyMaterial", { keyId: "1-2-3", expirationModel: "KEY_MATERIAL_EXPIRES" }),
    on("kms:DeleteImportedKeyMaterial", { keyId: "1-2-3" }),
  ),
  high(
    "aws_rds_dbcluster_actions",
    on("rds:ModifyDBCluster", { dBClusterIdentifier: "orders", deletionProtection: false }),
    on("rds:ModifyDBCluster", { dBClusterIdentifier: "orders", backupRetentionPeriod: 7 }),
    on("rds:DeleteDBCluster", { dBClusterIdentifier: "orders", skipFinalSnapshot: true }),
    on("rds:DeleteDBCluster", { dBClusterIdentifier: "orders", skipFinalSnapshot: false }),
  ),
  high(
    "aws_rds_public_db_restore",
    on(
      "rds:RestoreDBInstanceFromDBSnapshot",
      { dBInstanceIdentifier: "copy" },
      { response: { publiclyAccessible: true } },
    ),
  ),
  high(
    "aws_securityhub_finding_evasion",
    on("securityhub:BatchUpdateFindings", { Workflow: { Status: "SUPPRESSED" } }),
    on("securityhub:UpdateFindings", { RecordState: "ARCHIVED" }),
    on("securityhub:UpdateInsight", { Name: "x" }),
    on("securityhub:DeleteInsight", { InsightArn: "x" }),
  ),
  high(
    "aws_sso_idp_change",
    on("sso:AssociateDirectory", { directoryId: "d-1234567890" }),
    on("sso:DisassociateDirectory", { directoryId: "d-1234567890" }),
    on("sso-directory:EnableExternalIdPConfigurationForDirectory", { directoryId: "d-1234567890" }),
    on("sso-directory:DisableExternalIdPConfigurationForDirectory", { directoryId: "d-1234567890" }),
  ),
  high("aws_update_login_profile", on("iam:UpdateLoginProfile", { userName: "alice" }, { region: GLOBAL })),
];
