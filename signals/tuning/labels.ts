import { shownValue } from "../../lib/support/printable";
import type { AlarmSpan } from "./alarm-spans";
import type { AlarmWindow } from "./alarm-levels";
import type { MatchTraits } from "../matches/match-traits";

/** A labelled incident: its alarm must still be raised. */
export interface Label {
  /** As it was written. */
  readonly text: string;
  /** Name of the account and id of the detection. @default - every detection whose alarm is on at the incident now */
  readonly alarm?: { readonly account: string; readonly detection: string };
  /** Exactly one of the event and the time. Milliseconds since 1970. */
  readonly eventId?: string;
  readonly time?: number;
}

/** A label of one detection: it is kept if the alarm is in ALARM at some evaluation between the two times. */
export interface Incident {
  readonly label: Label;
  readonly minute: number;
  /** Fields of the event, which no `ignore` may match. @default - a time was labelled */
  readonly values?: MatchTraits["values"];
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const EVENT_ID = /^[\w-]{8,}$/;

/**
 * Reads labels: each line has an event's id or a time, preceded by `<account>/<detection>` if it applies to one
 * detection. Text after a `#` is a comment.
 *
 * @throws Error naming the first line that is not a label
 */
export function parseLabels(text: string): Label[] {
  return text.split(/\r?\n/).flatMap((line, number) => {
    const words = line
      .replace(/(^|\s)#.*$/, "")
      .trim()
      .split(/\s+/)
      .filter((word) => word !== "");
    if (words.length === 0) return [];
    const label = labelOf(words);
    if (label !== undefined) return [label];
    throw new Error(
      `'--keep' must hold an event id or a time such as 2026-01-15T09:30:00Z in each line, with '<account>/<detection>' ` +
        `before it if one alarm is meant, got '${shownValue(line)}' (line ${number + 1})`,
    );
  });
}

function labelOf(words: readonly string[]): Label | undefined {
  const what = words.at(-1) ?? "";
  const text = words.join(" ");
  const [account, detection, ...more] = words.length === 2 ? (words[0] ?? "").split("/") : [];
  if (words.length > 2 || more.length > 0 || (words.length === 2 && !detection)) return undefined;
  const alarm = account === undefined || detection === undefined ? {} : { alarm: { account, detection } };
  if (TIME.test(what)) {
    const time = Date.parse(what);
    return Number.isNaN(time) ? undefined : { text, ...alarm, time };
  }
  return EVENT_ID.test(what) ? { text, ...alarm, eventId: what } : undefined;
}

/** Whether the alarm is in ALARM at the incident: while its event counts, or at its time within `tolerance` minutes. */
export function isRaised(
  incident: Incident,
  spans: readonly AlarmSpan[],
  window: AlarmWindow,
  tolerance: number,
): boolean {
  const first = incident.minute + 1;
  const [from, to] =
    incident.label.time === undefined
      ? [first, incident.minute + (window.periodSeconds / 60) * window.evaluationPeriods]
      : [first - tolerance, first + tolerance];
  return spans.some((span) => span.from <= to && span.to > from);
}
