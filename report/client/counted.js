import { element } from "../../lib/web/dom.js";
/** @import { ReportAlarm, ReportArchive, ReportDetection } from "../report-data" */

const DAY = 86_400_000;
const NO_EVENTS = "Counts include neither principals nor single events.";

/** For events that Athena counted: what is unknown, and where to find it. @param {ReportArchive} archive */
export function countedText({ workgroup }) {
  return `${NO_EVENTS} The saved queries in Athena's workgroup ${workgroup} return both; each alarm below lists their parameters.`;
}

/**
 * The saved query that shows a detection's events.
 *
 * @param {ReportDetection} detection
 * @param {ReportArchive} archive
 */
export function savedQueryText({ query }, { workgroup }) {
  if (query?.savedQuery === undefined) {
    return element(
      "p",
      { class: "quiet" },
      `${NO_EVENTS} This detection has no saved query: trailwatch replay --engine local reads the records.`,
    );
  }
  return element(
    "p",
    { class: "quiet" },
    `${NO_EVENTS} In Athena, workgroup ${workgroup}, run the saved query `,
    element("code", {}, query.savedQuery),
    ".",
  );
}

/**
 * The query parameters for the events behind an alarm: account and delivery days, which end with the next day.
 *
 * @param {ReportDetection} detection
 * @param {ReportAlarm} alarm
 */
export function queryParameters({ query, now }, { at }) {
  const { periodSeconds = 0, evaluationPeriods = 0 } = now ?? {};
  const values = [
    query?.account ?? "<account>",
    dayText(at - periodSeconds * evaluationPeriods * 1000),
    dayText(at + DAY),
  ];
  return [
    element(
      "p",
      { class: "quiet" },
      `${NO_EVENTS} `,
      element("code", {}, query?.savedQuery ?? ""),
      query?.account === undefined ? " shows them, for each account in question, with:" : " shows them, with:",
    ),
    element("pre", { tabindex: "0" }, values.map((value) => `'${value}'`).join(", ")),
  ];
}

/** As the archive's folders are named. @param {number} at */
function dayText(at) {
  return new Date(at).toISOString().slice(0, 10).replaceAll("-", "/");
}
