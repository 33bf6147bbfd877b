import type { ReportSource, MeasuredSource } from "../../report/report-source";
import type { MatchGroup } from "../../signals/matches/match-log";
import { TRAIT_FIELDS } from "../../signals/matches/match-traits";
import { measureDetection, type DetectionHistory } from "../../signals/tuning/measured-detection";
import { tuneDetection } from "../../signals/tuning/tune-detection";
import type { DetectionTuning } from "../../signals/tuning/tuning";

const START = Date.UTC(2026, 2, 2) / 60_000;
const DAY = 1440;

/** Events of a principal in one minute, so many days and minutes after a Monday's midnight. */
export function burst(day: number, minute: number, sum: number, arn = "arn:aws:iam::1:user/noisy"): MatchGroup {
  const at = START + day * DAY + minute;
  const values = TRAIT_FIELDS.map((field) =>
    field === "userIdentity.arn" ? arn : field === "sourceIPAddress" ? "198.51.100.7" : undefined,
  );
  const event = { id: `event-${day}-${minute}`, time: at * 60_000, name: "ListUsers", source: "iam.amazonaws.com" };
  return { minute: at, sum, values, events: [{ ...event, region: "us-east-1" }] };
}

/** Fourteen nights, each with one event more than the one before. */
export const NIGHTS = Array.from({ length: 14 }, (_, day) => burst(day, 120, 10 + day));

interface Made {
  readonly account?: string;
  readonly detection?: string;
  readonly budgetPerWeek?: number;
  readonly chosen?: readonly string[];
  readonly threshold?: number;
}

/** The same events as Athena counts them, without principals. */
export function counted(groups: readonly MatchGroup[]): MatchGroup[] {
  return groups.map(({ minute, sum }) => ({ minute, sum, events: [] }));
}

/** What Athena counted, of an account with a saved query for each detection but `watched-secret-reads`. */
export function countedSource(tuned: readonly MeasuredSource[]): ReportSource {
  return {
    ...sourceOf(tuned, "replay"),
    totals: { records: 1000 },
    archive: {
      workgroup: "trailwatch",
      savedQueryOf: (detection) => (detection === "watched-secret-reads" ? undefined : `${detection}: a title`),
      countedAccountOf: (account) => (account === "payments" ? "444455556666" : undefined),
    },
  };
}

/** A detection of `5 in 300 s`, or of another threshold, tuned. */
export function tunedSource(
  groups: readonly MatchGroup[],
  made: Made = {},
): MeasuredSource & { readonly tuning: DetectionTuning } {
  const { account = "payments", detection = "denied-call-burst", budgetPerWeek = 2, chosen = [], threshold = 5 } = made;
  const history: DetectionHistory = {
    ...{ account, detection, groups, zeros: new Int32Array(), wanted: [], days: 14 },
    alarm: {
      ...{ name: "alarm", namespace: "Trailwatch", metricName: detection, statistic: "Sum" },
      ...{ comparison: "GreaterThanOrEqualToThreshold", treatMissingData: "notBreaching" },
      ...{ periodSeconds: 300, evaluationPeriods: 1, threshold },
      description: "Many calls were denied (high alert)\nA principal tries calls without permission.\nRunbook: there",
    },
  };
  const tuning = tuneDetection(history, {
    ...{ budgetPerWeek, mayRaise: true, mayIgnore: true, defaultThreshold: 5, labels: [] },
    chosen: new Set(chosen),
  });
  return { history, measurement: tuning, tuning };
}

export function sourceOf(tuned: readonly MeasuredSource[], kind: ReportSource["kind"] = "tune"): ReportSource {
  const totals = { records: 1000, duplicates: 1, unknownAccounts: {}, unreadable: [] };
  const measured =
    kind === "tune" ? tuned : tuned.map(({ history }) => ({ history, measurement: measureDetection(history) }));
  return { kind, totals, measured, replayed: [], untunable: [], fileOf: (account) => `accounts/${account}.yaml` };
}
