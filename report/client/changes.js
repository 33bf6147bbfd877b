import { element, plural } from "../../lib/web/dom.js";
import { HOW_TO_WRITE } from "../how-to-write.ts";
import { rateText, settingText } from "./format.js";
import { lostAlarms, lostText } from "./lost-alarms.js";
import { section } from "./section.js";
import { severityMark } from "./severity.js";
import { htmlTable } from "./table.js";
/** @import { ReportData, ReportDetection } from "../report-data" */

const SHOWN = 20;
const MAX_ROWS = 50;
/** More of a list are folded: the detections follow below. */
const UNFOLDED = 10;
const HEAD = [
  ...["Severity", "Detection", "Account", "Now", "A week", "Recommended", "A week then"],
  ...["No longer raised", "Why"],
];

/** What a tuning recommends, and what to write where. @param {ReportData} report */
export function changesSection({ kind, detections, changes, changesLeftOut, texts }) {
  if (kind !== "tune") return undefined;
  const open = detections.filter(({ advice }) => advice !== undefined && advice.verdict !== "in-budget");
  const rows = open.slice(0, MAX_ROWS).map(rowOf);
  const losing = detections.filter(
    ({ advice }) => advice !== undefined && (advice.noLongerRaised.length > 0 || advice.caution !== undefined),
  );
  // A proposal that needs caution is never without its alarms.
  const omitted = new Set(losing.filter(({ advice }) => advice?.caution === undefined).slice(SHOWN));
  const listed = losing.filter((detection) => !omitted.has(detection));
  const unfolded = listed.filter(({ advice }, number) => advice?.caution !== undefined || number < UNFOLDED);
  const further = listed.filter((detection) => !unfolded.includes(detection));
  const files = changes.map(({ file, yaml }, number) =>
    element(
      "details",
      { class: "code", open: number === 0 },
      element("summary", {}, file),
      element("pre", { tabindex: "0" }, yaml),
    ),
  );
  return section(
    "changes",
    "Changes",
    open.length === 0
      ? element("p", {}, "Every alarm is in its budget: nothing has to change.")
      : htmlTable("Recommendations", HEAD, rows.slice(0, UNFOLDED)),
    ...(rows.length <= UNFOLDED
      ? []
      : folded([htmlTable("More recommendations", HEAD, rows.slice(UNFOLDED))], () =>
          plural(rows.length - UNFOLDED, "more recommendation"),
        )),
    ...(open.length <= MAX_ROWS
      ? []
      : [element("p", { class: "quiet" }, `${plural(open.length - MAX_ROWS, "more detection")}: see their cards.`)]),
    ...unfolded.map((detection) => lossOf(detection, texts)),
    ...folded(
      further.map((detection) => lossOf(detection, texts)),
      (count) => `${plural(count, "more proposal")} with alarms that would no longer be raised`,
    ),
    ...(omitted.size === 0
      ? []
      : [
          element(
            "p",
            { class: "quiet" },
            `${plural(omitted.size, "more proposal")} with alarms that would no longer be raised: see the cards.`,
          ),
        ]),
    ...(changes.length === 0
      ? []
      : [
          element("h3", {}, "Settings to write"),
          element("p", { class: "quiet" }, HOW_TO_WRITE),
          ...files.slice(0, UNFOLDED),
          ...folded(files.slice(UNFOLDED), (count) => plural(count, "more file")),
          ...(changesLeftOut === 0
            ? []
            : [element("p", { class: "quiet" }, `${plural(changesLeftOut, "more file")}: tune --apply writes all.`)]),
        ]),
  );
}

/**
 * What follows after the first of a list, behind a click.
 *
 * @param {readonly HTMLElement[]} rest
 * @param {(count: number) => string} textOf
 */
function folded(rest, textOf) {
  return rest.length === 0
    ? []
    : [element("details", { class: "more" }, element("summary", {}, textOf(rest.length)), ...rest)];
}

/**
 * The alarms that a proposal gives up, folded unless it needs caution.
 *
 * @param {ReportDetection} detection
 * @param {readonly string[]} texts
 */
function lossOf(detection, texts) {
  const { account, detection: id, severity, advice } = detection;
  return element(
    "details",
    { class: "loss", open: advice?.caution !== undefined },
    element(
      "summary",
      {},
      severityMark(severity),
      ` ${id} in ${account}: ${lostText(detection)} would no longer be raised`,
    ),
    ...lostAlarms(detection, texts),
  );
}

/** @param {ReportDetection} row */
function rowOf(row) {
  const { detection, account, severity, now, alarmsPerWeek, advice } = row;
  const { recommended, then, reason = "", verdict } = advice ?? {};
  const link = element("a", { href: `#${account}/${detection}` }, detection);
  return [
    severityMark(severity),
    link,
    account,
    now === undefined ? "" : settingText(now),
    rateText(alarmsPerWeek),
    recommended === undefined ? (verdict === "change" ? "" : "no suitable threshold") : settingText(recommended),
    rateText(then?.alarmsPerWeek),
    lostText(row),
    reason,
  ];
}
