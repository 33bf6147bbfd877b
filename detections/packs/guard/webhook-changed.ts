import { ownNames, PLAIN } from "../../../lib/naming/own-names";
import { all, call, equals, matches } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { byOthers } from "./deployment";
import { possiblyOurs } from "./ours";

const CALLS = [
  ...["UpdateConnection", "DeleteConnection", "DeauthorizeConnection"],
  ...["UpdateApiDestination", "DeleteApiDestination", "UpdateEventBus", "DeleteEventBus"],
  ...["PutPermission", "RemovePermission"],
];

const PAGER = PLAIN.webhookResourceName("pager");

/** The alert hub's webhooks: mail and chat still work without them. */
export const webhookChanged: Detection = {
  id: "webhook-changed",
  title: "Webhook of the alert hub changed",
  meaning:
    "A principal other than Trailwatch's deployment changed or deleted a webhook of the alert hub, its secret or the " +
    "event bus of the webhooks.",
  why: "A webhook that is deleted, or has no valid secret, pages no one. One with another address sends alarms, and its secret, elsewhere.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.006", "T1562.008"] },
  condition: (account) =>
    account.hasWebhooks === true
      ? [
          byOthers(account, [
            all(
              call("events", ...CALLS),
              possiblyOurs(
                matches("requestParameters.name", `${ownNames(account.names).webhookPrefix}*`),
                equals("requestParameters.eventBusName", ownNames(account.names).webhooks),
              ),
            ),
          ]),
        ]
      : [],
  runbook: {
    firstFiveMinutes: [
      "Assume that your pager gets no alarm: read the alarms in mail or chat.",
      "Restore it: `npx cdktf deploy alert-hub`, set the secret again by the command in the output `webhook_secrets`, then run `trailwatch verify`.",
      "If the address was changed, replace the secret at the receiver.",
      "Find who did it and what else they did, with the detection's saved query.",
    ],
    falsePositives: [
      "You set the secret of a webhook by `aws events update-connection`.",
      "A deployment of Trailwatch with personal credentials.",
    ],
    tuning: "Add no `ignore` entries: secrets are seldom set.",
  },
  examples: {
    matches: [
      apiCall("events", "UpdateConnection", { requestParameters: { name: PAGER, authorizationType: "API_KEY" } }),
      apiCall("events", "DeauthorizeConnection", { requestParameters: { name: PAGER } }),
      apiCall("events", "DeauthorizeConnection", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { name: PAGER },
      }),
      apiCall("events", "UpdateApiDestination", {
        requestParameters: { name: PAGER, invocationEndpoint: "https://mallory.example" },
      }),
      apiCall("events", "DeleteEventBus", { requestParameters: { name: PLAIN.webhooks } }),
      apiCall("events", "RemovePermission", { requestParameters: { eventBusName: PLAIN.webhooks, statementId: "x" } }),
    ],
    nearMisses: [
      apiCall("events", "UpdateConnection", { requestParameters: { name: "orders" } }),
      apiCall("events", "PutPermission", { requestParameters: { eventBusName: "orders", statementId: "partner" } }),
      apiCall("events", "UpdateConnection", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { name: PAGER },
      }),
    ],
  },
};
