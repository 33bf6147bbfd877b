import { ownNames } from "../../../lib/naming/own-names";
import { notByService } from "../../by-service";
import { all, any, isFalse, matches, not, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall, iamUser } from "../../example-record";
import { from, named } from "./services";

export const alarmOrRuleDeleted: Detection = {
  id: "alarm-or-rule-deleted",
  title: "Alarm or compliance rule of another team deleted or disabled",
  meaning:
    "A CloudWatch alarm that is not Trailwatch's was deleted or its actions disabled, a rule or conformance " +
    "pack of AWS Config was deleted, or its recorder restricted to some types of resources.",
  why: "Another team's alarm may be the only one that sees the attack's effect. A deleted rule no longer repairs or reports what is opened.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.001", "T1562.006"] },
  condition: (account) => [
    all(
      from("monitoring", "config"),
      any(
        all(
          named("DeleteAlarms", "DisableAlarmActions"),
          not(matches("requestParameters.alarmNames[0]", ownNames(account.names).pattern)),
        ),
        named("DeleteConfigRule", "DeleteConformancePack", "DeleteOrganization*", "DisassociateResourceTypes"),
        all(
          named("PutConfigurationRecorder"),
          isFalse("requestParameters.configurationRecorder.recordingGroup.allSupported"),
        ),
      ),
      succeeded(),
      // Auto Scaling deletes the alarms of its policies; Security Hub, Control Tower and CloudFormation delete rules.
      notByService(),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Contact the caller (`userIdentity.arn`) or the owner of the alarm or rule for the reason.",
      "Restore it: `aws cloudwatch enable-alarm-actions --alarm-names <name>`; what was deleted, from its code.",
      "Look for what it would have reported: other calls of the caller in the same hour.",
    ],
    falsePositives: [
      "An application that is taken down by its deployment.",
      "Maintenance that disables alarm actions.",
      "AWS Config is set up to record fewer types of resources.",
    ],
    tuning: "Ignore the deployment role of the applications, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("monitoring", "DeleteAlarms", { requestParameters: { alarmNames: ["payments-5xx"] } }),
      apiCall("monitoring", "DeleteAlarms", {
        userIdentity: { ...iamUser("alice"), invokedBy: "signin.amazonaws.com" },
        requestParameters: { alarmNames: ["payments-5xx"] },
      }),
      apiCall("monitoring", "DisableAlarmActions", {
        requestParameters: { alarmNames: ["payments-5xx", "queue-age"] },
      }),
      apiCall("config", "DeleteConfigRule", {
        requestParameters: { configRuleName: "s3-bucket-public-read-prohibited" },
      }),
      apiCall("config", "DisassociateResourceTypes", {
        requestParameters: { resourceTypes: ["AWS::IAM::Role", "AWS::S3::Bucket"] },
      }),
      apiCall("config", "PutConfigurationRecorder", {
        requestParameters: {
          configurationRecorder: {
            name: "default",
            recordingGroup: { allSupported: false, resourceTypes: ["AWS::S3::Bucket"] },
          },
        },
      }),
    ],
    nearMisses: [
      apiCall("monitoring", "DeleteAlarms", {
        userIdentity: { type: "AssumedRole", invokedBy: "autoscaling.amazonaws.com" },
        requestParameters: { alarmNames: ["TargetTracking-table/orders-ProvisionedCapacityLow"] },
      }),
      apiCall("monitoring", "DeleteAlarms", { requestParameters: { alarmNames: ["trailwatch-example-heartbeat"] } }),
      apiCall("config", "PutConfigurationRecorder", {
        requestParameters: { configurationRecorder: { name: "default", recordingGroup: { allSupported: true } } },
      }),
      deniedCall("config", "DeleteConfigRule"),
    ],
  },
};
