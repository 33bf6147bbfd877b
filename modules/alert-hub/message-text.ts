import { ownNames } from "../../lib/naming/own-names";
import { FIRST_STEPS, type KnownAlarms } from "./known-alarms";
import { isAddress } from "./message-links";

/** Longest texts of an alarm. Source: CloudWatch API, PutMetricAlarm (description), SetAlarmState (reason). */
const MAX = { description: 1024, reason: 1023 } as const;

const joined = (lines: readonly string[]): string => `$join([${lines.join(", ")}][$ != ""], "\\n")`;

/**
 * The message for people, `$mail`, as assignments in JSONata: short lines, the most important first, for a phone.
 *
 * The account's own text is shown where the hub has nothing better: for an unknown alarm, for an alarm that no events
 * raise, and where the events could not be read.
 */
export function messageText(known: KnownAlarms): readonly string[] {
  return [
    ...commonText(known),
    `$eventText := function($one, $index) {
      "Event " & $string($index + 1) & ": " & ($one.time = "" ? "time unknown" : $disarmed($one.time)) & ($one.count > 1 ? ", " & $string($one.count) & " times" : "")
      & "\\n  by " & ($one.principal = "" ? "an unknown principal" : $shown($one.principal))
      & "\\n  " & $shown($one.call) & ($one.service = "" ? "" : " (" & $disarmed($substringBefore($one.service, ".")) & ")") & ($one.resource = "" ? "" : " on " & $shown($one.resource))
      & ($one.address & $one.region = "" ? "" : "\\n " & ($one.address = "" ? "" : " from " & $shown($one.address)) & ($one.region = "" ? "" : " in " & $shown($one.region)))
      & ($one.account = "" or $one.account = $id ? "" : "\\n  in account " & $accountShown($one.account, $shown))
      & "\\n  result: " & ($one.result = "" ? "unknown" : $shown($one.result)) & ($one.mfa = "" ? "" : ", MFA: " & $one.mfa)
    }`,
    `$isQuoted := $not($isKnown) or $not($alarm.query) or ($isOnEvents and $not($hasEvents))`,
    `$memberText := $isQuoted ? ${joined([
      `"Text of the alarm, as the account sent it, with links disabled:"`,
      `$quoted($text($event.detail.configuration.description, ${MAX.description}))`,
      `$quoted("Reason: " & $text($event.detail.state.reason, ${MAX.reason}))`,
    ])} : ""`,
    `$head := ${joined([`$sentence($shown)`, `$repeatText`])}`,
    `$facts := ${joined([
      `"Account: " & ($account = "" ? $where & " (unknown)" : $account & " (" & $id & ")")`,
      `"Severity: " & $severity`,
      `"Time: " & $plain($line($event.time, 40))`,
      `$isKnown ? "What: " & $title`,
    ])}`,
    `$shownEvents := $hasEvents ? $join([$map($events, $eventText)], "\\n\\n") & ($isListed ? "" : "\\n\\nThere are more events: open the link to the events.") : ""`,
    `$links := ${joined([
      `$runbookLink = "" ? "" : "Runbook: " & $runbookLink`,
      `$eventsLink = "" ? "" : "Events: " & $eventsLink`,
      `"Alarm: " & $alarmLink`,
      `"Alarm's name: " & $plain($name) & " in " & $plain($line($event.region, 20))`,
    ])}`,
    `$mail := $join([$head, $facts, $shownEvents, $noDetails, $stepText, $links, $memberText][$ != ""], "\\n\\n")`,
  ].map((assignment) => assignment.replace(/\n\s+/g, " "));
}

/**
 * What mail and chat share: why there are no events (`$noDetails`; `$noDetailsOf` takes the function that shows a value),
 * and the first steps of the runbook. With a link to the runbook one step is enough to begin with; a runbook in the
 * repository is out of reach on a phone.
 */
export function commonText({ names, runbooks }: KnownAlarms): readonly string[] {
  const steps = isAddress(runbooks) ? 1 : FIRST_STEPS;
  return [
    `$noDetailsOf := function($show) { $isOnEvents and $not($hasEvents) ? ($problem != "" ? "No details: " & $show($problem) : "No details: the log group has no matching event of that time. The alarm may have been set by hand.") & "\\nTo find the events: Logs Insights, saved query ${ownNames(names).folder}" & $account & "/" & $key : "" }`,
    `$noDetails := $noDetailsOf($disarmed)`,
    `$steps := $isKnown and $not($isRecovery) ? [$alarm.steps[[0..${steps - 1}]]] : []`,
    `$stepText := $count($steps) = 0 ? "" : "First steps:\\n" & $join([$map($steps, function($step, $index) { $string($index + 1) & ". " & $step })], "\\n")`,
  ];
}
