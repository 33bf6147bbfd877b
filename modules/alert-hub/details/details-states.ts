import { arnPrefix } from "../../../lib/aws/partitions";
import type { KnownAlarms } from "../known-alarms";
import { jsonata } from "../message";
import { TEXT } from "./resources";

/**
 * Events in a page of FilterLogEvents: most records have 1 to 3 KB, and a page of more than 256 KiB ends the execution.
 * Then each event is read by itself.
 */
const PAGES = { usual: 20, few: 1 } as const;

/** Seconds for both attempts. With those of the repeats (repeats.ts) 20 in all: so long may a message be delayed. */
const SECONDS = { usual: 10, few: 6 } as const;

/** The period of an alarm that its event does not tell. */
const USUAL_SECONDS = 300;
const DAY = 24 * 60 * 60 * 1000;

const TOO_LARGE = "the matching events are larger than the 256 KiB that Step Functions passes on";

/**
 * Threshold and period of an alarm, in JSONata: numbers, or nothing. An account writes them into its event, as JSON
 * text. They are found by patterns, because parsing text that is not JSON fails.
 * Source: CloudWatch User Guide, "Alarm events and EventBridge".
 */
const NUMBERS = [
  `$reason := $text($states.input.detail.state.reasonData, 10000)`,
  `$numberIn := function($found) {( $digits := $found.groups[0]; $type($digits) = "string" ? $number($digits) )}`,
  `$evaluated := $numberIn($match($reason, /"period": ?([0-9]{1,6})[^0-9eE]/, 1))`,
  `$configured := $states.input.detail.configuration.metrics[0].metricStat.period`,
  `$given := $exists($evaluated) ? $evaluated : $configured`,
  `$period := $type($given) = "number" and $given >= 1 and $given <= 86400 ? $given`,
  `$threshold := $numberIn($match($reason, /"threshold": ?(-?[0-9]{1,12}([.][0-9]{1,9})?)[^0-9eE.]/, 1))`,
].join("; ");

/**
 * From when to when the alarm's events happened, in JSONata, in milliseconds: the data points that CloudWatch evaluated.
 *
 * Without them (a composite alarm, an alarm that was set by hand) it is the time before the change: two periods, and the
 * minutes that it takes until an alarm is evaluated. EventBridge sets the event's time, so that a forged event cannot
 * ask for other days.
 */
const WINDOW = [
  `$timeOf := function($time) { $match($time, /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}/) ? $toMillis($substring($time, 0, 19) & "Z") : 0 }`,
  `$times := [$match($reason, /"(timestamp|startDate)": ?"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8})/, 500).$timeOf(groups[1])]`,
  `$isEvaluated := $exists($evaluated) and $exists($period) and $count($times) > 0`,
  `$seconds := $exists($period) ? $period : $type($alarm.events.seconds) = "number" ? $alarm.events.seconds : ${USUAL_SECONDS}`,
  `$sent := $timeOf($text($event.time, 40))`,
  `$changed := $count($times) > 0 ? $max($times) : $timeOf($text($event.detail.state.timestamp, 40))`,
  `$end := $isEvaluated ? $max($times) + $seconds * 1000 : $changed`,
  `$to := $end > $sent + 600000 or $end < $sent - ${DAY} ? $sent : $end`,
  `$start := $isEvaluated and $to = $end ? $min($times) : $to - (2 * $seconds + 300) * 1000`,
  `$from := $start < $to - ${DAY} ? $to - ${DAY} : $start`,
].join("; ");

/** The execution's input, as `DetailsInput` has it. */
function input(known: KnownAlarms, limit: number): string {
  const raised = `$isKnown and $event.detail.state.value = "ALARM" and $type($alarm.events.namespace) = "string"`;
  return jsonata(
    known,
    `${NUMBERS}; ${WINDOW}; $string({
      "account": $id, "namespace": ${raised} ? $alarm.events.namespace : "", "metric": $key,
      "from": $from, "to": $to, "limit": ${limit}
    })`,
  );
}

/** The result of the other machine. It answers in any case; only its execution may have failed. */
const RESULT = `{% $states.result.Status = "SUCCEEDED" ? $parse($states.result.Output)
  : {"problem": $states.result.Error = "States.DataLimitExceeded" ? "${TOO_LARGE}"
    : $substring("the query failed: " & $string($states.result.Status) & " " & $string($states.result.Error) & " " & $string($states.result.Cause), 0, 300)} %}`;

const FAILED = `{% {"problem": $substring("the query failed: " & $string($states.errorOutput.Error) & ": " & $string($states.errorOutput.Cause), 0, 300)} %}`;

/**
 * The states that find an alarm's events before its message is published, the first of them `Details`. They assign two
 * variables, whatever happens:
 *
 * - `$details`: what `Details` (details-machine.ts) describes. `{ "problem": "" }` for a recovery, an unknown alarm, and
 *   one that no events raise: nothing was searched, and nothing is wrong.
 * - `$window`: `threshold` and `periodSeconds` of the alarm, each a number or absent. The account sent them.
 *
 * All expressions on the account's event are in tasks, because only tasks can catch an error of an expression.
 */
export function detailsStates(known: KnownAlarms, machineArn: string, next: string): Record<string, object> {
  const find = (attempt: keyof typeof PAGES) => ({
    Type: "Task",
    Resource: `${arnPrefix(known.region)}:states:::aws-sdk:sfn:startSyncExecution`,
    Arguments: { StateMachineArn: machineArn, Input: input(known, PAGES[attempt]) },
    TimeoutSeconds: SECONDS[attempt],
    Assign: {
      details: RESULT,
      window: `{% (${TEXT}; ${NUMBERS}; {"threshold": $threshold, "periodSeconds": $period}) %}`,
    },
    Output: "{% $states.input %}",
    Catch: [
      {
        ErrorEquals: ["States.ALL"],
        Assign: { details: FAILED, window: {} },
        Output: "{% $states.input %}",
        Next: next,
      },
    ],
  });
  return {
    Details: { ...find("usual"), Next: "DetailsRead" },
    DetailsRead: {
      Type: "Choice",
      Choices: [{ Condition: `{% $details.problem = "${TOO_LARGE}" %}`, Next: "DetailsOneByOne" }],
      Default: next,
    },
    DetailsOneByOne: { ...find("few"), Next: next },
  };
}
