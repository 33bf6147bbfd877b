import { facts } from "./message";
import type { KnownAlarms } from "./known-alarms";

/**
 * The document `trailwatch.alert`, version 1, of an alarm's event: an expression in JSONata. Its text is data for
 * programs, so nothing in it is disarmed.
 */
export function alertDocument(known: KnownAlarms): string {
  const fields = [
    `"version": 1`,
    `"id": $text($event.id, 64)`,
    `"kind": $isRecovery ? "recovery" : "alarm"`,
    `"title": $isKnown ? $alarm.title : "Unknown alarm " & $plain($name)`,
    `"sentence": $headline`,
    `"severity": $split($marker, " ")[0]`,
    `"topic": $split($marker, " ")[1]`,
    `"account": {"id": $id, "name": $where}`,
    `"detection": $key`,
    `"alarm": $plain($name)`,
    `"region": $plain($text($event.region, 20))`,
    `"time": $plain($text($event.time, 40))`,
    `"principals": []`,
    `"events": []`,
    `"links": {"alarm": $console & "alarmsV2:alarm/" & $plain($name)}`,
  ];
  return `(${facts(known)}; {${fields.join(", ")}})`;
}
