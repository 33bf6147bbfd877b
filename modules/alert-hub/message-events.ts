import { lookup, type KnownAlarms } from "./known-alarms";
import { literal } from "./message-functions";
import { RESOURCE_NOUNS } from "../../lib/naming/call-verbs";

/**
 * The events of an alarm, from the variables `$details` and `$window`, as assignments in JSONata.
 *
 * `$details` holds up to five distinct events with their counts; there may be more (`$isListed`), and the query may have
 * ended before the last one (`$isComplete`). `$main` are the events of the most frequent call and result; a call that
 * succeeded comes before refused ones, which are often tried first. `$leader` is the most frequent principal of those who made it.
 */
export function eventFacts(known: KnownAlarms): readonly string[] {
  return [
    `$problem := $line($details.problem, 300)`,
    `$total := $isOnEvents ? $natural($details.count) : 0`,
    `$isComplete := $details.isComplete = true`,
    // The version that Lambda's calls end with, such as UpdateFunctionCode20150331v2.
    `$callOf := function($value) { ($called := $replace($line($value, 80), /20[0-9]{6}(v[0-9]+)?$/, ""); $called = "" ? "unnamed-call" : $called) }`,
    `$events := [$map([$isOnEvents ? $details.events][[0..4]], function($one) { {
      "time": $line($one.time, 30),
      "count": $max([$natural($one.count), 1]),
      "principal": $line($one.principal, 150),
      "service": $line($one.service, 80),
      "call": $callOf($one.call),
      "resource": $line($one.resource, 200),
      "address": $line($one.address, 60),
      "region": $line($one.region, 30),
      "account": $line($one.account, 20),
      "result": $line($one.result, 80),
      "mfa": $one.mfa in ["yes", "no"] ? $one.mfa : ""
    } })]`,
    `$hasEvents := $total > 0 and $count($events) > 0`,
    `$isListed := $sum($events.count) >= $total`,
    `$kinds := [$distinct($events.(call & " " & result))]`,
    `$isOk := function($one) { $one.result in ["", "ok"] }`,
    `$most := $reduce($append([{"size": 0, "isOk": false}], $map($kinds, function($kind) { ($of := $events[call & " " & result = $kind]; {"kind": $kind, "size": $sum($of.count), "isOk": $isOk($of[0])}) })), function($best, $one) { $one.isOk != $best.isOk ? ($one.isOk ? $one : $best) : $one.size > $best.size ? $one : $best })`,
    `$main := [$events[call & " " & result = $most.kind]]`,
    `$call := $main[0].call`,
    `$result := $main[0].result`,
    `$isRefused := $not($isOk($main[0]))`,
    `$others := $total - $most.size`,
    `$failedOthers := $sum($events[$not($isOk($)) and call & " " & result != $most.kind].count)`,
    `$principals := [$map([$isOnEvents ? $details.principals][[0..4]], function($one) { $line($one, 150) })]`,
    `$leader := $append($principals[$ in $main.principal], $principals)[0]`,
    `$principalCount := $max([$natural($details.principalCount), $count($principals)])`,
    `$found := ${lookup(known, "verbs", "$call")}`,
    `$verb := $isRefused ? {} : $found`,
    `$failure := $isRefused ? $found.failed`,
    `$ofService := $lookup(${JSON.stringify(RESOURCE_NOUNS)}, $main[0].service)`,
    `$noun := $found.noun ? $found.noun : $ofService ? $ofService : "resources"`,
    `$resources := [$distinct($main[resource != ""].resource)]`,
    // A call may have several resources, of which the record's text has the first ones.
    `$isOneEach := $count($resources[$contains($, ", ")]) = 0`,
    `$mfa := $count($distinct($main.mfa)) = 1 ? $lookup({"yes": " with MFA", "no": " without MFA"}, $main[0].mfa)`,
    // Calls that a service makes by itself come from the service's own name.
    `$addresses := [$distinct($events[address != "" and address != principal].address)]`,
    `$regions := [$distinct($events[region != "" and region != ${literal(known.region)}].region)]`,
    `$elsewhere := [$distinct($events[account != "" and account != $id].account)]`,
    `$accountShown := function($other, $show) { ($found := $accountNamed($other); $type($found) = "string" ? $found : $show($other)) }`,
    `$threshold := $natural($window.threshold)`,
    `$period := $natural($window.periodSeconds)`,
    `$span := $natural($details.to) > $natural($details.from) ? $round(($natural($details.to) - $natural($details.from)) / 1000) : $period`,
    `$within := $span <= 0 ? "" : $span < 60 ? $plural($span, "second") : $span < 7200 ? $plural($round($span / 60), "minute") : $plural($round($span / 3600), "hour")`,
  ].map((assignment) => assignment.replace(/\n\s+/g, " "));
}
