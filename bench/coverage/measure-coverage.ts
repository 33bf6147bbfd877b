import { randomUUID } from "node:crypto";
import { findDetection } from "../../detections/catalogue";
import type { CloudTrailRecord } from "../../detections/predicate";
import { topicKindOf } from "../../lib/naming/alarm-description";
import { Evaluator, parseRecord, type Deployment } from "../../signals";
import type { Attack } from "./attacks";

/**
 * What an attack leads to: the strongest alarm that it raises, or how close it came to one. The notices of pack `cis`
 * are for auditors: they count as no detection.
 */
export const OUTCOMES = ["page", "notice", "notice of pack cis only", "match below threshold", "missed"] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Records that belong together. */
export interface Replayed {
  readonly records: readonly CloudTrailRecord[];
}

export interface MeasuredAttack<Replay extends Replayed = Attack> {
  readonly attack: Replay;
  readonly outcome: Outcome;
  /** The detections that alarm, or that matched without an alarm, as `account/detection`. */
  readonly detections: readonly string[];
}

/** Whether it leads to an alarm of a detection that is not there for auditors alone. */
export function isDetected({ outcome }: { readonly outcome: Outcome }): boolean {
  return outcome === "page" || outcome === "notice";
}

const DAY = 86_400_000;
/** Attacks are this far apart, so that no alarm can be raised by two of them. */
const SLOT = 2 * DAY;
const START = Date.parse("2026-01-01T12:00:00Z");

/**
 * Evaluates each attack in a deployment, each on a day of its own. Alarms that are raised by missing events do not
 * count.
 */
export function measureCoverage<Replay extends Replayed>(
  deployment: Deployment,
  attacks: readonly Replay[],
): readonly MeasuredAttack<Replay>[] {
  const evaluator = new Evaluator(deployment, { keepMatches: true });
  for (const [number, { records }] of attacks.entries()) {
    for (const { time, record } of timed(records, START + number * SLOT)) {
      evaluator.add(parseRecord(JSON.stringify({ ...record, eventTime: iso(time), eventID: randomUUID() })));
    }
  }

  const alarming = attacks.map(() => new Map<string, Outcome>());
  for (const { account, detection, alarms } of evaluator.report().detections) {
    if (isRaisedByAbsence(detection)) continue;
    for (const { alarm, at } of alarms) {
      alarming[slotOf(at)]?.set(`${account}/${detection}`, outcomeOf(deployment, account, detection, alarm));
    }
  }
  const matching = attacks.map(() => new Set<string>());
  for (const [number, { account, id }] of evaluator.detections.entries()) {
    if (isRaisedByAbsence(id)) continue;
    for (const { minute } of evaluator.matches.groupsOf(number)) {
      matching[slotOf(minute * 60_000)]?.add(`${account.name}/${id}`);
    }
  }
  return attacks.map((attack, number) => {
    const raised = alarming[number] ?? new Map<string, Outcome>();
    const matched = matching[number] ?? new Set<string>();
    const outcome = OUTCOMES.find((one) => [...raised.values()].includes(one));
    if (outcome !== undefined) return { attack, outcome, detections: [...raised.keys()] };
    return { attack, outcome: matched.size > 0 ? "match below threshold" : "missed", detections: [...matched] };
  });
}

/** The records from that time on, with their distances. */
function timed(records: Replayed["records"], start: number): { readonly time: number; readonly record: object }[] {
  const times = records.map(({ eventTime }) => Date.parse(String(eventTime)));
  const first = Math.min(...times);
  return records
    .map((record, index) => ({ time: start + (times[index] ?? first) - first, record }))
    .sort((one, other) => one.time - other.time);
}

function slotOf(time: number): number {
  return Math.floor((time - START + DAY / 2) / SLOT);
}

function outcomeOf(deployment: Deployment, accountName: string, detection: string, alarmName: string): Outcome {
  if (findDetection(detection)?.pack.id === "cis") return "notice of pack cis only";
  const account = deployment.accounts.find(({ name }) => name === accountName);
  const description = account?.alarms.find(({ name }) => name === alarmName)?.description;
  return topicKindOf(description) === "alert" ? "page" : "notice";
}

function isRaisedByAbsence(id: string): boolean {
  return findDetection(id)?.detection.alarmWhen === "missed";
}

function iso(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
