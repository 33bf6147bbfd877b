import { element } from "../../lib/web/dom.js";
/** @import { ReportAlarm, ReportArchive, ReportDetection } from "../report-data" */

const DAY = 86_400_000;

/** For events that Athena counted: what is unknown, and where to find it. @param {ReportArchive} archive */
export function countedText({ workgroup }) {
  return `Counts do not tell who it was, nor which events. The saved queries in Athena's workgroup ${workgroup} do: each alarm below has what to fill in.`;
}

/**
 * The saved query that shows a detection's events.
 *
 * @param {ReportDetection} detection
 * @param {ReportArchive} archive
 */
export function whoText({ ask }, { workgroup }) {
  const absent = "Counts do not tell who it was, nor which events.";
  if (ask?.savedQuery === undefined) {
    return element(
      "p",
      { class: "quiet" },
      `${absent} No query is saved for it: trailwatch replay --engine local reads the records.`,
    );
  }
  return element(
    "p",
    { class: "quiet" },
    `${absent} In Athena, workgroup ${workgroup}, ask the saved query `,
    element("code", {}, ask.savedQuery),
    ".",
  );
}

/**
 * The query parameters for the events behind an alarm: account and delivery days, which end with the next day.
 *
 * @param {ReportDetection} detection
 * @param {ReportAlarm} alarm
 */
export function questionOf({ ask, now }, { at }) {
  const { periodSeconds = 0, evaluationPeriods = 0 } = now ?? {};
  const values = [
    ask?.account ?? "<account>",
    dayText(at - periodSeconds * evaluationPeriods * 1000),
    dayText(at + DAY),
  ];
  return [
    element(
      "p",
      { class: "quiet" },
      "Counts do not tell whose events these were. ",
      element("code", {}, ask?.savedQuery ?? ""),
      ask?.account === undefined ? " shows them, for each account that may be meant, with:" : " shows them, with:",
    ),
    element("pre", { tabindex: "0" }, values.map((value) => `'${value}'`).join(", ")),
  ];
}

/** As the archive's folders are named. @param {number} at */
function dayText(at) {
  return new Date(at).toISOString().slice(0, 10).replaceAll("-", "/");
}
