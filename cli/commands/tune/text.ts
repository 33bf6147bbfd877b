import { abbreviated } from "../../../lib/support/abbreviated";
import { counted } from "../../../lib/support/counted";
import { printableLine } from "../../../lib/support/printable";
import { SEVERITIES } from "../../../lib/naming/severity";
import type { DetectionTuning, NoiseEntry, Untunable } from "../../../signals";
import { leading, type Line } from "../../../lib/support/print";
import { SEVERITY_TONES } from "../../tones";
import { leftOutText, readText } from "../../evaluation/left-out-text";
import type { SubscriptionTuning, Tuning } from "./detections";
import { lostText } from "./lost-text";
import { labelRemarks } from "./report";

/** List at most this many entries; all of them are in `--json`. */
const SHOWN_NOISE = 5;
const SHOWN_POINTS = 10;
const SHOWN_NAMES = 10;
const BARS = " ▁▂▃▄▅▆▇█";

/**
 * By account: each detection with a remark, then the others in one line; many accounts without a remark in one line;
 * then what was read.
 */
export function tuneText(tuning: Tuning, { all }: { readonly all: boolean }): Line[] {
  const ofAccount = new Map<string, AccountTuning>();
  const of = (account: string): AccountTuning => {
    const known = ofAccount.get(account) ?? { account, detections: [], untunable: [] };
    ofAccount.set(account, known);
    return known;
  };
  for (const detection of tuning.detections) of(detection.tuning.account).detections.push(detection);
  for (const untunable of tuning.untunable) of(untunable.account).untunable.push(untunable);
  const hasRecords = ({ detections }: AccountTuning): boolean => (detections[0]?.tuning.days ?? 0) > 0;
  const accounts = [...ofAccount.values()];
  const without = accounts.filter((one) => !hasRecords(one)).map(({ account }) => account);
  const evaluated = accounts.filter(hasRecords);
  const calm = evaluated.filter((one) => shownOf(one, all).length === 0);
  const grouped = calm.length > SHOWN_NAMES ? calm : [];
  return [
    ...evaluated.filter((one) => !grouped.includes(one)).flatMap((one) => accountText(one, all)),
    ...(grouped.length === 0
      ? []
      : [
          `nothing to change in ${counted(grouped.length, "account")}: ` +
            abbreviated(
              grouped.map(({ account }) => account),
              SHOWN_NAMES,
            ),
          "",
        ]),
    ...(without.length === 0 ? [] : [`no records: ${abbreviated(without, SHOWN_NAMES)}`, ""]),
    ...untunableText(evaluated.flatMap(({ untunable }) => untunable)),
    readText(tuning.totals),
    ...leftOutText(tuning.totals),
    ...labelRemarks(tuning),
  ];
}

interface AccountTuning {
  readonly account: string;
  readonly detections: SubscriptionTuning[];
  readonly untunable: Untunable[];
}

/** The detections with a remark, or all that matched. */
function shownOf({ detections }: Pick<AccountTuning, "detections">, all: boolean): SubscriptionTuning[] {
  return detections.filter(({ tuning: { verdict, noise, incidents } }) =>
    all
      ? verdict !== "never-matched"
      : (verdict !== "in-budget" && verdict !== "never-matched") ||
        noise.some(({ isChosen }) => isChosen) ||
        incidents.length > 0,
  );
}

function accountText({ account, detections }: AccountTuning, all: boolean): Line[] {
  const days = detections[0]?.tuning.days ?? 0;
  const guess = days < 14 ? "; with fewer than 14, a rate is a guess" : "";
  const shown = shownOf({ detections }, all);
  const quiet = detections.filter(
    (detection) => !shown.includes(detection) && detection.tuning.verdict === "in-budget",
  );
  const silent = detections.filter(({ tuning }) => tuning.verdict === "never-matched");
  return [
    `${account}: ${counted(days, "day")} with records${guess}`,
    ...[...shown].sort(bySeverity).flatMap(detectionText),
    ...(quiet.length === 0
      ? []
      : [
          {
            dim: `  in the budget: ${quiet.map(({ tuning }) => `${tuning.detection} (${tuning.now.alarms})`).join(", ")}`,
          },
        ]),
    ...(silent.length === 0 ? [] : [{ dim: `  never matched: ${counted(silent.length, "detection")}` }]),
    "",
  ];
}

/** Each reason once, whatever the number of accounts. */
function untunableText(untunable: readonly Untunable[]): Line[] {
  const lines = [...new Set(untunable.map(({ why }) => why))].map((reason): Line => {
    const ids = untunable.filter(({ why }) => why === reason).map(({ detection }) => detection);
    return { dim: `not tuned, as ${reason}: ${[...new Set(ids)].join(", ")}` };
  });
  return lines.length === 0 ? [] : [...lines, ""];
}

/** The most severe first; then what raises most alarms now. */
function bySeverity(one: SubscriptionTuning, other: SubscriptionTuning): number {
  return (
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    other.tuning.now.alarms - one.tuning.now.alarms
  );
}

function detectionText({ severity, tuning }: SubscriptionTuning): Line[] {
  const { detection, now, recommended, verdict, reason, budgetPerWeek } = tuning;
  const evaluated = now.evaluationPeriods === 1 ? "" : `, ${now.evaluationPeriods} times in a row`;
  const then = tuning.noise.some(({ isChosen }) => isChosen)
    ? [`    then         ${alarmsText(tuning.then)}, with the chosen entries to ignore`]
    : [];
  return [
    leading(
      SEVERITY_TONES[severity],
      `  ${severity}  ${detection}, budget ${rate(budgetPerWeek)} a week`,
      `${severity} `,
    ),
    `    now          ${now.threshold} in ${now.periodSeconds} s${evaluated}: ${alarmsText(now)}`,
    recommended === undefined
      ? `    ${verdict === "in-budget" ? "stays        " : "none fits    "}${reason}`
      : `    recommended  ${recommended.threshold} in ${recommended.periodSeconds} s${evaluated}: ${alarmsText(recommended)}; ${reason}`,
    ...then,
    ...lostText(tuning),
    ...(tuning.sharpest === undefined
      ? []
      : [{ dim: `    could be     ${tuning.sharpest} in ${now.periodSeconds} s, without additional alarms` }]),
    ...curveText(tuning),
    ...seasonText(tuning),
    ...(tuning.offersAnomalyDetection
      ? [
          "    A static threshold does not fit this detection. 'alarm: { kind: anomaly-detection, bandWidth: 2 }' in the account's file " +
            "lets CloudWatch learn a baseline; replay and tune cannot evaluate it offline.",
        ]
      : []),
    ...tuning.incidents.map(({ label, now: isNow, then: isThen }): Line => {
      const was = isNow ? "raises the alarm now" : "does not raise the alarm now";
      return { dim: `    keeps        ${label}: ${was}${isThen ? ", and then" : ", and not then"}` };
    }),
    ...noiseText(tuning),
  ];
}

function curveText({ curves, distributions, now, recommended }: DetectionTuning): Line[] {
  const period = recommended?.periodSeconds ?? now.periodSeconds;
  const curve = curves.find(({ periodSeconds }) => periodSeconds === period);
  const distribution = distributions.find(({ periodSeconds }) => periodSeconds === period);
  if (curve === undefined || distribution === undefined) return [];
  const { median, p90, p99, max, withEvents, periods } = distribution;
  const points = curve.points.filter(({ alarms }, at) => alarms > 0 || (curve.points[at - 1]?.alarms ?? 1) > 0);
  const step = Math.ceil(points.length / SHOWN_POINTS);
  const shown = points.filter(
    ({ threshold }, at) =>
      at % step === 0 ||
      threshold === now.threshold ||
      threshold === recommended?.threshold ||
      threshold === curve.knee,
  );
  return [
    {
      dim: `    events       in ${period} s: median ${median}, p90 ${p90}, p99 ${p99}, most ${max}; in ${withEvents} of ${periods} periods`,
    },
    {
      dim: `    alarms       ${shown.map(({ threshold, alarms }) => `${threshold}: ${alarms}${threshold === curve.knee ? " (knee)" : ""}`).join("  ")}`,
    },
  ];
}

function seasonText({ seasons: { hours, weekdays, busyHours, isWeekly } }: DetectionTuning): Line[] {
  if (busyHours === undefined && !isWeekly) return [];
  const busy = busyHours === undefined ? "" : `  nearly all from ${busyHours[0]} to ${busyHours[1]} h`;
  return [
    { dim: `    hours (UTC)  |${bars(hours)}|${busy}` },
    { dim: `    Mon to Sun   |${bars(weekdays)}|${isWeekly ? "  hardly any at weekends" : ""}` },
  ];
}

function bars(counts: readonly number[]): string {
  const most = Math.max(...counts, 1);
  return counts.map((count) => BARS[Math.ceil((count / most) * (BARS.length - 1))] ?? "").join("");
}

function noiseText({ noise, now, verdict }: DetectionTuning): Line[] {
  if (noise.length === 0)
    return verdict === "no-static-threshold"
      ? [{ dim: "    No single principal, source or error code causes it." }]
      : [];
  const more = noise.length - SHOWN_NOISE;
  return [
    "    behind it    (--ignore <id> chooses an entry)",
    ...noise.slice(0, SHOWN_NOISE).map((entry) => `      ${noiseLine(entry, now.alarms)}`),
    ...(more > 0 ? [{ dim: `      and ${more} more in --json` }] : []),
  ];
}

/** The id first and whole: it is to be copied. */
function noiseLine({ id, field, equals, removes, hides, isChosen }: NoiseEntry, alarms: number): string {
  const state = hides.length > 0 ? `; refused: hides ${hides.join(", ")}` : isChosen ? "; chosen" : "";
  return `${id}  removes ${removes} of ${alarms}: ${printableLine(`${field} = '${equals}'`)}${state}`;
}

function alarmsText({ alarms, alarmsPerWeek }: { readonly alarms: number; readonly alarmsPerWeek: number }): string {
  return `${counted(alarms, "alarm")}, ${rate(alarmsPerWeek)} a week`;
}

function rate(perWeek: number): string {
  return String(Math.round(perWeek * 10) / 10);
}
