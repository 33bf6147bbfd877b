import { printableJson } from "../lib/support/printable";
import { limitsFor, type ListLimits } from "./alarm-list";
import type { Candidate } from "./candidates";
import type { Frame } from "./report-detection";
import type { DetectionKind, FurtherDetection, ReportDetection } from "./report-data";

/** A report has at most 1.5 MB, of which the page's script takes 0.6 MB. Charts of more detections take long to make. */
const MAX_BYTES = 810_000;
/** With as many, few others fit: they are not tried. */
const ENOUGH_BYTES = 780_000;
const MAX_DETAILED = 300;
/** Of a detection without details. */
const LINE_BYTES = 32;
const MAX_LINES = 15_000;
const MAX_TIMES = 20_000;
const TIME_BYTES = 5;
/** For detections whose names are so long that longer lists do not fit. */
const SHORT: ListLimits = { alarmsOfDetection: 10, recordsOfAlarm: 1 };
const MINUTE = 60_000;

/** The detections with details, and those without. */
export interface Fitted {
  readonly detections: readonly ReportDetection[];
  readonly further: readonly FurtherDetection[];
  /** Detections that are only in the totals. */
  readonly furtherLeftOut: number;
  readonly kinds: readonly DetectionKind[];
  readonly alarmTimes: readonly (readonly number[])[];
  readonly alarmTimesLeftOut: number;
}

/** Details of as many detections as fit. `candidates`: by severity, then by count. */
export function fitted(
  candidates: readonly Candidate[],
  accounts: readonly string[],
  frame: Omit<Frame, "limits">,
): Fitted {
  const first = mostWanted(candidates).slice(0, MAX_DETAILED);
  const limits = limitsFor(first.map(({ alarms }) => alarms));
  const details = new Map<Candidate, ReportDetection>();
  const times = candidates.reduce((sum, { raised }) => sum + raised.length, 0);
  let bytes = Math.min(candidates.length, MAX_LINES) * LINE_BYTES + Math.min(times, MAX_TIMES) * TIME_BYTES;
  for (const candidate of first) {
    for (const tried of [limits, SHORT]) {
      const texts = frame.texts.count;
      const made = candidate.details({ ...frame, limits: tried });
      const size = Buffer.byteLength(printableJson(made));
      if (bytes + size + frame.texts.bytes <= MAX_BYTES) {
        bytes += size;
        details.set(candidate, made);
        break;
      }
      frame.texts.cutTo(texts);
    }
    if (bytes + frame.texts.bytes > ENOUGH_BYTES) break;
  }
  const without = candidates.filter((candidate) => !details.has(candidate));
  const left = without.slice(0, MAX_LINES);
  const shown = candidates.filter((candidate) => details.has(candidate));
  const { kinds, further } = furtherOf(left, accounts);
  return {
    detections: shown.flatMap((candidate) => details.get(candidate) ?? []),
    further,
    furtherLeftOut: without.length - left.length,
    kinds,
    ...timesOf([...shown, ...left], frame.slots.from),
  };
}

/** Each detection's first account, then those with a proposed change, which is not followed unseen, then the others. */
function mostWanted(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  const firsts = candidates.filter(({ detection }) => !seen.has(detection) && seen.add(detection));
  const proposed = candidates.filter(({ isProposed }) => isProposed);
  return [...new Set([...firsts, ...proposed, ...candidates])];
}

function furtherOf(left: readonly Candidate[], accounts: readonly string[]): Pick<Fitted, "kinds" | "further"> {
  const kinds = new Map<string, { readonly number: number; readonly kind: DetectionKind }>();
  const numbers = new Map(accounts.map((account, number) => [account, number]));
  const further = left.map(({ detection, title, severity, account, events, alarms, then }): FurtherDetection => {
    const key = `${severity ?? ""}/${detection}`;
    const kind = { detection, ...(title !== undefined && { title }), ...(severity !== undefined && { severity }) };
    const known = kinds.get(key) ?? { number: kinds.size, kind };
    kinds.set(key, known);
    return [known.number, numbers.get(account) ?? -1, events, alarms, then];
  });
  return { further, kinds: [...kinds.values()].map(({ kind }) => kind) };
}

/** The most severe first, where not all fit: but none of them without its latest. */
function timesOf(candidates: readonly Candidate[], from: number): Pick<Fitted, "alarmTimes" | "alarmTimesLeftOut"> {
  let room = MAX_TIMES - candidates.filter(({ raised }) => raised.length > 0).length;
  let leftOut = 0;
  const alarmTimes = candidates.map(({ raised }) => {
    const further = Math.max(0, Math.min(raised.length - 1, room));
    room -= further;
    const kept = raised.length === 0 ? [] : raised.slice(-(further + 1));
    leftOut += raised.length - kept.length;
    const minutes = kept.map((at) => Math.floor(at / MINUTE));
    return minutes.map((minute, at) => minute - (minutes[at - 1] ?? from));
  });
  return { alarmTimes, alarmTimesLeftOut: leftOut };
}
