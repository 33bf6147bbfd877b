import { ownNames } from "../../../lib/naming/own-names";
import { arnPrefix } from "../../../lib/aws/partitions";
import { all, call, matchesRegex } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole } from "../../example-record";
import { callByOthers } from "./any-account";
import { namesExistingTopic } from "./existing-topics";
import { possiblyOurs } from "./ours";
import { TOPIC_CALLS } from "./topic-changed";

const MEMBER = { recipientAccountId: "444455556666" };
const TOPIC = `${EXAMPLE_ARN}:sns:eu-west-1:444455556666:trailwatch-alerts`;

/** A topic that delivers nothing does not deliver the message about it either. */
export const memberTopicsChanged: Detection = {
  id: "member-topics-changed",
  title: "Alert topics of an account changed",
  meaning:
    "In any account, a principal other than Trailwatch's deployment deleted or changed one of Trailwatch's topics, its " +
    "policy, key or subscriptions, or tried to.",
  why: "Without its key, policy or subscribers, a topic loses every notification, including the one about its change.",
  severity: "critical",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  notifiesWitness: true,
  references: { mitre: ["T1562.006", "T1562.008"] },
  // `topicArn`, `subscriptionArn` or `resourceArn`.
  condition: (account) => [
    all(
      callByOthers(account, "sns", TOPIC_CALLS),
      possiblyOurs(
        matchesRegex(
          "requestParameters[*]",
          `^${arnPrefix(account.homeRegion)}:sns:[a-z0-9:-]+:${ownNames(account.names).prefix}`,
        ),
      ),
    ),
    // No deployment of Trailwatch changes an existing topic.
    ...namesExistingTopic(account.organizationTopics).map((topic) => all(call("sns", ...TOPIC_CALLS), topic)),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find the account (`recipientAccountId`) and the caller (`userIdentity.arn`) in the message, or with the detection's saved query.",
      "Restore the topic: `npx cdktf deploy monitoring-<account>` (the hub's: `alert-hub`), then `trailwatch verify <account>`. Subscribers must confirm again if they were removed.",
      "Check which alarms went off since: `aws cloudwatch describe-alarm-history --history-item-type Action` in the account.",
    ],
    falsePositives: [
      "A deployment of Trailwatch with personal credentials.",
      "A subscriber who unsubscribes with the link in a mail, or a mail scanner that follows it.",
    ],
    tuning: "Ignore `recipientAccountId` of an account that is being taken down, with an `until`.",
  },
  examples: {
    matches: [
      apiCall("sns", "SetTopicAttributes", {
        ...MEMBER,
        requestParameters: { topicArn: TOPIC, attributeName: "Policy", attributeValue: "{}" },
      }),
      apiCall("sns", "SetSubscriptionAttributes", {
        ...MEMBER,
        requestParameters: { subscriptionArn: `${TOPIC}:0a1b2c3d`, attributeName: "FilterPolicy" },
      }),
      apiCall("sns", "PutDataProtectionPolicy", { ...MEMBER, requestParameters: { resourceArn: TOPIC } }),
    ],
    nearMisses: [
      apiCall("sns", "DeleteTopic", {
        ...MEMBER,
        requestParameters: { topicArn: `${EXAMPLE_ARN}:sns:eu-west-1:444455556666:orders` },
      }),
      apiCall("sns", "SetTopicAttributes", {
        ...MEMBER,
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { topicArn: TOPIC, attributeName: "Policy" },
      }),
    ],
  },
};
