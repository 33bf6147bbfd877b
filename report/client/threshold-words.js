import { element, plural } from "../../lib/web/dom.js";
import { numberText, rateText, spanText } from "./format.js";
/** @import { ReportDetection, ReportPeriod, ReportPoint } from "../report-data" */

/** Result of a threshold, in a sentence. @param {ReportPoint | undefined} point */
export function pointText(point) {
  const { threshold = 0, alarms = 0, alarmsPerWeek = 0 } = point ?? {};
  return `Threshold ${numberText(threshold)}: ${plural(alarms, "alarm")}, ${rateText(alarmsPerWeek)} a week`;
}

/**
 * The same with all known details.
 *
 * @param {ReportDetection} detection
 * @param {ReportPeriod} period
 * @param {number} chosen number of the point
 */
export function readoutOf({ advice }, { points, periodSeconds }, chosen) {
  const point = points[chosen];
  if (point === undefined) return [];
  const { incidents = [], noise = [] } = advice ?? {};
  const isKept = point.keeps ? "; keeps every incident" : element("strong", { class: "lost" }, "; loses an incident");
  return [
    element(
      "span",
      {},
      "From ",
      element("strong", {}, numberText(point.threshold)),
      ` in ${spanText(periodSeconds)}: `,
    ),
    element("strong", {}, plural(point.alarms, "alarm")),
    `, ${rateText(point.alarmsPerWeek)} a week, on ${shareText(point.inAlarm)} of the time`,
    ...(noise.some(({ isChosen }) => isChosen) ? ["; without the selected entries to ignore"] : []),
    ...(incidents.length === 0 ? [] : [isKept]),
  ];
}

/** @param {ReportDetection} detection */
export function captionOf({ advice, drawn, otherCurves }) {
  const others = drawn.length + otherCurves.length > 1 ? ". Faint: other periods" : "";
  return `Alarms by threshold${others}${advice === undefined ? "." : "; dotted: the budget."}`;
}

/** @param {number} share */
function shareText(share) {
  const percent = share * 100;
  return percent === 0 ? "0%" : percent < 1 ? "less than 1%" : `${Math.round(percent)}%`;
}
