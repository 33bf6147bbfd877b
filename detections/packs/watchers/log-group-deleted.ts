import { ownNames } from "../../../lib/naming/own-names";
import { notByService } from "../../by-service";
import { all, any, call, compare, equals, matches, not, succeeded, type Condition } from "../../condition";
import type { Detection, WatchedAccount } from "../../detection";
import { apiCall, deniedCall, iamUser } from "../../example-record";
import { named } from "./services";

const group = "requestParameters.logGroupName";

/** Log groups that deployments create and delete with each function; Trailwatch's own are pack `guard`'s. */
function excluded({ names }: WatchedAccount): Condition {
  const { folder, eventsLogGroup } = ownNames(names);
  return any(matches(group, "/aws/lambda/*"), matches(group, `/${folder}*`), equals(group, eventsLogGroup));
}

/** A shorter retention deletes what is older. Many application log groups keep a week. */
const FEW_DAYS = 5;

export const logGroupDeleted: Detection = {
  id: "log-group-deleted",
  title: "Log group or log stream deleted, or kept for a few days",
  meaning:
    "A log group or stream that is neither Trailwatch's nor a Lambda function's was deleted, or its events are kept " +
    `for ${FEW_DAYS} days or less.`,
  why: "The logs of an application, a database or a network show what an attacker did there. Deleted logs cannot be restored.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1070", "T1562.008"] },
  condition: (account) => [
    all(
      call("logs", "DeleteLogGroup", "DeleteLogStream", "PutRetentionPolicy"),
      any(named("DeleteLogGroup", "DeleteLogStream"), compare("requestParameters.retentionInDays", "<=", FEW_DAYS)),
      not(excluded(account)),
      succeeded(),
      // CloudFormation and other services.
      notByService(),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Contact the caller (`userIdentity.arn`) or the owner of the log group for the reason.",
      "Set the retention again: `aws logs put-retention-policy --log-group-name <group> --retention-in-days <days>`. Deletion follows within 72 hours.",
      "Search for copies of deleted events: subscriptions to other accounts, exports to S3. CloudTrail's own records are in the archive.",
    ],
    falsePositives: ["An application that is taken down by its deployment or by hand."],
    tuning: "Ignore the deployment role of the applications, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("logs", "DeleteLogGroup", { requestParameters: { logGroupName: "/aws/eks/production/cluster" } }),
      apiCall("logs", "DeleteLogGroup", {
        userIdentity: { ...iamUser("alice"), invokedBy: "signin.amazonaws.com" },
        requestParameters: { logGroupName: "audit" },
      }),
      apiCall("logs", "DeleteLogStream", {
        requestParameters: { logGroupName: "vpc-flow-logs", logStreamName: "eni-0123456789abcdef0-all" },
      }),
      apiCall("logs", "PutRetentionPolicy", { requestParameters: { logGroupName: "audit", retentionInDays: 1 } }),
    ],
    nearMisses: [
      apiCall("logs", "DeleteLogGroup", { requestParameters: { logGroupName: "/aws/lambda/checkout" } }),
      apiCall("logs", "DeleteLogGroup", { requestParameters: { logGroupName: "/aws/events/trailwatch" } }),
      apiCall("logs", "PutRetentionPolicy", { requestParameters: { logGroupName: "audit", retentionInDays: 30 } }),
      deniedCall("logs", "DeleteLogGroup"),
    ],
  },
};
