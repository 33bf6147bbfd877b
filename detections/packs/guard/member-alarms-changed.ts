import { ownNames } from "../../../lib/naming/own-names";
import { all, call, matches, matchesRegex } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { ALARM_CALLS, MUTE_CALL } from "./alarm-changed";
import { callByOthers } from "./any-account";
import { possiblyOurs } from "./ours";

const MEMBER = { recipientAccountId: "444455556666" };
const CALLS = ALARM_CALLS.filter((name) => name !== MUTE_CALL);

/** An alarm that is changed may be the one that would report its own change. */
export const memberAlarmsChanged: Detection = {
  id: "member-alarms-changed",
  title: "Alarms of an account changed",
  meaning:
    "In any account, a principal other than Trailwatch's deployment deleted, disabled, muted or changed one of " +
    "Trailwatch's alarms, or set its state, or tried to.",
  why: "An alarm with another threshold, or without actions, notifies no subscriber of its own change.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  notifiesWitness: true,
  references: { mitre: ["T1562.006", "T1562.008"] },
  condition: (account) => {
    const own = ownNames(account.names);
    return [
      all(
        callByOthers(account, "monitoring", CALLS),
        possiblyOurs(
          matches("requestParameters.alarmName", own.pattern),
          matchesRegex("requestParameters.alarmNames[*]", `^${own.prefix}`),
        ),
      ),
      all(call("monitoring", MUTE_CALL), matches("requestParameters.muteTargets.alarmNames[*]", own.pattern)),
    ];
  },
  runbook: {
    firstFiveMinutes: [
      "Find the account (`recipientAccountId`) and the caller (`userIdentity.arn`) in the message, or with the detection's saved query.",
      "Restore the account's alarms: `npx cdktf deploy monitoring-<account>`, then `trailwatch verify <account>`. List mute rules with `aws cloudwatch list-alarm-mute-rules`.",
      "Replay the archive since then to see the notifications that were missed: `trailwatch replay <records>`.",
    ],
    falsePositives: [
      "A deployment of Trailwatch with personal credentials.",
      "`aws cloudwatch set-alarm-state` as a test of alert delivery: announce it.",
    ],
    tuning: "Ignore `recipientAccountId` of an account that is being taken down, with an `until`.",
  },
  examples: {
    matches: [
      apiCall("monitoring", "DeleteAlarms", {
        ...MEMBER,
        requestParameters: { alarmNames: ["trailwatch-payments-root-use"] },
      }),
      apiCall("monitoring", "PutMetricAlarm", {
        ...MEMBER,
        requestParameters: { alarmName: "trailwatch-payments-alarm-changed", threshold: 1_000_000_000 },
      }),
      apiCall("monitoring", "SetAlarmState", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { alarmName: "trailwatch-payments-heartbeat", stateValue: "OK" },
      }),
      apiCall("monitoring", MUTE_CALL, {
        ...MEMBER,
        requestParameters: { name: "quiet", muteTargets: { alarmNames: ["trailwatch-payments-root-use"] } },
      }),
    ],
    nearMisses: [
      apiCall("monitoring", "PutMetricAlarm", {
        ...MEMBER,
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { alarmName: "trailwatch-payments-alarm-changed" },
      }),
      apiCall("monitoring", "DeleteAlarms", { ...MEMBER, requestParameters: { alarmNames: ["cpu"] } }),
    ],
  },
};
