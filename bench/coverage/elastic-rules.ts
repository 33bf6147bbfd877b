import { assumedRole, consoleSignIn, iamUser, root } from "../../detections/example-record";
import { cannot, high, on, type PublicRule } from "./public-rule";
import { GLOBAL, STRANGER } from "./replayed-call";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const global = { region: GLOBAL };
const { additionalEventData } = consoleSignIn();
const SIGN_IN = { ...global, eventType: "AwsConsoleSignIn", more: { additionalEventData } };
const INSTANCE = { by: assumedRole("Application", "i-0e1f2a3b4c5d6e7f8") };
const SESSION = { ...global, by: { ...iamUser("mallory"), accessKeyId: "ASIAEXAMPLEKEY000000" } };
const BEARER = { more: { additionalEventData: { callWithBearerToken: true } } };
const grant = (principal: string) => ({
  functionName: "orders",
  statementId: "x",
  action: "lambda:InvokeFunction",
  principal,
});
const trust = JSON.stringify({
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** What several rules ask for by another property of the caller: calls of IAM by which permissions are extended. */
const IAM_CALLS: Readonly<Record<string, object>> = {
  CreateAccessKey: { userName: "backup" },
  CreateUser: { userName: "support" },
  CreateRole: { roleName: "support", assumeRolePolicyDocument: trust },
  CreateInstanceProfile: { instanceProfileName: "support" },
  AddRoleToInstanceProfile: { instanceProfileName: "support", roleName: "support" },
  AttachUserPolicy: { userName: "backup", policyArn: ADMINISTRATOR },
  AttachRolePolicy: { roleName: "support", policyArn: ADMINISTRATOR },
  PutUserPolicy: { userName: "backup", policyName: "x", policyDocument: "{}" },
  PutRolePolicy: { roleName: "support", policyName: "x", policyDocument: "{}" },
};
const iamCalls = (others: object, more: Readonly<Record<string, object>> = {}) =>
  Object.entries({ ...IAM_CALLS, ...more }).map(([operation, request]) =>
    on(`iam:${operation}`, request, { ...global, ...others }),
  );

/**
 * Rules of https://github.com/elastic/detection-rules (rules/integrations/aws, and what reads CloudTrail in
 * rules/cross-platform) of severity high and critical. State: 2026-08.
 */
export const ELASTIC_RULES: readonly PublicRule[] = [
  high(
    "credential_access_iam_compromisedkeyquarantine_policy_attached_to_user",
    on(
      "iam:AttachUserPolicy",
      { userName: "ci", policyArn: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3" },
      global,
    ),
  ),
  high(
    "credential_access_root_console_failure_brute_force",
    on("signin:ConsoleLogin", null, { ...SIGN_IN, by: root(), response: { ConsoleLogin: "Failure" }, times: 10 }),
  ),
  high(
    "defense_evasion_bedrock_model_invocation_logging_disabled_or_modified",
    on("bedrock:DeleteModelInvocationLoggingConfiguration"),
    on("bedrock:PutModelInvocationLoggingConfiguration", { loggingConfig: { s3Config: { bucketName: "outside" } } }),
  ),
  high("defense_evasion_cloudtrail_logging_suspended", on("cloudtrail:StopLogging", { name: "trail" })),
  high(
    "defense_evasion_configuration_recorder_stopped",
    on("config:StopConfigurationRecorder", { configurationRecorderName: "default" }),
  ),
  high(
    "defense_evasion_ec2_flow_log_deletion",
    on("ec2:DeleteFlowLogs", { DeleteFlowLogsRequest: { FlowLogId: "fl-0e" } }),
  ),
  high("defense_evasion_ec2_serial_console_access_enabled", on("ec2:EnableSerialConsoleAccess")),
  high(
    "defense_evasion_eks_control_plane_logging_disabled",
    on("eks:UpdateClusterConfig", {
      name: "shop",
      logging: { clusterLogging: [{ types: ["api", "audit"], enabled: false }] },
    }),
  ),
  high("defense_evasion_guardduty_detector_deletion", on("guardduty:DeleteDetector", { detectorId: "1e" })),
  high(
    "defense_evasion_guardduty_finding_suppression",
    on("guardduty:UpdateDetector", { detectorId: "1e", enable: false }),
    ...["CreateIPSet", "UpdateIPSet", "CreateThreatIntelSet", "UpdateThreatIntelSet"].map((operation) =>
      on(`guardduty:${operation}`, { detectorId: "1e", activate: true }),
    ),
  ),
  high(
    "defense_evasion_guardduty_member_manipulation",
    ...[
      "DisassociateFromAdministratorAccount",
      "DeleteMembers",
      "StopMonitoringMembers",
      "DeleteInvitations",
      "DisassociateMembers",
    ].map((operation) => on(`guardduty:${operation}`, { detectorId: "1e", accountIds: ["1"] })),
  ),
  high(
    "defense_evasion_s3_bucket_server_access_logging_disabled",
    on("s3:PutBucketLogging", { bucketName: "orders", BucketLoggingStatus: { xmlns: "x" } }),
  ),
  high("defense_evasion_sts_get_federation_token", on("sts:GetFederationToken", { name: "console" })),
  high("execution_cloudshell_environment_created", on("cloudshell:CreateEnvironment", {})),
  high(
    "execution_ec2_stop_start_with_user_data_modification",
    on("ec2:ModifyInstanceAttribute", { instanceId: "i-0e", userData: "<sensitiveDataRemoved>" }),
  ),
  high(
    "execution_ssm_command_document_created_by_rare_user",
    on(
      "ssm:CreateDocument",
      { name: "x", documentType: "Command" },
      { response: { documentDescription: { documentType: "Command" } } },
    ),
  ),
  high(
    "exfiltration_dynamodb_table_exported_to_s3",
    on("dynamodb:ExportTableToPointInTime", {
      tableArn: "arn:aws:dynamodb:eu-west-1:1:table/orders",
      s3Bucket: "outside",
    }),
  ),
  high(
    "exfiltration_ec2_ami_shared_with_separate_account",
    on("ec2:ModifyImageAttribute", { imageId: "ami-0e", launchPermission: { add: { items: [{ userId: STRANGER }] } } }),
  ),
  high(
    "exfiltration_rds_snapshot_export",
    on("rds:StartExportTask", { exportTaskIdentifier: "x", s3BucketName: "outside" }),
  ),
  high(
    "exfiltration_s3_bucket_replicated_to_external_account",
    on("s3:PutBucketReplication", {
      bucketName: "orders",
      ReplicationConfiguration: { Rule: { Destination: { Account: STRANGER } } },
    }),
  ),
  high("impact_backup_recovery_point_deleted", on("backup:DeleteRecoveryPoint", { backupVaultName: "nightly" })),
  high(
    "impact_backup_vault_deleted_or_lock_removed",
    on("backup:DeleteBackupVault", { backupVaultName: "nightly" }),
    on("backup:DeleteBackupVaultLockConfiguration", { backupVaultName: "nightly" }),
  ),
  high(
    "impact_bedrock_api_key_destructive_action",
    ...["DeleteGuardrail", "DeleteModelInvocationLoggingConfiguration", "PutModelInvocationLoggingConfiguration"].map(
      (operation) => on(`bedrock:${operation}`, {}, BEARER),
    ),
    ...[
      "DeleteImportedModel",
      "DeleteCustomModel",
      "DeleteProvisionedModelThroughput",
      "DeleteMarketplaceModelEndpoint",
    ].map((operation) => on(`bedrock:${operation}`, {}, BEARER)),
  ),
  high("impact_cloudtrail_logging_updated", on("cloudtrail:UpdateTrail", { name: "trail", isMultiRegionTrail: false })),
  high(
    "impact_iam_deactivate_mfa_device",
    on("iam:DeactivateMFADevice", { userName: "alice", serialNumber: "x" }, global),
  ),
  high(
    "initial_access_password_recovery",
    on("signin:PasswordRecoveryRequested", null, { ...SIGN_IN, response: { PasswordRecoveryRequested: "Success" } }),
  ),
  high(
    "initial_access_suspicious_user_agent_detected_in_cloudtrail",
    on("sts:GetCallerIdentity", null, { more: { userAgent: "aws-cli/2.9.0 Python/3.11 Linux/6.1.0-kali-amd64" } }),
    on("sts:GetCallerIdentity", null, { more: { userAgent: "TruffleHog" } }),
  ),
  high("lateral_movement_aws_ssm_start_session_to_ec2_instance", on("ssm:StartSession", { target: "i-0e" })),
  high(
    "lateral_movement_ec2_instance_connect_ssh_public_key_uploaded",
    on("ec2-instance-connect:SendSSHPublicKey", { instanceId: "i-0e" }),
    on("ec2-instance-connect:SendSerialConsoleSSHPublicKey", { instanceId: "i-0e", serialPort: 0 }),
  ),
  high(
    "lateral_movement_ec2_instance_console_login",
    on("signin:GetSigninToken", null, { ...SIGN_IN, ...INSTANCE, response: { GetSigninToken: "Success" } }),
    on("signin:ConsoleLogin", null, { ...SIGN_IN, ...INSTANCE, response: { ConsoleLogin: "Success" } }),
  ),
  high(
    "persistence_aws_attempt_to_register_virtual_mfa_device",
    on("iam:CreateVirtualMFADevice", { virtualMFADeviceName: "phone" }, SESSION),
    on("iam:EnableMFADevice", { userName: "mallory", serialNumber: "x" }, SESSION),
  ),
  high("persistence_iam_create_login_profile_for_root", on("iam:CreateLoginProfile", {}, { ...global, by: root() })),
  high(
    "persistence_iam_create_user_via_assumed_role_on_ec2_instance",
    on("iam:CreateUser", { userName: "support" }, { ...global, ...INSTANCE }),
  ),
  high(
    "persistence_iam_oidc_provider_created",
    on("iam:CreateOpenIDConnectProvider", { url: "https://idp.example.net" }, global),
  ),
  high(
    "persistence_iam_roles_anywhere_profile_created",
    on("rolesanywhere:CreateProfile", { name: "x", enabled: true }),
  ),
  high("persistence_iam_saml_provider_created", on("iam:CreateSAMLProvider", { name: "sso" }, global)),
  high(
    "persistence_iam_user_created_access_keys_for_another_user",
    on("iam:CreateAccessKey", { userName: "alice" }, global),
  ),
  high(
    "persistence_lambda_backdoor_invoke_function_for_any_principal",
    on("lambda:AddPermission20150331v2", grant("*")),
  ),
  high("persistence_lambda_cross_account_invocation_backdoor", on("lambda:AddPermission20150331v2", grant(STRANGER))),
  high(
    "persistence_lambda_function_url_public_access",
    on("lambda:CreateFunctionUrlConfig", { functionName: "orders", authType: "NONE" }),
    on("lambda:UpdateFunctionUrlConfig", { functionName: "orders", authType: "NONE" }),
  ),
  high(
    "persistence_route_53_domain_transfer_lock_disabled",
    on("route53domains:DisableDomainTransferLock", { domainName: "example.com" }, global),
  ),
  high(
    "persistence_route_53_domain_transferred_to_another_account",
    on("route53domains:TransferDomainToAnotherAwsAccount", { domainName: "example.com", accountId: STRANGER }, global),
  ),
  high(
    "persistence_sagemaker_lifecycle_config_suspicious_script_content",
    on("sagemaker:CreateNotebookInstanceLifecycleConfig", { onStart: [{ content: "YmFzaCAtaQ==" }] }),
    on("sagemaker:UpdateNotebookInstanceLifecycleConfig", { onStart: [{ content: "YmFzaCAtaQ==" }] }),
  ),
  high(
    "persistence_sensitive_operations_via_cloudshell",
    ...iamCalls({ more: { userAgent: "aws-cli/2.31.0 exec-env/CloudShell" } }),
  ),
  high(
    "privilege_escalation_bedrock_phantom_user_activity_outside_bedrock",
    on("s3:ListBuckets", null, { by: iamUser("BedrockAPIKey-1e2f") }),
  ),
  high(
    "privilege_escalation_bedrock_phantom_user_credentials_added",
    ...["CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile"].map((operation) =>
      on(`iam:${operation}`, { userName: "BedrockAPIKey-1e2f" }, global),
    ),
  ),
  high(
    "privilege_escalation_ec2_instance_profile_associated_with_running_instance",
    on("ec2:AssociateIamInstanceProfile", { AssociateIamInstanceProfileRequest: { InstanceId: "i-0e" } }),
  ),
  high(
    "privilege_escalation_eks_access_entry_granted_cluster_admin_policy",
    ...["AmazonEKSClusterAdminPolicy", "AmazonEKSAdminPolicy"].map((name) =>
      on("eks:AssociateAccessPolicy", { name: "shop", policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}` }),
    ),
  ),
  high(
    "privilege_escalation_iam_administratoraccess_policy_attached_to_user",
    on("iam:AttachUserPolicy", { userName: "backup", policyArn: ADMINISTRATOR }, global),
  ),
  high(
    "privilege_escalation_iam_privilege_operations_via_lambda_execution_role",
    ...iamCalls(
      { by: assumedRole("Function", "orders"), more: { userAgent: "Boto3/1.34 exec-env/AWS_Lambda_python3.12" } },
      {
        AddUserToGroup: { userName: "backup", groupName: "administrators" },
        AttachGroupPolicy: { groupName: "dev", policyArn: ADMINISTRATOR },
      },
    ),
  ),
  high(
    "privilege_escalation_sts_assume_root_from_rare_user_and_member_account",
    on("sts:AssumeRoot", {
      targetPrincipal: STRANGER,
      taskPolicyArn: { arn: "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy" },
    }),
  ),
  high(
    "privilege_escalation_sts_get_federation_token_administrator_access",
    on("sts:GetFederationToken", { name: "console", policyArns: [{ arn: ADMINISTRATOR }] }),
  ),
  ...cannot(
    "data event",
    "high",
    "impact_s3_excessive_object_encryption_with_sse_c",
    "impact_s3_static_site_js_file_uploaded",
    "impact_s3_unusual_object_encryption_with_sse_c",
    "lateral_movement_sns_topic_message_publish_by_rare_user",
  ),
  ...cannot(
    "first seen",
    "high",
    "persistence_iam_api_calls_via_user_session_token",
    "privilege_escalation_bedrock_agentcore_execution_role_used_outside_runtime",
    "privilege_escalation_sagemaker_execution_role_passed_by_unusual_principal",
  ),
  ...cannot(
    "join",
    "high",
    "credential_access_iam_long_term_access_key_correlated_with_elevated_detection_alerts",
    "credential_access_multi_could_secrets_via_api",
    "discovery_bedrock_model_recon_and_invocation_via_long_term_key",
    "initial_access_github_actions_oidc_credentials_used_from_suspicious_network",
    "lateral_movement_k8_assumed_web_identity_session_with_multi_phase_api_use",
  ),
  ...cannot("nested list", "high", "impact_ecs_cryptomining_task_definition_deployment"),
  ...cannot(
    "enrichment",
    "high",
    "discovery_new_terms_vpn_asn_discovery_api_calls",
    "initial_access_assume_role_with_web_identity_kubernetes_sa_from_external_asn",
    "initial_access_aws_api_unusual_asn",
    "persistence_new_terms_ec2_create_keypair_unusual_source_as",
  ),
];
