/** A metric filter of the CIS benchmark's monitoring section, with the metric that it counts. */
export interface CisFilter {
  readonly metric: string;
  readonly pattern: string;
}

/** Namespace of the metrics. */
export const CIS_NAMESPACE = "CISBenchmark";

/**
 * The filters of the CIS AWS Foundations Benchmark, with the names that Terraform modules for it commonly give them.
 * They select the same events as pack `cis`, but are spelled differently.
 */
export const CIS_FILTERS: readonly CisFilter[] = [
  {
    metric: "UnauthorizedAPICalls",
    pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
  },
  {
    metric: "NoMFAConsoleSignin",
    pattern: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
  },
  {
    metric: "RootUsage",
    pattern:
      '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  },
  {
    metric: "IAMChanges",
    pattern: calls(
      ...["DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy"],
      ...["PutUserPolicy", "CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion"],
      ...["AttachRolePolicy", "DetachRolePolicy", "AttachUserPolicy", "DetachUserPolicy"],
      ...["AttachGroupPolicy", "DetachGroupPolicy"],
    ),
  },
  {
    metric: "CloudTrailCfgChanges",
    pattern: calls("CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"),
  },
  {
    metric: "ConsoleSigninFailures",
    pattern: '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
  },
  { metric: "DisableOrDeleteCMK", pattern: callsOf("kms", "DisableKey", "ScheduleKeyDeletion") },
  {
    metric: "S3BucketPolicyChanges",
    pattern: callsOf(
      "s3",
      ...["PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication"],
      ...["DeleteBucketPolicy", "DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketReplication"],
    ),
  },
  {
    metric: "AWSConfigChanges",
    pattern: callsOf(
      "config",
      ...["StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder"],
    ),
  },
  {
    metric: "SecurityGroupChanges",
    pattern: calls(
      ...["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress"],
      ...["RevokeSecurityGroupEgress", "CreateSecurityGroup", "DeleteSecurityGroup"],
    ),
  },
  {
    metric: "NACLChanges",
    pattern: calls(
      ...["CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry"],
      ...["ReplaceNetworkAclEntry", "ReplaceNetworkAclAssociation"],
    ),
  },
  {
    metric: "NetworkGWChanges",
    pattern: calls(
      ...["CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway"],
      ...["DeleteInternetGateway", "DetachInternetGateway"],
    ),
  },
  {
    metric: "RouteTableChanges",
    pattern: calls(
      ...["CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation", "DeleteRouteTable"],
      ...["DeleteRoute", "DisassociateRouteTable"],
    ),
  },
  {
    metric: "VPCChanges",
    pattern: calls(
      ...["CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection", "CreateVpcPeeringConnection"],
      ...["DeleteVpcPeeringConnection", "RejectVpcPeeringConnection", "AttachClassicLinkVpc"],
      ...["DetachClassicLinkVpc", "DisableVpcClassicLink", "EnableVpcClassicLink"],
    ),
  },
  {
    metric: "OrganizationsChanges",
    pattern: callsOf(
      "organizations",
      ...["AcceptHandshake", "AttachPolicy", "CreateAccount", "CreateOrganizationalUnit", "CreatePolicy"],
      ...["DeclineHandshake", "DeleteOrganization", "DeleteOrganizationalUnit", "DeletePolicy", "DetachPolicy"],
      ...["DisablePolicyType", "EnablePolicyType", "InviteAccountToOrganization", "LeaveOrganization", "MoveAccount"],
      ...["RemoveAccountFromOrganization", "UpdatePolicy", "UpdateOrganizationalUnit"],
    ),
  },
];

function calls(...names: readonly string[]): string {
  return `{ ${anyOf(names)} }`;
}

function callsOf(service: string, ...names: readonly string[]): string {
  return `{ ($.eventSource = ${service}.amazonaws.com) && (${anyOf(names)}) }`;
}

function anyOf(names: readonly string[]): string {
  return names.map((name) => `($.eventName = ${name})`).join(" || ");
}
