import { conditionsFor, type TunedDetection } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { apiCall, assumedRole } from "../../../detections/example-record";
import { watchers } from "../../../detections/packs/watchers";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";

const evaluators = watchers.detections
  .filter((detection): detection is TunedDetection => "condition" in detection)
  .map((detection) => ({ id: detection.id, holds: conditionsFor(detection, EXAMPLE_ACCOUNT).map(predicate) }));

function matching(record: CloudTrailRecord): string[] {
  return evaluators.filter(({ holds }) => holds.some((each) => each(record))).map(({ id }) => id);
}

const STOPPED = "security-service-stopped";
const SUPPRESSED = "findings-suppressed";
const RECORDING = "recording-stopped";
const FIREWALL = "firewall-removed";

test.each<[service: string, operations: string[], detection: string]>([
  ["guardduty", ["DeleteDetector", "DeleteMembers", "DisassociateMembers", "StopMonitoringMembers"], STOPPED],
  ["guardduty", ["DisassociateFromMasterAccount", "DeleteInvitations", "DisableOrganizationAdminAccount"], STOPPED],
  ["securityhub", ["DisableSecurityHub", "DisableSecurityHubV2", "BatchDisableStandards", "DeleteMembers"], STOPPED],
  ["securityhub", ["DisableImportFindingsForProduct", "DisassociateFromAdministratorAccount"], STOPPED],
  ["macie2", ["DisableMacie", "DeleteMember", "DisassociateMember", "DisableOrganizationAdminAccount"], STOPPED],
  ["detective", ["DeleteGraph", "DeleteMembers", "DisassociateMembership"], STOPPED],
  ["inspector2", ["Disable", "DisableDelegatedAdminAccount", "DisassociateMember"], STOPPED],
  ["access-analyzer", ["DeleteAnalyzer"], STOPPED],
  [
    "guardduty",
    ["CreateIPSet", "UpdateIPSet", "DeleteIPSet", "CreateThreatIntelSet", "DeleteThreatIntelSet"],
    SUPPRESSED,
  ],
  ["guardduty", ["CreateTrustedEntitySet", "DeletePublishingDestination"], SUPPRESSED],
  ["access-analyzer", ["CreateArchiveRule", "UpdateArchiveRule"], SUPPRESSED],
  ["securityhub", ["CreateAutomationRule", "CreateAutomationRuleV2", "DeleteInsight"], SUPPRESSED],
  ["config", ["StopConfigurationRecorder", "DeleteConfigurationRecorder", "DeleteDeliveryChannel"], RECORDING],
  ["ec2", ["DeleteFlowLogs"], RECORDING],
  ["route53resolver", ["DeleteResolverQueryLogConfig", "DisassociateResolverQueryLogConfig"], RECORDING],
  ["route53", ["DeleteQueryLoggingConfig"], RECORDING],
  ["cloudtrail", ["DeleteEventDataStore", "StopEventDataStoreIngestion"], RECORDING],
  ["bedrock", ["DeleteModelInvocationLoggingConfiguration"], RECORDING],
  ["wafv2", ["DeleteWebACL", "DisassociateWebACL", "DeleteRuleGroup", "DeleteLoggingConfiguration"], FIREWALL],
  ["waf", ["DeleteWebACL", "DeleteRuleGroup"], FIREWALL],
  ["network-firewall", ["DeleteFirewall", "DeleteFirewallPolicy", "DeleteRuleGroup", "DisassociateSubnets"], FIREWALL],
  ["route53resolver", ["DisassociateFirewallRuleGroup", "DeleteFirewallRuleGroup", "DeleteFirewallRule"], FIREWALL],
  ["bedrock", ["DeleteGuardrail", "UpdateGuardrail"], FIREWALL],
  ["config", ["DeleteConfigRule", "DeleteConformancePack", "DeleteOrganizationConfigRule"], "alarm-or-rule-deleted"],
  ["config", ["DeleteOrganizationConformancePack", "DisassociateResourceTypes"], "alarm-or-rule-deleted"],
])("%s %j", (service, operations, detection) => {
  for (const operation of operations)
    expect([operation, matching(apiCall(service, operation))]).toEqual([operation, [detection]]);
});

test.each<[string, CloudTrailRecord, string[]]>([
  ["a detector enabled", update("guardduty", "UpdateDetector", { enable: true }), []],
  ["a detector suspended", update("guardduty", "UpdateDetector", { enable: false }), [STOPPED]],
  ["a member's feature off", update("guardduty", "UpdateMemberDetectors", feature("DISABLED")), [STOPPED]],
  ["a member's feature on", update("guardduty", "UpdateMemberDetectors", feature("ENABLED")), []],
  ["new accounts left out", update("guardduty", "UpdateOrganizationConfiguration", { autoEnable: false }), [STOPPED]],
  ["Detective's, too", update("detective", "UpdateOrganizationConfiguration", { AutoEnable: false }), [STOPPED]],
  ["a member's Macie paused", update("macie2", "UpdateMemberSession", { status: "PAUSED" }), [STOPPED]],
  ["a filter that archives", update("guardduty", "UpdateFilter", { action: "ARCHIVE" }), [SUPPRESSED]],
  ["a saved search of Macie", update("macie2", "CreateFindingsFilter", { action: "NOOP" }), []],
  ["a list read", apiCall("guardduty", "GetThreatIntelSet"), []],
  ["AWS Config by itself", byService("config", "StopConfigurationRecorder", "config.amazonaws.com"), []],
  ["a rule of Security Hub", byService("config", "DeleteConfigRule", "securityhub.amazonaws.com"), []],
  ["a group kept for a day", update("logs", "PutRetentionPolicy", retention(1)), ["log-group-deleted"]],
  ["a group kept for a week", update("logs", "PutRetentionPolicy", retention(7)), []],
  ["our group", update("logs", "DeleteLogGroup", { logGroupName: "/trailwatch/example/trail" }), []],
  ["a log group of a deleted stack", byService("logs", "DeleteLogGroup", "cloudformation.amazonaws.com"), []],
])("%s", (_name, record, detections) => {
  expect(matching(record)).toEqual(detections);
});

function update(service: string, operation: string, requestParameters: object): CloudTrailRecord {
  return apiCall(service, operation, { requestParameters });
}

function feature(status: string): object {
  return { accountIds: ["444455556666"], features: [{ name: "RDS_LOGIN_EVENTS", status }] };
}

function retention(days: number): object {
  return { logGroupName: "payments", retentionInDays: days };
}

function byService(service: string, operation: string, invokedBy: string): CloudTrailRecord {
  return apiCall(service, operation, { userIdentity: { ...assumedRole("AWSServiceRole"), invokedBy } });
}
