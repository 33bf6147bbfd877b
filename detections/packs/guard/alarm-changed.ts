import { ownNames } from "../../../lib/naming/own-names";
import { all, any, call, equals, matches } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byOthers } from "./deployment";
import { possiblyOurs } from "./ours";

/** Calls that take a list of up to 100 alarms. */
export const ALARM_LIST_CALLS = ["DeleteAlarms", "DisableAlarmActions"];
const SINGLE_CALLS = ["PutMetricAlarm", "PutCompositeAlarm", "PutLogAlarm", "SetAlarmState"];
/** Its list of alarms is within `muteTargets`. */
export const MUTE_CALL = "PutAlarmMuteRule";
export const ALARM_CALLS = [...ALARM_LIST_CALLS, ...SINGLE_CALLS, MUTE_CALL];
/** What anomaly detection alarms learn of a metric; checkers' metrics have no such alarms. */
const DETECTOR_CALLS = ["PutAnomalyDetector", "DeleteAnomalyDetector"];

/** An alarm without actions still changes its state, but notifies no one. */
export const alarmChanged: Detection = {
  id: "alarm-changed",
  title: "Alarm of ours deleted, disabled, changed or set by hand",
  meaning:
    "A principal other than Trailwatch's deployment deleted, muted or changed one of Trailwatch's alarms, set its " +
    "state by hand, or changed what CloudWatch learns of its metrics; or tried to, with the alarm named.",
  why: "Deleting or muting an alarm is the simplest way to avoid detection. An alarm set to ALARM by hand is not raised again.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.006", "T1562.008"] },
  condition: (account) => {
    const own = ownNames(account.names);
    const ofList = all(
      call("monitoring", ...ALARM_LIST_CALLS),
      matches("requestParameters.alarmNames[*]", own.pattern),
    );
    const ofOne = all(
      call("monitoring", ...SINGLE_CALLS, ...DETECTOR_CALLS),
      possiblyOurs(
        matches("requestParameters.alarmName", own.pattern),
        equals("requestParameters.namespace", own.metricNamespace),
        equals("requestParameters.singleMetricAnomalyDetector.namespace", own.metricNamespace),
      ),
    );
    const muted = all(
      call("monitoring", MUTE_CALL),
      matches("requestParameters.muteTargets.alarmNames[*]", own.pattern),
    );
    return [byOthers(account, [ofList]), any(muted, byOthers(account, [ofOne]))];
  },
  runbook: {
    firstFiveMinutes: [
      "List the muted alarms: `aws cloudwatch describe-alarms --alarm-name-prefix trailwatch- --query 'MetricAlarms[?!ActionsEnabled].AlarmName'`.",
      "Enable them again: `aws cloudwatch enable-alarm-actions --alarm-names <name>`. If alarms were deleted or changed: `npx cdktf deploy monitoring-<account>`.",
      "Replay the archive's last hour to see the notifications that were missed: `trailwatch replay <records>`.",
    ],
    falsePositives: ["`aws cloudwatch set-alarm-state` as a test of alert delivery: announce it, or ignore its role."],
    tuning:
      "Ignore a role that only tests by `userIdentity.sessionContext.sessionIssuer.arn`. It must not have permission to delete alarms.",
  },
  examples: {
    matches: [
      apiCall("monitoring", "DeleteAlarms", {
        requestParameters: { alarmNames: ["cpu", "trailwatch-example-trail-stopped"] },
      }),
      apiCall("monitoring", "SetAlarmState", {
        requestParameters: { alarmName: "trailwatch-example-heartbeat", stateValue: "OK", stateReason: "test" },
      }),
      apiCall("monitoring", "PutLogAlarm", { requestParameters: { alarmName: "trailwatch-example-root" } }),
      apiCall("monitoring", "PutAnomalyDetector", {
        requestParameters: {
          namespace: "Trailwatch",
          metricName: "root-use",
          stat: "Sum",
          configuration: { excludedTimeRanges: [] },
        },
      }),
      apiCall("monitoring", "DisableAlarmActions", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { alarmNames: ["trailwatch-example-trail-stopped"] },
      }),
      apiCall("monitoring", "PutAlarmMuteRule", {
        requestParameters: { name: "quiet", muteTargets: { alarmNames: ["trailwatch-example-trail-stopped"] } },
      }),
    ],
    nearMisses: [
      apiCall("monitoring", "DeleteAlarms", { requestParameters: { alarmNames: ["TargetTracking-service/web"] } }),
      apiCall("monitoring", "PutAnomalyDetector", {
        requestParameters: { singleMetricAnomalyDetector: { namespace: "AWS/EC2", metricName: "CPUUtilization" } },
      }),
      apiCall("monitoring", "EnableAlarmActions", { requestParameters: { alarmNames: ["trailwatch-example-root"] } }),
      apiCall("monitoring", "PutMetricAlarm", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { alarmName: "trailwatch-example-trail-stopped" },
      }),
    ],
  },
};
