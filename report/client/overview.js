import { element, plural } from "../../lib/web/dom.js";
import { numberText, rateText } from "./format.js";
import { section } from "./section.js";
/** @import { LeftOut } from "../left-out" */
/** @import { ReportData, ReportTotals } from "../report-data" */

const MOST_NAMES = 5;

/** The totals, and what the report leaves out. @param {ReportData} report */
export function overviewSection(report) {
  const { totals, detections, further, furtherLeftOut, silent } = report;
  const { events, alarms, alarmsThen: then, messages } = totals;
  const perWeek = rateText(totals.alarmsPerWeek);
  return section(
    "overview",
    "Summary",
    element("p", { class: "sentence" }, `${report.sentence}.`),
    element(
      "div",
      { class: "tiles" },
      tile(numberText(totals.records), totals.records === 1 ? "record" : "records", duplicatesText(totals)),
      tile(
        numberText(events),
        events === 1 ? "match" : "matches",
        `${plural(detections.length + further.length + furtherLeftOut, "detection")}; ${numberText(silent)} never matched`,
      ),
      tile(numberText(alarms), alarms === 1 ? "alarm" : "alarms", `${perWeek} a week`),
      ...(report.kind === "tune"
        ? [
            tile(
              numberText(then),
              `${then === 1 ? "alarm" : "alarms"} with the recommended settings`,
              shareText(then, alarms),
            ),
          ]
        : [tile(numberText(messages), messages === 1 ? "message" : "messages", "to all subscribers")]),
    ),
    ...remarks(report),
  );
}

/**
 * @param {string} figure
 * @param {string} what
 * @param {string} more
 */
function tile(figure, what, more) {
  return element(
    "div",
    { class: "tile" },
    element("strong", {}, figure),
    element("span", {}, what),
    element("span", { class: "quiet" }, more),
  );
}

/**
 * @param {number} then
 * @param {number} now
 */
function shareText(then, now) {
  if (then === now) return "as many as now";
  return then > now
    ? `${numberText(then - now)} more than now`
    : `${Math.round((1 - then / now) * 100)}% fewer than now`;
}

/** @param {ReportTotals} totals */
function duplicatesText({ duplicates }) {
  return duplicates === undefined ? "counted by Athena, including duplicates" : plural(duplicates, "duplicate");
}

/** @param {ReportData} report */
function remarks({ notRead, detections, further, furtherLeftOut, notTuned, remarks: ahead }) {
  const guesses = new Set(detections.flatMap(({ account, isGuess }) => (isGuess ? account : [])));
  return [
    ...notRead.filter(({ isFault }) => isFault).map(leftOut),
    ...ahead.map((text) => element("p", { class: "remark" }, `${text}.`)),
    ...(guesses.size === 0
      ? []
      : [
          element(
            "p",
            { class: "remark" },
            `Fewer than 14 days with records, so weekly rates are estimates: ${guesses.size > MOST_NAMES ? plural(guesses.size, "account") : [...guesses].sort().join(", ")}.`,
          ),
        ]),
    ...(further.length === 0
      ? []
      : [
          element(
            "p",
            { class: "remark" },
            `Charts, alarms and records of ${plural(further.length, "detection")} of an account are left out because of the report's size; their counts are here.`,
          ),
        ]),
    ...(furtherLeftOut === 0
      ? []
      : [
          element(
            "p",
            { class: "remark" },
            `${plural(furtherLeftOut, "further detection")} of an account, less severe or with fewer alarms, are only in these totals.`,
          ),
        ]),
    ...notTuned.map(({ why, detections: ids }) =>
      element("p", { class: "remark" }, `Not tuned, as ${why}: ${ids.join(", ")}.`),
    ),
    ...notRead.filter(({ isFault }) => !isFault).map(leftOut),
  ];
}

/** Expanded if records may be missing, so that it is noticed. @param {LeftOut} leftOut */
function leftOut({ text, files, isFault }) {
  if (files.length === 0) return element("p", { class: "remark" }, `${text}.`);
  return element(
    "details",
    { class: "remark", open: isFault },
    element("summary", {}, text),
    element("ul", {}, ...files.map((file) => element("li", {}, file))),
  );
}
