import { ownNames } from "../../../lib/naming/own-names";
import { all, call, matches, matchesRegex, oneOf, type Condition } from "../../condition";
import { watchesAll, type Detection, type WatchedAccount } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole } from "../../example-record";
import { byOthers } from "./deployment";
import { existingLogGroupByIdentifier, existingLogGroupByName } from "./existing-trail";
import { possiblyOurs } from "./ours";

/** They name the log group, or by `resourceIdentifier` its ARN. */
export const KEY_CALLS = ["AssociateKmsKey", "DisassociateKmsKey"];
const NAMED_CALLS = [
  ...["CreateLogGroup", "DeleteLogGroup", "DeleteLogStream", "PutRetentionPolicy", "DeleteRetentionPolicy"],
  ...["PutMetricFilter", "DeleteMetricFilter", "PutSubscriptionFilter", "DeleteSubscriptionFilter"],
];
export const LOG_GROUP_CALLS = [...NAMED_CALLS, ...KEY_CALLS];

/** A key is also set by a log group's ARN, which may end in `:*`. */
const keyByArn = ({ names }: WatchedAccount): Condition =>
  all(oneOf("eventName", KEY_CALLS), matchesRegex("requestParameters.resourceIdentifier", ownNames(names).name));

/** `member-silenced` reports keys; changes of its own metric filters must reach another filter. */
const keysCovered = (account: WatchedAccount): boolean => watchesAll(account, "member-silenced");

/** Events pass through the log group on their way to every alarm: without it, or its filters, no alarm goes off. */
export const logGroupChanged: Detection = {
  id: "log-group-changed",
  title: "Log group, retention or filter of ours changed",
  meaning:
    "A principal other than Trailwatch's deployment created, deleted or changed one of our log groups, its key or filters.",
  why: "Without its metric filter, an alarm stays in OK whatever happens.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.008", "T1070"] },
  condition: (account) => [
    byOthers(account, [
      all(
        call("logs", ...NAMED_CALLS, ...(keysCovered(account) ? [] : KEY_CALLS)),
        possiblyOurs(
          matches("requestParameters.logGroupName", `*${ownNames(account.names).name}*`),
          ...existingLogGroupByName("requestParameters.logGroupName", account),
          ...(keysCovered(account)
            ? []
            : [keyByArn(account), ...existingLogGroupByIdentifier("requestParameters.resourceIdentifier", account)]),
        ),
      ),
    ]),
  ],
  runbook: {
    firstFiveMinutes: [
      "List what is left: `aws logs describe-log-groups --log-group-name-pattern trailwatch`, then `aws logs describe-metric-filters --log-group-name <group>`.",
      "Deploy again with `npx cdktf deploy monitoring-<account>`: this restores the resources, but not the events.",
      "The archive contains every event: search it for what happened without notification.",
    ],
    falsePositives: ["A deployment of Trailwatch with personal credentials.", "A clean-up script that deletes by age."],
    tuning:
      "Ignore a script's role by `userIdentity.sessionContext.sessionIssuer.arn`; better, deny it access to Trailwatch's log groups.",
  },
  examples: {
    matches: [
      apiCall("logs", "DeleteMetricFilter", { requestParameters: { logGroupName: "/aws/events/trailwatch" } }),
      apiCall("logs", "DeleteLogGroup", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "mallory"),
        requestParameters: { logGroupName: "/trailwatch/management/organization-trail" },
      }),
      apiCall("logs", "CreateLogGroup", {
        requestParameters: { logGroupName: "/aws/events/trailwatch", logGroupClass: "INFREQUENT_ACCESS" },
      }),
      apiCall("logs", "DisassociateKmsKey", {
        requestParameters: {
          resourceIdentifier: `${EXAMPLE_ARN}:logs:eu-west-1:111122223333:log-group:/aws/events/trailwatch`,
        },
      }),
    ],
    nearMisses: [
      apiCall("logs", "DeleteLogGroup", { requestParameters: { logGroupName: "/aws/lambda/checkout" } }),
      apiCall("logs", "CreateLogGroup", { requestParameters: { logGroupName: "/aws/lambda/checkout" } }),
      apiCall("logs", "PutMetricFilter", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { logGroupName: "/aws/events/trailwatch" },
      }),
    ],
  },
};
