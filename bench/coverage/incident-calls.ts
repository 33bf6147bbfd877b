import type { Tactic } from "../../detections/attack-techniques";
import { GLOBAL, STRANGER, type ReplayedCall } from "./replayed-call";

/** A call that intruders made in incidents that were published. */
export interface IncidentCall extends ReplayedCall {
  readonly tactic: Tactic;
}

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const OUTSIDER = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${STRANGER}:root` }, Action: "sts:AssumeRole" }],
});
const EVERYBODY = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::orders/*" };

const iam = (operation: string, tactic: Tactic, request: object): IncidentCall => ({
  ...{ call: `iam:${operation}`, tactic, request },
  region: GLOBAL,
});

/**
 * Write calls and secret reads of incidents, by service. The choice follows reports of intrusions into AWS accounts and
 * the public catalogue TrailDiscover; parameters are our own. Calls that every deployment makes, such as CreateFunction,
 * are left out.
 */
export const INCIDENT_CALLS: readonly IncidentCall[] = [
  iam("CreateAccessKey", "Persistence", { userName: "backup" }),
  iam("CreateLoginProfile", "Persistence", { userName: "backup", passwordResetRequired: false }),
  iam("UpdateLoginProfile", "Privilege Escalation", { userName: "alice" }),
  iam("CreateUser", "Persistence", { userName: "support-desk" }),
  iam("AttachUserPolicy", "Privilege Escalation", { userName: "backup", policyArn: ADMINISTRATOR }),
  iam("AttachRolePolicy", "Privilege Escalation", { roleName: "app", policyArn: ADMINISTRATOR }),
  iam("AttachGroupPolicy", "Privilege Escalation", { groupName: "dev", policyArn: ADMINISTRATOR }),
  iam("PutUserPolicy", "Privilege Escalation", { userName: "backup", policyName: "x", policyDocument: "{}" }),
  iam("PutRolePolicy", "Privilege Escalation", { roleName: "app", policyName: "x", policyDocument: "{}" }),
  iam("PutGroupPolicy", "Privilege Escalation", { groupName: "dev", policyName: "x", policyDocument: "{}" }),
  iam("CreatePolicyVersion", "Privilege Escalation", { policyArn: "arn:aws:iam::1:policy/app", setAsDefault: true }),
  iam("SetDefaultPolicyVersion", "Privilege Escalation", { policyArn: "arn:aws:iam::1:policy/app", versionId: "v1" }),
  iam("AddUserToGroup", "Privilege Escalation", { userName: "backup", groupName: "administrators" }),
  iam("CreateRole", "Persistence", { roleName: "support", assumeRolePolicyDocument: OUTSIDER }),
  iam("UpdateAssumeRolePolicy", "Persistence", { roleName: "app", policyDocument: OUTSIDER }),
  iam("CreateSAMLProvider", "Persistence", { name: "sso" }),
  iam("CreateOpenIDConnectProvider", "Persistence", { url: "https://idp.example.net" }),
  iam("DeactivateMFADevice", "Defense Evasion", { userName: "alice", serialNumber: "arn:aws:iam::1:mfa/alice" }),
  iam("CreateVirtualMFADevice", "Persistence", { virtualMFADeviceName: "phone" }),
  iam("DeleteRolePermissionsBoundary", "Privilege Escalation", { roleName: "app" }),
  iam("DeleteAccountPasswordPolicy", "Defense Evasion", {}),
  iam("DeleteUser", "Impact", { userName: "alice" }),
  iam("DeleteLoginProfile", "Impact", { userName: "alice" }),
  iam("UpdateAccessKey", "Persistence", { userName: "backup", accessKeyId: "AKIAEXAMPLEKEY000000", status: "Active" }),
  iam("CreateServiceSpecificCredential", "Persistence", { userName: "backup", serviceName: "bedrock.amazonaws.com" }),
  iam("AddRoleToInstanceProfile", "Privilege Escalation", { roleName: "admin", instanceProfileName: "web" }),
  { call: "rolesanywhere:CreateTrustAnchor", tactic: "Persistence", request: { name: "anchor", enabled: true } },
  { call: "rolesanywhere:CreateProfile", tactic: "Persistence", request: { name: "profile", enabled: true } },
  { call: "sts:GetFederationToken", tactic: "Persistence", request: { name: "console" } },
  {
    ...{ call: "signin:GetSigninToken", tactic: "Lateral Movement", region: GLOBAL, eventType: "AwsConsoleSignIn" },
    response: { GetSigninToken: "Success" },
  },
  {
    ...{ call: "signin:PasswordRecoveryRequested", tactic: "Initial Access", region: GLOBAL },
    ...{ eventType: "AwsConsoleSignIn", response: { PasswordRecoveryRequested: "Success" } },
  },
  {
    call: "ec2:ModifyInstanceAttribute",
    tactic: "Execution",
    request: { instanceId: "i-0e", userData: "<sensitive>" },
  },
  {
    ...{
      call: "ec2:GetPasswordData",
      tactic: "Credential Access",
      times: 10,
      errorCode: "Client.UnauthorizedOperation",
    },
    request: { instanceId: "i-0e" },
  },
  { call: "ec2:CreateKeyPair", tactic: "Persistence", request: { keyName: "ops" } },
  { call: "ec2:ImportKeyPair", tactic: "Persistence", request: { keyName: "ops" } },
  { call: "ec2:EnableSerialConsoleAccess", tactic: "Lateral Movement" },
  { call: "ec2-instance-connect:SendSSHPublicKey", tactic: "Lateral Movement", request: { instanceId: "i-0e" } },
  {
    ...{ call: "ec2-instance-connect:SendSerialConsoleSSHPublicKey", tactic: "Lateral Movement" },
    request: { instanceId: "i-0e", serialPort: 0 },
  },
  {
    ...{ call: "ec2:RunInstances", tactic: "Impact" },
    request: { instanceType: "p3.16xlarge", instancesSet: { items: [{ imageId: "ami-0e", minCount: 20 }] } },
  },
  {
    ...{ call: "ec2:AuthorizeSecurityGroupIngress", tactic: "Defense Evasion" },
    request: {
      groupId: "sg-0e",
      ipPermissions: {
        items: [
          { ipProtocol: "tcp", fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] }, groups: {} },
        ],
      },
    },
    response: { securityGroupRuleSet: { items: [{ fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0" }] } },
  },
  {
    ...{ call: "ec2:ModifySnapshotAttribute", tactic: "Exfiltration" },
    request: {
      snapshotId: "snap-0e",
      createVolumePermission: { add: { items: [{ userId: STRANGER }] } },
      attributeType: "CREATE_VOLUME_PERMISSION",
    },
  },
  {
    ...{ call: "ec2:ModifyImageAttribute", tactic: "Exfiltration" },
    request: { imageId: "ami-0e", launchPermission: { add: { items: [{ userId: STRANGER }] } } },
  },
  { call: "ec2:CreateInstanceExportTask", tactic: "Exfiltration", request: { instanceId: "i-0e" } },
  { call: "ec2:CreateStoreImageTask", tactic: "Exfiltration", request: { imageId: "ami-0e", bucket: "outside" } },
  { call: "ec2:DeregisterImage", tactic: "Impact", request: { imageId: "ami-0e" } },
  { call: "ec2:DeleteSnapshot", tactic: "Impact", request: { snapshotId: "snap-0e" }, times: 20 },
  { call: "ec2:DeleteFlowLogs", tactic: "Defense Evasion", request: { flowLogId: "fl-0e" } },
  { call: "ec2:DisableEbsEncryptionByDefault", tactic: "Defense Evasion" },
  { call: "ec2:AssociateIamInstanceProfile", tactic: "Privilege Escalation", request: { instanceId: "i-0e" } },
  { call: "ec2:CreateTrafficMirrorSession", tactic: "Credential Access", request: { networkInterfaceId: "eni-0e" } },
  { call: "ssm:SendCommand", tactic: "Execution", request: { documentName: "AWS-RunShellScript" } },
  { call: "ssm:StartSession", tactic: "Execution", request: { target: "i-0e" } },
  { call: "ecs:ExecuteCommand", tactic: "Execution", request: { cluster: "web", command: "/bin/sh" } },
  { call: "lambda:UpdateFunctionCode20150331v2", tactic: "Persistence", request: { functionName: "orders" } },
  {
    ...{ call: "lambda:UpdateFunctionConfiguration20150331v2", tactic: "Persistence" },
    request: { functionName: "orders", layers: [`arn:aws:lambda:eu-west-1:${STRANGER}:layer:extension:1`] },
  },
  {
    ...{ call: "lambda:AddPermission20150331v2", tactic: "Persistence" },
    request: { functionName: "orders", principal: STRANGER, action: "lambda:InvokeFunction", statementId: "x" },
  },
  {
    ...{ call: "lambda:CreateFunctionUrlConfig", tactic: "Persistence" },
    request: { functionName: "orders", authType: "NONE" },
  },
  { call: "sagemaker:UpdateNotebookInstanceLifecycleConfig", tactic: "Persistence", request: { onStart: [{}] } },
  {
    call: "eks:CreateAccessEntry",
    tactic: "Persistence",
    request: { clusterName: "shop", principalArn: "arn:aws:iam::1:user/x" },
  },
  {
    ...{ call: "s3:PutBucketPolicy", tactic: "Exfiltration" },
    request: { bucketName: "orders", bucketPolicy: { Version: "2012-10-17", Statement: [EVERYBODY] } },
  },
  { call: "s3:PutBucketAcl", tactic: "Exfiltration", request: { bucketName: "orders", "x-amz-acl": "public-read" } },
  {
    ...{ call: "s3:PutBucketReplication", tactic: "Exfiltration" },
    request: {
      bucketName: "orders",
      ReplicationConfiguration: { Rule: { Destination: { Bucket: "arn:aws:s3:::outside", Account: STRANGER } } },
    },
  },
  {
    ...{ call: "s3:PutBucketVersioning", tactic: "Impact" },
    request: { bucketName: "orders", VersioningConfiguration: { Status: "Suspended" } },
  },
  {
    ...{ call: "s3:PutBucketLifecycle", tactic: "Impact" },
    request: { bucketName: "orders", LifecycleConfiguration: { Rule: { Expiration: { Days: 1 }, Status: "Enabled" } } },
  },
  { call: "s3:DeleteBucketEncryption", tactic: "Defense Evasion", request: { bucketName: "orders" } },
  {
    ...{ call: "s3:PutBucketLogging", tactic: "Defense Evasion" },
    request: { bucketName: "orders", BucketLoggingStatus: { xmlns: "http://s3.amazonaws.com/doc/2006-03-01/" } },
  },
  { call: "s3:DeleteBucket", tactic: "Impact", request: { bucketName: "orders" } },
  { call: "s3:DeleteBucketPublicAccessBlock", tactic: "Defense Evasion", request: { bucketName: "orders" } },
  {
    ...{ call: "rds:ModifyDBInstance", tactic: "Credential Access" },
    request: { dBInstanceIdentifier: "orders", masterUserPassword: "****" },
  },
  {
    ...{ call: "rds:DeleteDBInstance", tactic: "Impact" },
    request: { dBInstanceIdentifier: "orders", skipFinalSnapshot: true },
  },
  {
    ...{ call: "rds:DeleteDBCluster", tactic: "Impact" },
    request: { dBClusterIdentifier: "orders", skipFinalSnapshot: true },
  },
  {
    ...{ call: "rds:ModifyDBSnapshotAttribute", tactic: "Exfiltration" },
    request: { dBSnapshotIdentifier: "orders", attributeName: "restore", valuesToAdd: [STRANGER] },
  },
  {
    ...{ call: "rds:RestoreDBInstanceFromDBSnapshot", tactic: "Exfiltration" },
    request: { dBInstanceIdentifier: "copy", dBSnapshotIdentifier: "orders" },
    response: { dBInstanceIdentifier: "copy", publiclyAccessible: true },
  },
  {
    call: "rds:StartExportTask",
    tactic: "Exfiltration",
    request: { exportTaskIdentifier: "x", s3BucketName: "outside" },
  },
  { call: "backup:DeleteBackupVault", tactic: "Impact", request: { backupVaultName: "nightly" } },
  { call: "backup:DeleteRecoveryPoint", tactic: "Impact", request: { backupVaultName: "nightly" } },
  { call: "elasticfilesystem:DeleteFileSystem", tactic: "Impact", request: { fileSystemId: "fs-0e" } },
  { call: "kms:ScheduleKeyDeletion", tactic: "Impact", request: { keyId: "1-2-3", pendingWindowInDays: 7 } },
  {
    call: "kms:CreateGrant",
    tactic: "Persistence",
    request: { keyId: "1-2-3", granteePrincipal: `arn:aws:iam::${STRANGER}:root` },
  },
  {
    ...{ call: "ecr:SetRepositoryPolicy", tactic: "Exfiltration" },
    request: {
      repositoryName: "shop",
      policyText: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:*"}]}',
    },
  },
  {
    call: "secretsmanager:GetSecretValue",
    tactic: "Credential Access",
    request: { secretId: "orders/database" },
    times: 20,
  },
  {
    call: "secretsmanager:BatchGetSecretValue",
    tactic: "Credential Access",
    request: { filters: [{ key: "tag-key" }] },
  },
  {
    ...{ call: "ssm:GetParameters", tactic: "Credential Access", times: 5 },
    request: { names: Array.from({ length: 10 }, (_none, number) => `/orders/${number}`), withDecryption: true },
  },
  {
    call: "secretsmanager:DeleteSecret",
    tactic: "Impact",
    request: { secretId: "orders", forceDeleteWithoutRecovery: true },
  },
  { call: "cloudtrail:StopLogging", tactic: "Defense Evasion", request: { name: "trail" } },
  { call: "cloudtrail:DeleteTrail", tactic: "Defense Evasion", request: { name: "trail" } },
  { call: "cloudtrail:PutEventSelectors", tactic: "Defense Evasion", request: { trailName: "trail" } },
  { call: "cloudtrail:UpdateTrail", tactic: "Defense Evasion", request: { name: "trail", isMultiRegionTrail: false } },
  { call: "guardduty:DeleteDetector", tactic: "Defense Evasion", request: { detectorId: "1e" } },
  { call: "guardduty:UpdateDetector", tactic: "Defense Evasion", request: { detectorId: "1e", enable: false } },
  { call: "guardduty:CreateIPSet", tactic: "Defense Evasion", request: { detectorId: "1e", activate: true } },
  {
    call: "guardduty:CreateFilter",
    tactic: "Defense Evasion",
    request: { detectorId: "1e", action: "ARCHIVE", name: "x" },
  },
  { call: "guardduty:DisassociateFromAdministratorAccount", tactic: "Defense Evasion", request: { detectorId: "1e" } },
  { call: "guardduty:DeleteMembers", tactic: "Defense Evasion", request: { detectorId: "1e", accountIds: ["1"] } },
  { call: "guardduty:DeletePublishingDestination", tactic: "Defense Evasion", request: { detectorId: "1e" } },
  { call: "securityhub:DisableSecurityHub", tactic: "Defense Evasion" },
  { call: "macie2:DisableMacie", tactic: "Defense Evasion" },
  { call: "access-analyzer:DeleteAnalyzer", tactic: "Defense Evasion", request: { analyzerName: "default" } },
  {
    call: "config:StopConfigurationRecorder",
    tactic: "Defense Evasion",
    request: { configurationRecorderName: "default" },
  },
  { call: "config:DeleteDeliveryChannel", tactic: "Defense Evasion", request: { deliveryChannelName: "default" } },
  { call: "route53resolver:DeleteResolverQueryLogConfig", tactic: "Defense Evasion" },
  { call: "wafv2:DeleteWebACL", tactic: "Defense Evasion", request: { name: "shop" } },
  { call: "logs:DeleteLogGroup", tactic: "Defense Evasion", request: { logGroupName: "/app/orders" } },
  {
    call: "logs:DeleteLogStream",
    tactic: "Defense Evasion",
    request: { logGroupName: "/app/orders", logStreamName: "1" },
  },
  { call: "monitoring:DeleteAlarms", tactic: "Defense Evasion", request: { alarmNames: ["orders-errors"] } },
  { call: "bedrock:DeleteModelInvocationLoggingConfiguration", tactic: "Defense Evasion" },
  { call: "bedrock:PutFoundationModelEntitlement", tactic: "Impact", request: { modelId: "anthropic.model" } },
  { call: "bedrock:PutUseCaseForModelAccess", tactic: "Impact", request: { formData: "x" } },
  { call: "ses:UpdateAccountSendingEnabled", tactic: "Impact", request: { enabled: true } },
  { call: "ses:PutAccountDetails", tactic: "Impact", request: { productionAccessEnabled: true } },
  {
    call: "route53domains:TransferDomainToAnotherAwsAccount",
    tactic: "Impact",
    region: GLOBAL,
    request: { domainName: "example.com", accountId: STRANGER },
  },
  { call: "organizations:LeaveOrganization", tactic: "Defense Evasion", region: GLOBAL },
  { call: "account:EnableRegion", tactic: "Defense Evasion", region: GLOBAL, request: { RegionName: "af-south-1" } },
  {
    call: "servicequotas:RequestServiceQuotaIncrease",
    tactic: "Impact",
    request: { serviceCode: "ec2", desiredValue: 500 },
  },
  iam("DetachRolePolicy", "Defense Evasion", { roleName: "app", policyArn: "arn:aws:iam::1:policy/deny" }),
  iam("DetachUserPolicy", "Defense Evasion", { userName: "backup", policyArn: "arn:aws:iam::aws:policy/AWSDenyAll" }),
  iam("DeleteUserPolicy", "Defense Evasion", { userName: "backup", policyName: "deny" }),
  iam("DeleteAccessKey", "Defense Evasion", { userName: "backup", accessKeyId: "AKIAEXAMPLEKEY000000" }),
  { call: "sso:StartSSO", tactic: "Persistence" },
  { call: "sso:UpdateSsoConfiguration", tactic: "Persistence", request: { instanceArn: "arn:aws:sso:::instance/1" } },
  { call: "cloudshell:CreateSession", tactic: "Execution", request: { SessionType: "TMUX" } },
  { call: "ec2:ReplaceIamInstanceProfileAssociation", tactic: "Privilege Escalation" },
  {
    ...{ call: "ec2:CreateNetworkAclEntry", tactic: "Persistence" },
    request: { networkAclId: "acl-0e", egress: false, ruleAction: "allow", aclProtocol: "-1", cidrBlock: "0.0.0.0/0" },
  },
  {
    ...{ call: "ec2:SharedSnapshotCopyInitiated", tactic: "Exfiltration", eventType: "AwsServiceEvent" },
    ...{ by: { invokedBy: "ec2.amazonaws.com" }, more: { serviceEventDetails: { snapshotId: "snap-0e" } } },
  },
  {
    ...{ call: "ec2:SharedSnapshotVolumeCreated", tactic: "Exfiltration", eventType: "AwsServiceEvent" },
    ...{ by: { invokedBy: "ec2.amazonaws.com" }, more: { serviceEventDetails: { snapshotId: "snap-0e" } } },
  },
  {
    call: "ec2:TerminateInstances",
    tactic: "Impact",
    request: { instancesSet: { items: [{ instanceId: "i-0e" }] } },
    times: 20,
  },
  { call: "ec2:DeleteVolume", tactic: "Impact", request: { volumeId: "vol-0e" }, times: 20 },
  {
    call: "autoscaling:CreateAutoScalingGroup",
    tactic: "Impact",
    request: { autoScalingGroupName: "x", maxSize: 500 },
  },
  { call: "lightsail:CreateInstances", tactic: "Impact", request: { instanceNames: ["x"], bundleId: "2xlarge_3_0" } },
  { call: "guardduty:DeleteInvitations", tactic: "Defense Evasion", request: { accountIds: ["1"] } },
  { call: "guardduty:DisassociateFromMasterAccount", tactic: "Defense Evasion", request: { detectorId: "1e" } },
  { call: "rds:ModifyActivityStream", tactic: "Defense Evasion", request: { auditPolicyState: "unlocked" } },
  { call: "bedrock:CreateFoundationModelAgreement", tactic: "Impact", request: { modelId: "anthropic.model" } },
  { call: "agreement-marketplace:AcceptAgreementRequest", tactic: "Impact", region: GLOBAL },
  { call: "ses:CreateEmailIdentity", tactic: "Impact", request: { emailIdentity: "example.net" } },
  { call: "ses:VerifyEmailIdentity", tactic: "Impact", request: { emailAddress: "bank@example.net" } },
  { call: "ses:DeleteIdentity", tactic: "Defense Evasion", request: { identity: "bank@example.net" } },
  {
    call: "route53domains:RegisterDomain",
    tactic: "Resource Development",
    region: GLOBAL,
    request: { domainName: "example.net" },
  },
  { call: "organizations:CreateAccount", tactic: "Persistence", region: GLOBAL, request: { accountName: "x" } },
  {
    call: "organizations:InviteAccountToOrganization",
    tactic: "Persistence",
    region: GLOBAL,
    request: { target: { id: STRANGER } },
  },
  { call: "sqs:PurgeQueue", tactic: "Impact", request: { queueUrl: "https://sqs.eu-west-1.amazonaws.com/1/orders" } },
  { call: "transfer:CreateServer", tactic: "Exfiltration", request: { endpointType: "PUBLIC", protocols: ["SFTP"] } },
  { call: "support:CreateCase", tactic: "Impact", region: GLOBAL, request: { serviceCode: "service-limit-increase" } },
];
