import { all, any, call } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { ALARM_CALLS } from "./alarm-changed";
import { HUB_CALLS } from "./alert-hub-changed";
import { BUCKET_CALLS } from "./archive-changed";
import { byDeployment } from "./deployment";
import { RULE_CALLS } from "./event-rule-changed";
import { KEY_CALLS } from "./key-policy-changed";
import { WITHHOLDING_CALLS } from "./log-events-withheld";
import { LOG_GROUP_CALLS } from "./log-group-changed";
import { TOPIC_CALLS } from "./topic-changed";
import { TRAIL_CALLS } from "./trail-changed";
import { ROLE_CALLS } from "./watcher-role-changed";

/** Calls that the other detections exclude, so that assuming the deployment role does not hide an attacker. */
export const ownDeployment: Detection = {
  id: "own-deployment",
  title: "Trailwatch's own deployment changed the watching",
  meaning: "The deployment role, in the session that Trailwatch's deployments use, changed something of the watching.",
  why: "It is your own deployment, or an attacker with the role and its session name. Only you can distinguish them, so each one sends a notice.",
  severity: "low",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.008", "T1078.004"] },
  condition: (account) => {
    const deployment = byDeployment(account);
    if (deployment === undefined) return [];
    return [
      any(
        call("cloudtrail", ...TRAIL_CALLS),
        call("events", ...RULE_CALLS, ...HUB_CALLS.events),
        call("kms", ...KEY_CALLS),
      ),
      call("monitoring", ...ALARM_CALLS),
      any(call("iam", ...ROLE_CALLS), call("states", ...HUB_CALLS.states)),
      any(call("sns", ...TOPIC_CALLS), call("sqs", ...HUB_CALLS.sqs), call("chatbot", ...HUB_CALLS.chatbot)),
      call("logs", ...LOG_GROUP_CALLS, ...WITHHOLDING_CALLS),
      call("s3", ...BUCKET_CALLS),
    ].map((condition) => all(condition, deployment));
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
      apiCall("ec2", "RunInstances", { userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch") }),
    ],
  },
};
