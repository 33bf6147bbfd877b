import { ownNames, PLAIN } from "../../../lib/naming/own-names";
import { all, any, call, equals, matches, not } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byOthers } from "./deployment";
import { possiblyOurs } from "./ours";

export const SCHEDULE_CALLS = ["UpdateSchedule", "DeleteSchedule"];
export const HEARTBEAT_PARAMETER_CALLS = ["PutParameter", "DeleteParameter", "DeleteParameters"];

const SCHEDULE = { name: PLAIN.heartbeat.name, groupName: "default" };

/** Without these calls, only the missing beat shows hours later that the schedule stopped. */
export const heartbeatChanged: Detection = {
  id: "heartbeat-changed",
  title: "Schedule or parameter of the heartbeat changed",
  meaning:
    "A principal other than Trailwatch's deployment changed or deleted the schedule of the heartbeat, or wrote or " +
    "deleted the parameter that only the heartbeat writes; or tried to.",
  why: "The alarm on the heartbeat is the only one that a broken signal path raises. Stopped or replaced, it hides that nothing arrives.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.008", "T1562.006"] },
  condition: (account) => {
    const own = ownNames(account.names);
    return [
      byOthers(account, [
        all(call("scheduler", ...SCHEDULE_CALLS), possiblyOurs(matches("requestParameters.name", own.pattern))),
        all(
          call("ssm", ...HEARTBEAT_PARAMETER_CALLS),
          any(
            equals("requestParameters.name", own.heartbeat.parameter),
            equals("requestParameters.names[*]", own.heartbeat.parameter),
          ),
          not(
            equals(
              "userIdentity.sessionContext.sessionIssuer.userName",
              `${account.rolePrefix ?? ""}${own.heartbeat.name}`,
            ),
          ),
        ),
      ]),
    ];
  },
  runbook: {
    firstFiveMinutes: [
      "Check the schedule: `aws scheduler get-schedule --name trailwatch-heartbeat` must be `ENABLED`, at a rate of one hour, with the role `trailwatch-heartbeat`.",
      "Restore it: `npx cdktf deploy monitoring-<account>`.",
      "Check the rest of the path: `trailwatch verify <account>`. Then find out what else the principal did.",
    ],
    falsePositives: [
      "A deployment of Trailwatch with personal credentials.",
      "A clean-up script that deletes parameters by age.",
    ],
    tuning: "Ignore a script's role by `userIdentity.sessionContext.sessionIssuer.arn`; better, deny it the parameter.",
  },
  examples: {
    matches: [
      apiCall("scheduler", "UpdateSchedule", { requestParameters: { ...SCHEDULE, state: "DISABLED" } }),
      apiCall("ssm", "DeleteParameters", { requestParameters: { names: ["/checkout/x", PLAIN.heartbeat.parameter] } }),
      apiCall("ssm", "PutParameter", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "mallory"),
        requestParameters: { name: PLAIN.heartbeat.parameter, overwrite: true },
      }),
    ],
    nearMisses: [
      apiCall("scheduler", "DeleteSchedule", { requestParameters: { name: "nightly-report", groupName: "default" } }),
      apiCall("ssm", "DeleteParameter", { requestParameters: { name: "/checkout/x" } }),
      apiCall("ssm", "PutParameter", {
        userIdentity: { ...assumedRole(PLAIN.heartbeat.name), invokedBy: "scheduler.amazonaws.com" },
        requestParameters: { name: PLAIN.heartbeat.parameter, overwrite: true },
      }),
      apiCall("scheduler", "UpdateSchedule", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: SCHEDULE,
      }),
    ],
  },
};
