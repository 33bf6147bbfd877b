import { all, isFalse } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byDeployment } from "./deployment";

/**
 * Whatever the deployment changes: other detections pass over what deployments do, so that assuming its role does not
 * hide an attacker. What no deployment calls raises the alarm of its own detection as well.
 *
 * By the session, not by a list of operations: one filter, and EventBridge selects events by it too.
 */
export const ownDeployment: Detection = {
  id: "own-deployment",
  title: "Trailwatch's own deployment changed the watching",
  meaning:
    "The deployment role, in the session that Trailwatch's deployments use, made a call that changes something. Calls " +
    "that no deployment makes, such as disabling a rule, raise the alarm of their own detection as well.",
  why: "It is your own deployment, or an attacker with the role and its session name. Only you can distinguish them, so each one sends a notice.",
  severity: "low",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.008", "T1078.004"] },
  condition: (account) => {
    const deployment = byDeployment(account);
    return deployment === undefined ? [] : [all(isFalse("readOnly"), deployment)];
  },
  runbook: {
    firstFiveMinutes: [
      "Check in your pipeline's history whether Trailwatch was deployed at that time. If so, there is nothing to do.",
      "If not, treat the deployment role as compromised and find who assumed it: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole`.",
      "List the changes with `npx cdktf diff monitoring-<account>`, and deploy to revert them.",
    ],
    falsePositives: ["Every deployment that changes anything: this is intended."],
    tuning: "Turn it off where deployments are frequent and the pipeline's history is monitored separately.",
  },
  examples: {
    matches: ["PutMetricAlarm", "DeleteAlarms"].map((operation) =>
      apiCall("monitoring", operation, { userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch") }),
    ),
    nearMisses: [
      apiCall("monitoring", "PutMetricAlarm", { userIdentity: assumedRole("OrganizationAccountAccessRole", "alice") }),
      apiCall("monitoring", "DescribeAlarms", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
      }),
    ],
  },
};
