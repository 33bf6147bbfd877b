import type { OwnNames } from "../../lib/naming/own-names";
import type { Severity } from "../../lib/naming/severity";
import type { WebhookFormatName } from "../../lib/naming/webhook-formats";

/** A value for each severity, in JSONata. */
function bySeverity(values: Readonly<Record<Severity, string>>): string {
  return `$lookup(${JSON.stringify(values)}, $alert.severity)`;
}

/** Assignments for all bodies, after one of `$alert`: the same alarm of the same principal updates one incident. */
export const bodyVariables = ({ folder }: OwnNames): readonly string[] => [
  `$principal := $type($alert.principals[0]) = "string" ? $alert.principals[0] : ""`,
  `$subject := $alert.detection = "" ? $alert.alarm : $alert.detection`,
  `$incident := $substring("${folder}" & $alert.account.id & "/" & $subject & "/" & $principal, 0, 255)`,
  `$links := $filter([{"href": $alert.links.alarm, "text": "Alarm"}, {"href": $alert.links.events, "text": "Events"}, {"href": $alert.runbook, "text": "Runbook"}], function($link) { $substring($link.href, 0, 8) = "https://" })`,
  `$state := ($alert.kind = "recovery" ? "Recovered: " : "")`,
];

/**
 * The body of each format, from the document in `$alert`, in JSONata. Lengths are the receivers' limits.
 *
 * - pagerduty: PagerDuty Events API v2, "Send an alert event", and "PD-CEF". EventBridge adds `routing_key`.
 * - opsgenie: Opsgenie Alert API, "Create alert". Jira Service Management takes the same body.
 */
export const WEBHOOK_BODIES: Readonly<Record<WebhookFormatName, string>> = {
  trailwatch: "$alert",
  pagerduty: `{
    "event_action": $alert.kind = "recovery" ? "resolve" : "trigger",
    "dedup_key": $incident,
    "client": "Trailwatch",
    "payload": {
      "summary": $substring("[" & $alert.account.name & "] " & $state & $alert.sentence, 0, 1024),
      "source": $alert.account.name,
      "severity": ${bySeverity({ critical: "critical", high: "error", medium: "warning", low: "info" })},
      "timestamp": $alert.time,
      "component": $subject,
      "group": $alert.account.name,
      "class": "trailwatch " & $alert.topic,
      "custom_details": $alert
    },
    "links": [$links]
  }`,
  opsgenie: `{
    "message": $substring("[" & $alert.account.name & "] " & $state & $alert.title, 0, 130),
    "alias": $incident,
    "description": $substring($alert.sentence, 0, 15000),
    "priority": $alert.kind = "recovery" ? "P5" : ${bySeverity({ critical: "P1", high: "P2", medium: "P3", low: "P5" })},
    "entity": $substring($alert.account.name, 0, 512),
    "source": "Trailwatch",
    "tags": ["trailwatch", $alert.severity, $alert.kind],
    "details": {
      "account": $alert.account.name & " (" & $alert.account.id & ")",
      "alarm": $alert.alarm,
      "region": $alert.region,
      "time": $alert.time,
      "principal": $principal,
      "document": $substring($string($alert), 0, 7000)
    }
  }`,
};
