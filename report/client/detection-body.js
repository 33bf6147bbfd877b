import { element, plural } from "../../lib/web/dom.js";
import { adviceText, noiseList } from "./advice.js";
import { alarmList } from "./alarms.js";
import { savedQueryText } from "./counted.js";
import { numberText } from "./format.js";
import { lostAlarms } from "./lost-alarms.js";
import { htmlTable } from "./table.js";
import { thresholdCharts } from "./threshold-charts.js";
/** @import { ReportData, ReportDetection } from "../report-data" */

/**
 * The content of a detection's section.
 *
 * @param {ReportDetection} detection
 * @param {ReportData} report
 */
export function detectionBody(detection, report) {
  const { meaning, principals, principalsLeftOut } = detection;
  return element(
    "div",
    { class: "body" },
    ...(meaning === undefined ? [] : [element("p", { class: "quiet" }, ...withCode(meaning))]),
    ...adviceText(detection),
    ...lostAlarms(detection, report.texts),
    ...(detection.drawn.length === 0
      ? [element("p", { class: "quiet" }, "No threshold can be tried for this alarm: it does not count events.")]
      : [thresholdCharts(detection, report)]),
    ...noiseList(detection),
    ...(report.archive === undefined || detection.events === 0
      ? []
      : [element("h4", {}, "Principals"), savedQueryText(detection, report.archive)]),
    ...(principals.length === 0
      ? []
      : [
          element("h4", {}, "Principals"),
          htmlTable(
            "Principals by events",
            ["Principal", "Events"],
            principals.map(([text, events]) => [
              element("span", { class: "principal" }, report.texts[text] ?? ""),
              events,
            ]),
          ),
          ...(principalsLeftOut === 0
            ? []
            : [element("p", { class: "quiet" }, `${plural(principalsLeftOut, "other")} with fewer events.`)]),
        ]),
    element("h4", {}, plural(detection.alarms, "alarm")),
    ...alarmList(detection, report.texts),
    ...(detection.alarmsLeftOut === 0
      ? []
      : [element("p", { class: "quiet" }, `${numberText(detection.alarmsLeftOut)} earlier alarms are left out here.`)]),
    element("p", { class: "quiet on-paper" }, "Paper shows the first of each list; the report's file has more."),
  );
}

/** Renders text in backticks as code. @param {string} text */
function withCode(text) {
  return text.split("`").map((part, number) => (number % 2 === 1 ? element("code", {}, part) : part));
}
