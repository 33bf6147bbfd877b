import type { KnownAlarms } from "./known-alarms";
import { commonText } from "./message-text";

/**
 * The message for Slack and Teams, `$card`, as assignments in JSONata.
 *
 * Amazon Q Developer shows messages of this form only, and both chats interpret markup in them: values of records stand
 * as code, without the account's own text. Repeats of an alarm have one thread.
 * Source: Amazon Q Developer in chat applications, "Custom notifications".
 */
export function messageCard(known: KnownAlarms): readonly string[] {
  return [
    ...commonText(known),
    // Titles are not code: without what begins markup, a link or a mention.
    '$unmarked := function($value) { $replace($replace($value, /[*~`<>&|\\\\\\]#]+/, "?"), /(^|[^0-9A-Za-z])_+|_+([^0-9A-Za-z]|$)/, "$1?$2") }',
    `$cardTitle := $subjectStart & $unmarked($substringAfter($subject, $subjectStart))`,
    `$cardEvent := function($one) {
      "- " & ($one.time = "" ? "time unknown" : $marked($one.time)) & $times($one.count) & ": " & ($one.principal = "" ? "an unknown principal" : $marked($one.principal)) & ", " & $marked($one.call)
      & ($one.resource = "" ? "" : " on " & $marked($one.resource))
      & ($one.address = "" ? "" : " from " & $marked($one.address))
      & ($one.region = "" ? "" : " in " & $marked($one.region))
      & ($one.account = "" or $one.account = $id ? "" : " in account " & $accountShown($one.account, $marked))
      & ($one.result = "" ? "" : ": " & $marked($one.result))
    }`,
    `$description := $join([
      $sentence($marked),
      $repeatText,
      "Account: " & ($account = "" ? $marked($where) & " (unknown)" : $account & " (" & $id & ")") & ", severity: " & $severity & ", time: " & $marked($line($event.time, 40)),
      $hasEvents ? $join([$map($events, $cardEvent)], "\\n") : "",
      $noDetailsOf($marked),
      $runbookLink = "" ? "" : "Runbook: " & $runbookLink,
      $eventsLink = "" ? "" : "Events: " & $eventsLink,
      "Alarm: " & $alarmLink
    ][$ != ""], "\\n")`,
    `$thread := $join([$account = "" ? $where : $account, $isKnown ? $key : $plain($name), $join([$principals], ",")], "/")`,
    `$card := {
      "version": "1.0",
      "source": "custom",
      "id": $plain($line($event.id, 64)),
      "content": $merge([
        {"textType": "client-markdown", "title": $cardTitle, "description": $description, "keywords": [$severity, $where, $isKnown ? $key : "unknown"]},
        $count($steps) > 0 ? {"nextSteps": [$map($steps, function($step) { $replace($step, /[<>]/, "") })]} : {}
      ]),
      "metadata": {"threadId": $cut($plain($thread), 200), "summary": $cardTitle}
    }`,
  ].map((assignment) => assignment.replace(/\n\s+/g, " "));
}
