import { all, any, equals, isFalse, matches, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";
import { from, named } from "./services";

/** Services whose operations to leave, to disable and to cut off members have the same names. */
const SERVICES = ["guardduty", "securityhub", "macie2", "access-analyzer", "detective", "inspector2"];

/** All operations of these services that begin so disable something or cut off accounts. */
const STOPPING = [
  // `Disable…` and `Disassociate…`.
  ...["Dis*", "DeleteMembers", "DeleteMember", "StopMonitoringMembers", "DeleteInvitations"],
  ...["DeleteDetector", "DeleteAnalyzer", "DeleteGraph", "BatchDisableStandards"],
];

export const securityServiceStopped: Detection = {
  id: "security-service-stopped",
  title: "Security service stopped or accounts cut off",
  meaning:
    "GuardDuty, Security Hub, Macie, Access Analyzer, Detective or Inspector was disabled or suspended, a feature of " +
    "it was turned off, or accounts were cut off from its administrator.",
  why: "The service reports nothing about what follows. Attackers disable it first.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.001"] },
  condition: all(
    from(...SERVICES),
    any(
      named(...STOPPING),
      all(
        matches("eventName", "Update*"),
        any(
          isFalse("requestParameters.enable"),
          isFalse("requestParameters.autoEnable"),
          isFalse("requestParameters.autoEnable.ec2"),
          // Security Hub's and Detective's parameters begin with upper case.
          isFalse("requestParameters.AutoEnable"),
          equals("requestParameters.autoEnableOrganizationMembers", "NONE"),
          equals("requestParameters.features[*].status", "DISABLED"),
          equals("requestParameters.status", "PAUSED"),
          equals("requestParameters.status", "DISABLED"),
        ),
      ),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find the caller (`userIdentity.arn`) and revoke its sessions, unless the security team confirms the change.",
      "Restore the service: `aws guardduty create-detector --enable` or `update-detector --enable`, `aws securityhub enable-security-hub`, `aws macie2 enable-macie` or `update-macie-session --status ENABLED`, `aws inspector2 enable`, `aws accessanalyzer create-analyzer`, `aws detective create-graph`.",
      "Add accounts that were cut off again, from the administrator: `aws guardduty list-members --detector-id <id> --only-associated false`, then `create-members` and `start-monitoring-members`; other services in the same way.",
      "Findings of a deleted detector are lost. Search the archive for the time without the service.",
    ],
    falsePositives: [
      "An account that is closed or leaves the organization.",
      "A new account administrates the service, or a Region is taken out of use.",
    ],
    tuning: "Ignore the role that manages these services, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("guardduty", "DeleteDetector", { requestParameters: { detectorId: "12abc34d567e8fa901bc2d34e56789f0" } }),
      apiCall("guardduty", "UpdateDetector", {
        requestParameters: { detectorId: "12abc34d567e8fa901bc2d34e56789f0", enable: false },
      }),
      apiCall("guardduty", "UpdateDetector", {
        requestParameters: {
          detectorId: "12abc34d567e8fa901bc2d34e56789f0",
          features: [
            { name: "EKS_AUDIT_LOGS", status: "ENABLED" },
            { name: "S3_DATA_EVENTS", status: "DISABLED" },
          ],
        },
      }),
      apiCall("guardduty", "StopMonitoringMembers", {
        requestParameters: { detectorId: "12abc34d567e8fa901bc2d34e56789f0", accountIds: ["444455556666"] },
      }),
      apiCall("guardduty", "UpdateOrganizationConfiguration", {
        requestParameters: {
          detectorId: "12abc34d567e8fa901bc2d34e56789f0",
          autoEnableOrganizationMembers: "NONE",
        },
      }),
      apiCall("securityhub", "DisassociateFromAdministratorAccount"),
      apiCall("securityhub", "DisableSecurityHub"),
      apiCall("macie2", "UpdateMacieSession", { requestParameters: { status: "PAUSED" } }),
      apiCall("inspector2", "Disable", {
        requestParameters: { accountIds: ["111122223333"], resourceTypes: ["EC2", "ECR", "LAMBDA"] },
      }),
      apiCall("securityhub", "UpdateOrganizationConfiguration", { requestParameters: { AutoEnable: false } }),
      apiCall("inspector2", "UpdateOrganizationConfiguration", {
        requestParameters: { autoEnable: { ec2: false, ecr: true } },
      }),
      apiCall("access-analyzer", "DeleteAnalyzer", { requestParameters: { analyzerName: "organization" } }),
    ],
    nearMisses: [
      deniedCall("guardduty", "DeleteDetector"),
      apiCall("guardduty", "UpdateDetector", {
        requestParameters: {
          detectorId: "12abc34d567e8fa901bc2d34e56789f0",
          enable: true,
          findingPublishingFrequency: "FIFTEEN_MINUTES",
          features: [{ name: "S3_DATA_EVENTS", status: "ENABLED" }],
        },
      }),
      apiCall("securityhub", "UpdateOrganizationConfiguration", { requestParameters: { AutoEnable: true } }),
      apiCall("macie2", "UpdateMacieSession", { requestParameters: { status: "ENABLED" } }),
      apiCall("frauddetector", "DeleteDetector", { requestParameters: { detectorId: "payments" } }),
    ],
  },
};
