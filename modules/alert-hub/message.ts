import { IS_UNSAID, topicChoice, topicKindsInJsonata } from "../../lib/naming/alarm-description";
import { OWN_PREFIX } from "../../lib/naming/own-resources";
import { lookup, NUMBERED, type KnownAlarms } from "./known-alarms";

/** Topics of the hub, by their ARNs. */
export interface HubTopics {
  /** Pages the on-call person. */
  readonly alerts: string;
  /** Read during working hours. */
  readonly notices: string;
}

/** SNS subjects have fewer than 100 characters, all of them printable ASCII. Source: SNS API, Publish. */
const MAX_SUBJECT = 99;

/** Longest texts of an alarm. Source: CloudWatch API, PutMetricAlarm (name, description), SetAlarmState (reason). */
const MAX = { name: 255, description: 1024, reason: 1023 } as const;

/** Severity and topic of an alarm that the hub does not know: better a message too many. */
const UNKNOWN = "high alert";

/**
 * Functions for text from a member, in JSONata. All of it may be forged, may be missing, or may be no text.
 *
 * `$plain` is for names, in which no link fits. `$quoted` marks each line, so that none looks like a line of the hub,
 * and disables links: `://`, and each `.` before a letter, which mail programs take for an address.
 */
const FUNCTIONS = [
  `$text := function($value, $most) { $type($value) = "string" ? $substring($value, 0, $most) : "" }`,
  `$plain := function($value) { $replace($value, /[^0-9A-Za-z_:+-]+/, "?") }`,
  `$ascii := function($value) { $replace($value, /[^\\n -~]+/, "?") }`,
  `$disarmed := function($value) { $replace($replace($ascii($value), "://", "[:]//"), /\\.([A-Za-z])/, "[.]$1") }`,
  `$quoted := function($value) { "> " & $replace($disarmed($value), "\\n", "\\n> ") }`,
];

const text = (value: string): string => JSON.stringify(value);

/**
 * What the hub knows of the event's alarm. EventBridge sets the event's account and region; everything else is looked
 * up by them and by the alarm's name, in tables of the state machine.
 */
export function facts(known: KnownAlarms): string {
  const console = text(`https://${known.region}.console.aws.amazon.com/cloudwatch/home?region=${known.region}#`);
  return [
    ...FUNCTIONS,
    `$event := $states.input`,
    `$id := $text($event.account, 20)`,
    `$entry := ${lookup(known, "accounts", "$id")}`,
    `$account := $type($entry) = "string" ? $entry : ""`,
    `$name := $text($event.detail.alarmName, ${MAX.name})`,
    `$prefix := ${text(OWN_PREFIX)} & $account & "-"`,
    `$isOurs := $account != "" and $event.region = ${text(known.region)} and $substring($name, 0, $length($prefix)) = $prefix`,
    `$key := $isOurs ? $replace($substring($name, $length($prefix)), /^${NUMBERED}-[0-9]+$/, ${text(NUMBERED)}) : ""`,
    `$alarm := ${lookup(known, "alarms", "$key")}`,
    `$isKnown := $type($alarm.title) = "string"`,
    `$own := ${lookup(known, "markers", `$account & "/" & $key`)}`,
    `$marker := $isKnown ? ($type($own) = "string" ? $own : $alarm.marker) : ${text(UNKNOWN)}`,
    ...topicKindsInJsonata("$marker"),
    `$where := $account != "" ? $account : $id != "" ? $plain($id) : "no account"`,
    `$isRecovery := $isKnown and $event.detail.state.value = "OK"`,
    `$headline := ($isRecovery ? "Recovered: " : "") & ($isKnown ? $alarm.title : "Unknown alarm " & $plain($name)) & " (" & $marker & ")"`,
    `$console := ${console}`,
  ].join("; ");
}

const SUBJECT = `$substring("[" & $where & "] " & $headline, 0, ${MAX_SUBJECT})`;

/** The hub's own lines. */
function ownLines(known: KnownAlarms): string {
  const lines = [
    `$headline`,
    `($isKnown ? ($isRecovery ? ${text(RECOVERY)} : $alarm.meaning) : $account = "" ? ${text(UNKNOWN_ACCOUNT)} : ${text(UNKNOWN_NAME)})`,
    `"Account: " & ($account = "" ? $where & " (unknown)" : $account & " (" & $id & ")")`,
    `"Alarm: " & $plain($name) & " in " & $plain($text($event.region, 20))`,
    `"Time: " & $plain($text($event.time, 40))`,
  ];
  const ofKnown = [
    `($alarm.runbook ? "Runbook: " & ${text(known.runbooks)} & "/" & $key & ".md\\n" : "")`,
    `($alarm.query ? "Who did it: Logs Insights, saved query trailwatch/" & $account & "/" & $key & "\\n" : "")`,
    `"See it: " & $console & "alarmsV2:alarm/" & $name`,
    `($alarm.query ? "\\nRun the query: " & $console & "logsV2:logs-insights" : "")`,
  ];
  return `${lines.join(' & "\\n" & ')} & "\\n" & ($isKnown ? ${ofKnown.join(" & ")} : "See it: " & $console & "alarmsV2:")`;
}

const RECOVERY =
  "The signal arrives again, so the alarm has recovered. Events of the time between did not raise alarms: " +
  "replay the archive of that time.";
const UNKNOWN_ACCOUNT =
  "The account is not in the organization's files: the text may be forged. " +
  "If the account is new, add it with `trailwatch accounts sync` and deploy alert-hub.";
const UNKNOWN_NAME =
  "No alarm of Trailwatch in this account has this name: the text may be forged. " +
  "If a detection is new, deploy alert-hub.";

/** The member's own text. */
const QUOTED = [
  `"Text of the alarm, as the account sent it, with links disabled:"`,
  `$quoted($text($event.detail.configuration.description, ${MAX.description}))`,
  `$quoted("Reason: " & $text($event.detail.state.reason, ${MAX.reason}))`,
].join(' & "\\n" & ');

/** An expression of the state machine that uses what the hub knows of the event's alarm. */
export const jsonata = (known: KnownAlarms, expression: string): string => `{% (${facts(known)}; ${expression}) %}`;

/**
 * The message for an alarm's event, as one JSONata expression for the arguments of SNS's Publish.
 *
 * A member can write anything into its alarms. Account, title, severity, topic and links come from the hub's tables;
 * the member's text follows below them, quoted. An alarm that the tables do not contain is an alert.
 */
export function messageArguments(known: KnownAlarms, { alerts, notices }: HubTopics): string {
  const message = `${ownLines(known)} & "\\n\\n" & ${QUOTED}`;
  const topic = topicChoice({ alert: alerts, notice: notices });
  return jsonata(known, `{"TopicArn": (${topic}), "Subject": ${SUBJECT}, "Message": ${message}}`);
}

/** Whether an alarm's event is an alert, as a JSONata condition. */
export function isAlert(known: KnownAlarms): string {
  return jsonata(known, IS_UNSAID);
}

/**
 * The same for chat channels, which only show messages in their own format, and interpret markup: without the member's
 * text. Source: Amazon Q Developer in chat applications, "Custom notifications".
 */
export function chatArguments(known: KnownAlarms, topicArn: string): Record<"TopicArn" | "Message", string> {
  const content = `{"textType": "client-markdown", "title": ${SUBJECT}, "description": ${ownLines(known)}}`;
  return {
    TopicArn: topicArn,
    Message: jsonata(known, `$string({"version": "1.0", "source": "custom", "content": ${content}})`),
  };
}
