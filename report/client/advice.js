import { element, plural } from "../../lib/web/dom.js";
import { numberText, rateText, settingText } from "./format.js";
/** @import { ReportDetection, ReportNoise, Season } from "../report-data" */

/** The tuning's advice, with reasons. @param {ReportDetection} detection */
export function adviceText({ now, alarmsPerWeek, advice }) {
  if (advice === undefined || now === undefined) return [];
  const { recommended, reason, then, budgetPerWeek, sharpest, offersAnomalyDetection, incidents, noise } = advice;
  const isIgnoring = noise.some(({ isChosen }) => isChosen);
  const pairs = [
    ["Now", `${settingText(now)}: ${rateText(alarmsPerWeek)} alarms a week, budget ${rateText(budgetPerWeek)}`],
    recommended === undefined
      ? [advice.verdict === "in-budget" ? "Stays" : "No threshold", reason]
      : ["Recommended", `${settingText(recommended)}: ${rateText(then.alarmsPerWeek)} alarms a week; ${reason}`],
    ...(isIgnoring
      ? [["Then", `${rateText(then.alarmsPerWeek)} alarms a week, with the chosen entries to ignore`]]
      : []),
    ...(sharpest === undefined
      ? []
      : [["Lower threshold", `${numberText(sharpest)} is possible without additional alarms`]]),
    ...incidents.map((incident) => ["Incident", incidentText(incident)]),
    ...(offersAnomalyDetection
      ? [
          [
            "Alternative",
            "A static threshold does not fit this detection. 'alarm: { kind: anomaly-detection, bandWidth: 2 }' in the account's file lets CloudWatch learn the usual number of events; that cannot be evaluated offline.",
          ],
        ]
      : []),
  ];
  return [
    element(
      "dl",
      { class: "advice" },
      ...pairs.flatMap(([name = "", text = ""]) => [element("dt", {}, name), element("dd", {}, text)]),
      ...seasonOf(advice.season),
    ),
  ];
}

/** @param {Season | undefined} season */
function seasonOf(season) {
  if (season === undefined) return [];
  const { hours, weekdays, busyHours, isWeekly } = season;
  const nearlyAll = busyHours === undefined ? "" : ` nearly all from ${busyHours[0]} to ${busyHours[1]} h`;
  return [
    element("dt", {}, "Hours (UTC)"),
    element("dd", {}, bars(hours), nearlyAll),
    element("dt", {}, "Mon to Sun"),
    element("dd", {}, bars(weekdays), isWeekly ? " hardly any at weekends" : ""),
  ];
}

/** @param {readonly number[]} counts */
function bars(counts) {
  const most = Math.max(...counts, 1);
  const drawn = counts.map((count) => {
    const bar = element("span");
    bar.style.height = `${(count / most) * 100}%`;
    return bar;
  });
  return element("span", { class: "spark", role: "img", "aria-label": counts.join(", ") }, ...drawn);
}

/** @param {{ label: string, now: boolean, then: boolean }} incident */
function incidentText({ label, now, then }) {
  return `${label}: ${now ? "raises the alarm now" : "does not raise the alarm now"}${then ? ", and then" : ", and not then"}`;
}

/** Who causes the alarms, each with an ignore entry. @param {ReportDetection} detection */
export function noiseList({ advice, alarms }) {
  if (advice === undefined || advice.noise.length === 0) return [];
  const { noise, noiseLeftOut } = advice;
  return [
    element("h4", {}, "Entries to ignore"),
    element("ul", { class: "noise" }, ...noise.map((entry) => element("li", {}, noiseEntry(entry, alarms)))),
    ...(noiseLeftOut === 0 ? [] : [element("p", { class: "quiet" }, `${noiseLeftOut} more in tune --json.`)]),
  ];
}

/**
 * @param {ReportNoise} entry
 * @param {number} alarms
 */
function noiseEntry({ id, field, equals, removes, alarmsAfter, hides, isChosen, yaml }, alarms) {
  const state =
    hides.length > 0 ? ["alarm", `refused: hides ${hides.join(", ")}`] : isChosen ? ["ok", "chosen"] : undefined;
  return element(
    "details",
    {},
    element(
      "summary",
      {},
      element("strong", {}, `−${numberText(removes)} of ${plural(alarms, "alarm")}`),
      element("span", { class: "principal" }, `${field} = ${equals}`),
      ...(state === undefined ? [] : [element("span", { class: `verdict ${state[0] ?? ""}` }, state[1] ?? "")]),
    ),
    hides.length > 0
      ? element("p", { class: "quiet" }, "A known incident would no longer raise an alarm.")
      : element(
          "p",
          { class: "quiet" },
          `Leaves ${plural(alarmsAfter, "alarm")}. Below 'ignore:' of this detection, or: trailwatch tune … --ignore ${id} --apply`,
        ),
    ...(hides.length > 0 ? [] : [element("pre", { tabindex: "0" }, yaml)]),
  );
}
