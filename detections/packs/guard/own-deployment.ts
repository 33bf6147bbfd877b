import { all, any, call, isFalse } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byDeployment } from "./deployment";
import { DEPLOYMENT_CALLS } from "./deployment-calls";

/** Services whose calls fit into one filter pattern, with room for an `ignore` entry. */
const GROUPS = [["cloudtrail", "events"], ["iam", "sqs"], ["kms", "scheduler", "ssm"], ["logs"], ["monitoring", "sns"]];
/** Services of the buckets, which few accounts own. */
const BUCKET_GROUPS = [["athena", "glue"], ["s3"]];
/** Services of the alert hub, which one account has. */
const HUB_GROUPS = [["chatbot"], ["states"]];

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
    // The log group of the organization's trail has the most filters: one for any change there. On an event bus it would
    // admit every event to the log group.
    if (account.deploymentRoles !== undefined) return [all(isFalse("readOnly"), deployment)];
    const hasBuckets = account.archiveBuckets.length > 0 || account.stateBucket !== undefined;
    const hubGroups = account.hasAlertHub === true ? HUB_GROUPS : [];
    return [...GROUPS, ...(hasBuckets ? BUCKET_GROUPS : []), ...hubGroups].map((services) => {
      const calls = services.map((service) => call(service, ...(DEPLOYMENT_CALLS[service] ?? [])));
      return all(any(...calls), deployment);
    });
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
