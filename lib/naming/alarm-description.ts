import { SEVERITIES, type Severity } from "./severity";

/** The topic that an alarm is for: an alert pages people, a notice can wait. */
export const TOPIC_KINDS = ["alert", "notice"] as const;

export type TopicKind = (typeof TOPIC_KINDS)[number];

/** The topic of a detection's alarm, by how much the detection matters. */
export const KIND_OF_SEVERITY: Readonly<Record<Severity, TopicKind>> = {
  critical: "alert",
  high: "alert",
  medium: "notice",
  low: "notice",
};

/** What the first line of an alarm's description says. */
export interface AlarmHeadline {
  /** What happened, in one line. */
  readonly title: string;
  readonly severity: Severity;
  readonly kind: TopicKind;
}

/** A line of alarms on a missing signal, whose topics get CloudWatch's message for the state OK too. */
export const RECOVERY_LINE = "A message for the state OK means that it has recovered.";

/** Characters of an alarm's description. Source: CloudWatch API, PutMetricAlarm, AlarmDescription. */
export const MAX_DESCRIPTION = 1024;

/** A longer title would leave no room for the account and the runbook. */
const MAX_TITLE = 256;

/** Everything that ends a line for any reader, and other characters without meaning in a title. */
const LINE_BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * The description of an alarm: `<title> (<severity> <kind>)` in the first line, further lines below.
 *
 * An alarm's event on EventBridge holds its description, but neither its tags nor its actions, so severity and topic
 * can only be read from here. The marker always ends the first line, and a title contains no line break. Text in a
 * title, even another marker, is therefore never read as the marker.
 *
 * @param lines in order of importance: what exceeds 1,024 characters is cut from the end
 * @param lastLines candidates for a last line: the first that fits as a whole is used, or none
 * @returns 1,024 characters at most; a title that is too long is cut, the marker never is
 */
export function alarmDescription(
  { title, severity, kind }: AlarmHeadline,
  lines: readonly string[],
  lastLines: readonly string[] = [],
): string {
  const head = `${cut(title.replace(LINE_BREAKS, " "), MAX_TITLE)} (${markerOf({ severity, kind })})`;
  const text = [head, ...lines].join("\n");
  const longer = lastLines.map((line) => `${text}\n${line}`).find(({ length }) => length <= MAX_DESCRIPTION);
  return longer ?? cut(text, MAX_DESCRIPTION);
}

/** The marker ends the first line, whatever the title holds before it. Earlier versions wrote `(high)` alone. */
const HEADLINE = new RegExp(`^(.*) \\((${SEVERITIES.join("|")})(?: (${TOPIC_KINDS.join("|")}))?\\)$`, "s");

/** What `alarmDescription` wrote into the first line; undefined for the description of another alarm. */
export function headlineOf(description = ""): AlarmHeadline | undefined {
  const [, title, severityText, kindText] = HEADLINE.exec(firstLineOf(description)) ?? [];
  const severity = SEVERITIES.find((known) => known === severityText);
  if (title === undefined || severity === undefined) return undefined;
  return { title, severity, kind: TOPIC_KINDS.find((known) => known === kindText) ?? UNSAID };
}

/** An alarm without a marker is an alert: better one message too many than one too few. */
const UNSAID: TopicKind = "alert";

/** Which topic an alarm is for: an alert, unless its description says otherwise. */
export function topicKindOf(description?: string): TopicKind {
  return headlineOf(description)?.kind ?? UNSAID;
}

/** All kinds except the default for an alarm without a marker. */
const SAID_KINDS = TOPIC_KINDS.filter((kind) => kind !== UNSAID);

/** Severity and topic as one text: `high alert`. */
export type Marker = `${Severity} ${TopicKind}`;

export function markerOf({ severity, kind }: Pick<AlarmHeadline, "severity" | "kind">): Marker {
  return `${severity} ${kind}`;
}

/** Name of a variable in JSONata: whether an alarm is of a kind. */
function variable(kind: TopicKind): string {
  return `$is${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

/**
 * The topic by a marker, in JSONata for a state machine: assignments that `topicChoice` and `IS_UNSAID` use.
 *
 * @param marker an expression for the marker; anything other than a marker of these kinds is the default kind
 */
export function topicKindsInJsonata(marker: string): string[] {
  return SAID_KINDS.map((kind) => {
    const markers = SEVERITIES.map((severity) => `"${markerOf({ severity, kind })}"`);
    return `${variable(kind)} := ${marker} in [${markers.join(", ")}]`;
  });
}

/** Whether an alarm is an alert, in JSONata after those assignments. */
export const IS_UNSAID = `$not(${SAID_KINDS.map(variable).join(" or ")})`;

/** The topic of an alarm, in JSONata after those assignments. */
export function topicChoice(topics: Readonly<Record<TopicKind, string>>): string {
  return [...SAID_KINDS.map((kind) => `${variable(kind)} ? "${topics[kind]}"`), `"${topics[UNSAID]}"`].join(" : ");
}

const CHOICE = new RegExp([...SAID_KINDS.map((kind) => `\\${variable(kind)} \\? "([^"]+)"`), '"([^"]+)"'].join(" : "));

/** The topics of the first such choice in a text; undefined where there is none. */
export function topicsOfChoice(text: string): Readonly<Record<TopicKind, string>> | undefined {
  const [, ...topics] = CHOICE.exec(text) ?? [];
  if (topics.length === 0) return undefined;
  const entries = [...SAID_KINDS, UNSAID].map((kind, index) => [kind, topics[index] ?? ""]);
  return Object.fromEntries(entries) as Record<TopicKind, string>;
}

function firstLineOf(description: string): string {
  const [line = ""] = description.split("\n", 1);
  return line;
}

/** The beginning of a text, without half of a character that takes two code units. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
}
