import { ownNames } from "../../lib/naming/own-names";
import { topicKindsInJsonata } from "../../lib/naming/alarm-description";
import { lookup, NUMBERED, type KnownAlarms } from "./known-alarms";
import { literal, MESSAGE_FUNCTIONS } from "./message-functions";

/** Longest name of an alarm. Source: CloudWatch API, PutMetricAlarm. */
const MAX_NAME = 255;

/** Severity and topic of an alarm that the hub does not know: better a message too many. */
const UNKNOWN = "high alert";

/**
 * What the hub knows of the event's alarm, as assignments in JSONata. EventBridge sets the event's account and region;
 * everything else is looked up by them and by the alarm's name, in tables of the state machine.
 */
export function alarmFacts(known: KnownAlarms): readonly string[] {
  return [
    ...MESSAGE_FUNCTIONS,
    `$event := $states.input`,
    `$accountNamed := function($id) { ${lookup(known, "accounts", "$id")} }`,
    `$id := $text($event.account, 20)`,
    `$entry := $accountNamed($id)`,
    `$account := $type($entry) = "string" ? $entry : ""`,
    `$name := $text($event.detail.alarmName, ${MAX_NAME})`,
    `$prefix := ${literal(ownNames(known.names).prefix)} & $account & "-"`,
    `$isOurs := $account != "" and $event.region = ${literal(known.region)} and $substring($name, 0, $length($prefix)) = $prefix`,
    `$key := $isOurs ? $replace($substring($name, $length($prefix)), /^${NUMBERED}-[0-9]+$/, ${literal(NUMBERED)}) : ""`,
    `$alarm := ${lookup(known, "alarms", "$key")}`,
    `$isKnown := $type($alarm.title) = "string"`,
    `$own := ${lookup(known, "markers", `$account & "/" & $key`)}`,
    `$marker := $isKnown ? ($type($own) = "string" ? $own : $alarm.marker) : ${literal(UNKNOWN)}`,
    ...topicKindsInJsonata("$marker"),
    `$severity := $substringBefore($marker, " ")`,
    `$where := $account != "" ? $account : $id != "" ? $plain($id) : "no account"`,
    `$isRecovery := $isKnown and $event.detail.state.value = "OK"`,
    `$title := $isKnown ? $alarm.title : "Unknown alarm " & $plain($name)`,
    `$isOnEvents := $isKnown and $alarm.query and $not($alarm.isAbsence) and $not($isRecovery)`,
  ];
}
