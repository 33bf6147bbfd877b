import { element } from "../../lib/web/dom.js";
import { rateText, timeText } from "./format.js";
import { htmlTable } from "./table.js";
/** @import { ReportData, ReportDetection, ReportPeriod } from "../report-data" */

/** The curve as numbers. @param {ReportPeriod} period */
export function curveTable({ points, knee }) {
  return asTable("Alarms by threshold, as a table", () =>
    htmlTable(
      "Alarms by threshold",
      ["Threshold", "Alarms", "A week", "Share of time in ALARM", "Keeps incidents"],
      points.map(({ threshold, alarms, alarmsPerWeek, inAlarm, keeps }) => [
        threshold === knee ? `${threshold} (knee)` : String(threshold),
        alarms,
        rateText(alarmsPerWeek),
        `${(inAlarm * 100).toFixed(1)}%`,
        keeps ? "yes" : "no",
      ]),
    ),
  );
}

/**
 * The timeline as numbers.
 *
 * @param {ReportDetection} detection
 * @param {ReportPeriod} period
 * @param {ReportData} report
 */
export function timelineTable({ counts }, { levels }, { from, slotSeconds }) {
  const most = new Map(levels);
  return asTable("Events by time, as a table", () =>
    htmlTable(
      "Events by time",
      ["From (UTC)", "Events", "Most within a period"],
      counts.map(([slot, events]) => [timeText(from + slot * slotSeconds * 1000), events, most.get(slot) ?? 0]),
    ),
  );
}

/**
 * @param {string} title
 * @param {() => Node} make
 */
function asTable(title, make) {
  const details = element("details", { class: "as-table" }, element("summary", {}, title));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(make());
  });
  return details;
}
