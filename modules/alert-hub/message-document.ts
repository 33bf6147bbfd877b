/** Version of the JSON document. A new field keeps it; a removed or changed one needs the next. */
export const DOCUMENT_VERSION = 1;

/** `kind` of the document. */
export const DOCUMENT_TYPE = "trailwatch.alert";

/**
 * The message for programs, `$document`, as an assignment in JSONata: documented in docs/notification-format.md.
 *
 * Values of records are one line of printable ASCII each and truncated, but not changed otherwise: who shows them must
 * escape them. Fields without a value are left out.
 */
export const DOCUMENT: readonly string[] = [
  `$document := $merge([
    {
      "type": ${JSON.stringify(DOCUMENT_TYPE)},
      "version": ${DOCUMENT_VERSION},
      "id": $line($event.id, 64),
      "kind": $isRecovery ? "recovery" : "alarm",
      "title": $title,
      "subject": $newSubject,
      "sentence": $sentence($shown),
      "severity": $severity,
      "topic": $substringAfter($marker, " "),
      "account": {"id": $line($id, 20), "name": $account},
      "detection": $isKnown ? $key : "",
      "alarm": $line($name, 255),
      "region": $line($event.region, 30),
      "time": $line($event.time, 40),
      "principals": $hasEvents ? $principals : [],
      "events": $hasEvents ? $events : [],
      "links": $merge([
        {"alarm": $alarmLink},
        $eventsLink = "" ? {} : {"events": $eventsLink}
      ])
    },
    $hasEvents ? {"count": $total, "isComplete": $isComplete, "principalCount": $principalCount} : {},
    $threshold > 0 ? {"threshold": $threshold} : {},
    $period > 0 ? {"periodSeconds": $period} : {},
    $noDetails = "" ? {} : {"problem": $problem = "" ? "no matching event" : $problem},
    $runbookLink = "" ? {} : {"runbook": $runbookLink},
    $repeats > 0 ? {"repeat": {"count": $repeats, "events": $natural($repeat.events), "since": $fromMillis($natural($repeat.since))}} : {}
  ])`,
].map((assignment) => assignment.replace(/\n\s+/g, " "));
