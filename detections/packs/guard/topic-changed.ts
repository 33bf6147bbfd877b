import { ownNames } from "../../../lib/naming/own-names";
import { arn } from "../../../lib/aws/partitions";
import { all, call, matches } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole } from "../../example-record";
import { byOthers } from "./deployment";
import { namesExistingTopic } from "./existing-topics";
import { possiblyOurs } from "./ours";

export const TOPIC_CALLS = [
  ...["DeleteTopic", "SetTopicAttributes", "AddPermission", "RemovePermission", "Subscribe"],
  ...["Unsubscribe", "SetSubscriptionAttributes", "PutDataProtectionPolicy"],
];

const TOPIC = `${EXAMPLE_ARN}:sns:eu-west-1:111122223333:trailwatch-alerts`;

/** The last hop: an alarm is raised and its subscribers get no message, or another recipient gets it. */
export const topicChanged: Detection = {
  id: "topic-changed",
  title: "Alert topic or its subscriptions changed",
  meaning:
    "A principal other than Trailwatch's deployment deleted or changed one of Trailwatch's topics, its policy, key or " +
    "subscriptions: who receives messages, and who may publish.",
  why: "Without its key, policy or subscribers, a topic loses every notification without an error.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.006", "T1562.008"] },
  coveredBy: "member-topics-changed",
  condition: (account) => {
    const ours = arn(account.homeRegion, "sns", account.id, ownNames(account.names).pattern);
    // Each call has one of these parameters.
    const named = possiblyOurs(
      matches("requestParameters.topicArn", ours),
      matches("requestParameters.subscriptionArn", ours),
      matches("requestParameters.resourceArn", ours),
    );
    const calls = call("sns", ...TOPIC_CALLS);
    // No deployment of Trailwatch changes an existing topic.
    const existing = namesExistingTopic(account.existingTopics).map((topic) => all(calls, topic));
    return [byOthers(account, [all(calls, named)]), ...existing];
  },
  runbook: {
    firstFiveMinutes: [
      "List the current subscribers: `aws sns list-subscriptions-by-topic --topic-arn <topic>`. Remove unknown ones: `aws sns unsubscribe --subscription-arn <arn>`.",
      "Restore the rest: `npx cdktf deploy monitoring-<account>`; e-mail subscribers must confirm again.",
      "Verify it: `trailwatch verify <account>`. Then find out who did it, and what else they did.",
    ],
    falsePositives: ["A subscriber who unsubscribes.", "A new colleague subscribed by hand instead of in `accounts/`."],
    tuning: "Add no `ignore` entries: add and remove subscribers in `accounts/`, and deploy.",
  },
  examples: {
    matches: [
      apiCall("sns", "SetTopicAttributes", { requestParameters: { topicArn: TOPIC, attributeName: "KmsMasterKeyId" } }),
      apiCall("sns", "Unsubscribe", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "mallory"),
        requestParameters: { subscriptionArn: `${TOPIC}:0a1b2c3d-1111-4222-8333-444455556666` },
      }),
      apiCall("sns", "PutDataProtectionPolicy", { requestParameters: { resourceArn: TOPIC } }),
      apiCall("sns", "SetSubscriptionAttributes", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: {
          subscriptionArn: `${TOPIC}:0a1b2c3d-1111-4222-8333-444455556666`,
          attributeName: "FilterPolicy",
        },
      }),
    ],
    nearMisses: [
      apiCall("sns", "SetTopicAttributes", { requestParameters: { topicArn: TOPIC.replace("trailwatch", "orders") } }),
      apiCall("sns", "ConfirmSubscription", { requestParameters: { topicArn: TOPIC } }),
    ],
  },
};
