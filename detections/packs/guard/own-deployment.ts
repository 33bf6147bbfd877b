import { all, any, call, type Condition } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byDeployment } from "./deployment";
import { DEPLOYMENT_CALLS } from "./deployment-calls";

const made = (...services: readonly string[]): Condition =>
  any(...services.map((service) => call(service, ...(DEPLOYMENT_CALLS[service] ?? []))));

/** Each fits into one filter pattern, with room for an `ignore` entry. */
const CALLS = [
  ...[made("cloudtrail", "events"), made("iam", "sqs"), made("kms", "scheduler", "ssm")],
  ...[made("logs"), made("monitoring", "sns")],
];
const { s3 = [] } = DEPLOYMENT_CALLS;
/** Calls on buckets, which few accounts own. */
const BUCKETS = [made("athena", "glue"), call("s3", ...s3.slice(0, 5)), call("s3", ...s3.slice(5))];
/** Calls on the alert hub, which one account has. */
const HUB = [made("chatbot"), made("states")];

/**
 * Calls that the other detections pass over for the deployment, so that assuming its role does not hide an attacker. What
 * no deployment calls keeps the severity of its own detection.
 */
export const ownDeployment: Detection = {
  id: "own-deployment",
  title: "Trailwatch's own deployment changed the watching",
  meaning:
    "The deployment role, in the session that Trailwatch's deployments use, made a call that deployments make. Calls that " +
    "no deployment makes, such as disabling a rule, raise the alarm of their own detection instead.",
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
    const hasBuckets = account.archiveBuckets.length > 0 || account.stateBucket !== undefined;
    return [...CALLS, ...(hasBuckets ? BUCKETS : []), ...(account.hasAlertHub === true ? HUB : [])].map((calls) =>
      all(calls, deployment),
    );
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
      apiCall("monitoring", "SetAlarmState", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
      }),
      apiCall("events", "DisableRule", { userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch") }),
      apiCall("monitoring", "PutMetricAlarm", { userIdentity: assumedRole("OrganizationAccountAccessRole", "alice") }),
      apiCall("ec2", "RunInstances", { userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch") }),
    ],
  },
};
