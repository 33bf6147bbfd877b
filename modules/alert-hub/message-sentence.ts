import { literal } from "./message-functions";

/** SNS subjects have fewer than 100 characters, all of them printable ASCII. Source: SNS API, Publish. */
const MAX_SUBJECT = 99;

/** Characters of a resource that a subject shows at least. */
const MIN_SHOWN = 12;

const RECOVERY =
  "The signal arrives again, so the alarm has recovered. Events of the time between did not raise alarms: " +
  "replay the archive of that time.";
const UNKNOWN_ACCOUNT =
  "The account is not in the organization's files: the text may be forged. " +
  "If the account is new, add it with `trailwatch accounts sync` and deploy alert-hub.";
const UNKNOWN_NAME =
  "No alarm of Trailwatch in this account has this name: the text may be forged. " +
  "If a detection is new, deploy alert-hub.";

/**
 * The sentence that a message begins with, `$sentence`, and its subject, `$subject`, as assignments in JSONata.
 *
 * `$sentence` takes the function that shows a value: `$shown` in a mail, `$marked` in a chat. It says only what is known:
 * where not all events are listed, numbers are "at least".
 */
export const SENTENCE: readonly string[] = [
  `$atLeast := function($isAll) { $isAll ? "" : "at least " }`,
  `$isAll := $isListed and $isComplete`,
  // Values of events, such as addresses: the value, or how many there are.
  `$place := function($before, $values, $nouns, $show) { $count($values) = 0 ? "" : $before & ($count($values) = 1 ? $show($values[0]) : $atLeast($isAll) & $string($count($values)) & " " & $nouns) }`,
  `$who := function($show) { ($leader ? $show($leader) : "an unknown principal") & ($principalCount > 1 ? " and " & $atLeast($isComplete) & $plural($principalCount - 1, "other") : "") }`,
  // Resources with what stands before them; empty without any.
  `$what := function($show) {(
    $size := $count($resources);
    $size = 0 ? (($contains($verb.of, /^an? /)) ? $replace($verb.of, / [a-z]+ $/, "") : "")
    : $size = 1 ? $verb.of & $verb.kind & $show($resources[0])
    : $verb.of & ($verb.of ? "each of " : "") & $atLeast($isAll and $isOneEach) & $string($size) & " " & $noun
  )}`,
  `$often := $not($isListed) ? " (" & $atLeast($isComplete) & $string($total) & " events in all)" : $most.size = 1 or $most.size = $count($resources) ? "" : $count($resources) > 1 ? " in " & $atLeast($isComplete) & $plural($most.size, "call") : " " & $atLeast($isComplete) & $string($most.size) & " times"`,
  `$more := $isListed and $others > 0 ? " and " & ($failedOthers = $others ? "failed at " : "made ") & $atLeast($isComplete) & $plural($others, "other call") & ($failedOthers > 0 and $failedOthers < $others ? " (" & $string($failedOthers) & " failed)" : "") : ""`,
  `$isDenied := $contains($result, /denied|unauthorized|forbidden/i)`,
  `$error := $replace($result, /^(Client|Server)[.]/, "")`,
  `$failed := function($show) { $isDenied ? ($principalCount > 1 ? " were" : " was") & " refused " & $show($call) : " failed at " & $show($call) }`,
  `$did := function($show) {(
    $on := $what($show);
    $failure ? " " & $failure & $often
    : $isRefused ? $failed($show) & ($on = "" ? "" : " on " & $on) & $often & " (" & $show($error) & ")"
    : $verb.isIntransitive ? " " & $verb.verb & $mfa & $often
    : $verb.verb and $on != "" ? " " & $verb.verb & " " & $on & $often
    : " called " & $show($call) & ($on = "" ? "" : " on " & $on) & $often
  )}`,
  // Of more events than are listed, the places are those of the first ones.
  `$sentence := function($show) {
    $isRecovery ? ${literal(RECOVERY)}
    : $not($isKnown) ? ($account = "" ? ${literal(UNKNOWN_ACCOUNT)} : ${literal(UNKNOWN_NAME)})
    : $not($hasEvents) ? $alarm.meaning
    : $who($show) & $did($show) & $more
      & ($total > 1 and $within != "" ? " in " & $within : "")
      & ($isListed or $count($addresses) + $count($regions) = 0 ? "" : ", first")
      & $place(" from ", $addresses, "addresses", $show)
      & $place(" in ", $regions, "regions", $show)
      & $place(" in account ", $elsewhere, "accounts", function($one) { $accountShown($one, $show) })
      & ($threshold > 1 ? "; threshold " & $string($threshold) : "")
  }`,
  // Short forms for the subject: a name without the principal's kind or a service's domain; the end of an ARN.
  `$brief := function($raw, $most) { ($value := $disarmed($raw); $length($value) <= $most ? $value : $substring($value, 0, 4) = "arn:" ? "..." & $substring($value, $length($value) - $most + 3) : $cut($value, $most)) }`,
  `$by := $leader ? $brief($replace($substringBefore($leader, " ("), ".amazonaws.com", ""), 30) & ($principalCount > 1 ? " and " & $plural($principalCount - 1, "other") : "") : "an unknown principal"`,
  `$called := $brief($call, 40)`,
  `$subjectWhat := $what(function($value) { $brief($value, 40) })`,
  `$timesInSubject := $isListed and $most.size != $count($resources) ? $times($most.size) : ""`,
  `$headline := $hasEvents ? (
    $failure ? $by & " " & $failure & $timesInSubject
    : $isRefused ? $called & ($subjectWhat = "" ? "" : " on " & $subjectWhat) & ($isDenied ? " refused" : " failed") & $timesInSubject & " for " & $by
    : $verb.isIntransitive ? $by & " " & $verb.verb & $mfa & $timesInSubject
    : $verb.verb and $subjectWhat != "" ? $subjectWhat & " " & $verb.verb & $timesInSubject & " by " & $by
    : $called & " called" & ($subjectWhat = "" ? "" : " on " & $subjectWhat) & $timesInSubject & " by " & $by
  ) & ($count($elsewhere) = 1 ? " in " & $accountShown($elsewhere[0], $plain) : "") : $title & ($isRecovery ? ", recovered" : "")`,
  `$subjectStart := "[" & ($isRecovery ? "OK" : $uppercase($severity)) & "] " & $where & ": "`,
  // Where the subject is too long, the resource is shortened: who did it stands at the end.
  `$tooMuch := $length($subjectStart & $headline) - ${MAX_SUBJECT}`,
  `$room := $max([$length($subjectWhat) - $tooMuch, ${MIN_SHOWN}])`,
  `$shorter := $tooMuch > 0 and $hasEvents and $length($subjectWhat) > $room ? $replace($headline, $subjectWhat, $cut($subjectWhat, $room), 1) : $headline`,
  `$newSubject := $cut($subjectStart & $shorter, ${MAX_SUBJECT})`,
  // Repeats keep the subject of the first alarm, so that mail programs show them together.
  `$repeats := $natural($repeat.alarms)`,
  `$subject := $repeats > 1 and $line($repeat.subject, ${MAX_SUBJECT}) != "" ? $line($repeat.subject, ${MAX_SUBJECT}) : $newSubject`,
  `$repeatText := $repeats > 1 ? $ordinal($repeats) & " alarm within an hour" & ($natural($repeat.events) > 0 ? ", " & ($natural($repeat.uncounted) > 0 ? "at least " : "") & $plural($natural($repeat.events), "event") & " in all" : "") & ", since " & $substring($fromMillis($natural($repeat.since)), 11, 5) & " UTC" : ""`,
].map((assignment) => assignment.replace(/\n\s+/g, " "));
