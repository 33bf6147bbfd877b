import { all, any, equals, isFalse, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall } from "../../example-record";
import { from, named } from "./services";

const DETECTOR = "12abc34d567e8fa901bc2d34e56789f0";

export const findingsSuppressed: Detection = {
  id: "findings-suppressed",
  title: "Findings of a security service suppressed",
  meaning:
    "A list of trusted or malicious addresses of GuardDuty changed, findings are archived or suppressed by a filter or " +
    "rule, or they are no longer published or shown in an insight.",
  why: "The service stays enabled, but findings about the attacker's addresses or resources do not appear.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.001", "T1562.006"] },
  condition: all(
    from("guardduty", "securityhub", "macie2", "access-analyzer"),
    any(
      // Of GuardDuty: IPSet, ThreatIntelSet, TrustedEntitySet and ThreatEntitySet, created, changed or deleted.
      named("*Set", "DeletePublishingDestination", "UpdatePublishingDestination"),
      named("CreateArchiveRule", "UpdateArchiveRule"),
      named("CreateAutomationRule", "CreateAutomationRuleV2", "BatchUpdateAutomationRules"),
      named("DeleteInsight", "UpdateInsight"),
      // GuardDuty's and Macie's filters also serve as saved searches.
      all(named("*Filter"), equals("requestParameters.action", "ARCHIVE")),
    ),
    isFalse("readOnly"),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find the caller (`userIdentity.arn`) and what it suppresses: `requestParameters` has the location of the list or the criteria of the rule.",
      "Remove it: `aws guardduty delete-ip-set` or `delete-filter`, `aws accessanalyzer delete-archive-rule`, `aws securityhub batch-delete-automation-rules`, `aws macie2 delete-findings-filter`.",
      'Read the findings that were archived: `aws guardduty list-findings --detector-id <id> --finding-criteria \'{"Criterion": {"service.archived": {"Eq": ["true"]}}}\'`.',
    ],
    falsePositives: ["The security team suppresses a finding that it has assessed."],
    tuning: "Ignore the security team's role, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("guardduty", "CreateIPSet", {
        requestParameters: {
          detectorId: DETECTOR,
          name: "office",
          format: "TXT",
          location: "s3://example/office.txt",
          activate: true,
        },
      }),
      apiCall("guardduty", "UpdateThreatIntelSet", {
        requestParameters: {
          detectorId: DETECTOR,
          threatIntelSetId: "0cb0141ab9fbde177613ab9436212e90",
          activate: false,
        },
      }),
      apiCall("guardduty", "CreateFilter", {
        requestParameters: { detectorId: DETECTOR, name: "noise", action: "ARCHIVE", rank: 1 },
      }),
      apiCall("guardduty", "DeletePublishingDestination", {
        requestParameters: { detectorId: DETECTOR, destinationId: "4ab9b1e5b4dd2f1f9f6a4bd4e4b9e9ad" },
      }),
      apiCall("access-analyzer", "CreateArchiveRule", {
        requestParameters: { analyzerName: "organization", ruleName: "backup" },
      }),
      apiCall("securityhub", "CreateAutomationRule", {
        requestParameters: { RuleName: "Suppress", RuleStatus: "ENABLED", RuleOrder: 1 },
      }),
      apiCall("securityhub", "UpdateInsight", {
        requestParameters: { InsightArn: `${EXAMPLE_ARN}:securityhub:::insight/1` },
      }),
      apiCall("securityhub", "BatchUpdateAutomationRules"),
      apiCall("macie2", "CreateFindingsFilter", { requestParameters: { action: "ARCHIVE", name: "exports" } }),
    ],
    nearMisses: [
      apiCall("guardduty", "CreateFilter", {
        requestParameters: { detectorId: DETECTOR, name: "view", action: "NOOP", rank: 1 },
      }),
      apiCall("guardduty", "GetIPSet", { requestParameters: { detectorId: DETECTOR } }),
      apiCall("securityhub", "BatchUpdateFindings", { requestParameters: { Workflow: { Status: "RESOLVED" } } }),
      deniedCall("guardduty", "CreateIPSet"),
      apiCall("wafv2", "CreateIPSet", { requestParameters: { name: "office", scope: "REGIONAL" } }),
    ],
  },
};
