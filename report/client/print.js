import { element, plural } from "../../lib/web/dom.js";
import { cardsToPrint } from "./detections.js";
import { groupsOf } from "./rows.js";
import { severityMark } from "./severity.js";
import { htmlTable } from "./table.js";
import { drawAll } from "./threshold-charts.js";
/** @import { Row } from "./rows.js" */
/** @import { ReportData } from "../report-data" */

/** Charts of more detections take a browser minutes, and hundreds of pages. */
const MOST_DETECTIONS = 40;
/** Rows that fit on one page. */
const MOST_ROWS = 24;

/**
 * Paper has nothing to expand: for printing, the first visible cards are expanded, and a page with the table of
 * detections is added; afterwards the page is as before.
 *
 * @param {readonly Row[]} rows
 * @param {ReportData} report
 */
export function openForPrint(rows, report) {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  const paper = element("section", { id: "paper", class: "paper" });
  const open = () => {
    if (rows.length > 0) {
      paper.replaceChildren(...tablePage(rows, report));
      document.getElementById("detections")?.before(paper);
    }
    for (const { root } of cardsToPrint(MOST_DETECTIONS)) {
      expand(root, opened);
      for (const details of root.querySelectorAll(".alarms details")) {
        if (details instanceof HTMLDetailsElement && details.closest(".more") === null) expand(details, opened);
      }
    }
    for (const details of document.querySelectorAll("#overview details:not([open])")) {
      if (details instanceof HTMLDetailsElement) expand(details, opened);
    }
    drawAll();
  };
  const close = () => {
    for (const details of opened) details.open = false;
    opened = [];
    paper.remove();
  };
  addEventListener("beforeprint", open);
  addEventListener("afterprint", close);
}

/** @param {HTMLDetailsElement} details @param {HTMLDetailsElement[]} opened */
function expand(details, opened) {
  if (details.open) return;
  details.open = true;
  // The browser dispatches this event later, but prints at once.
  details.dispatchEvent(new Event("toggle"));
  opened.push(details);
}

/** @param {readonly Row[]} rows @param {ReportData} report */
function tablePage(rows, { kind }) {
  const groups = groupsOf(rows);
  const more = groups.length - MOST_ROWS;
  const then = kind === "tune" ? ["Alarms then"] : [];
  return [
    element("h2", {}, "Detections"),
    htmlTable(
      "Detections",
      ["Severity", "Detection", "Accounts", "Events", "Alarms", ...then],
      groups.slice(0, MOST_ROWS).map(({ severity, detection, rows: own, events, alarms }) => {
        const [only] = own;
        const where = own.length === 1 && only !== undefined ? only.account : plural(own.length, "account");
        const sum = own.reduce((total, row) => total + row.then, 0);
        return [severityMark(severity), detection, where, events, alarms, ...(kind === "tune" ? [sum] : [])];
      }),
    ),
    ...(more > 0
      ? [element("p", { class: "quiet" }, `${plural(more, "more detection")}, less severe or with fewer alarms.`)]
      : []),
    ...(groups.length > MOST_DETECTIONS
      ? [
          element(
            "p",
            { class: "quiet" },
            `Cards follow for the first ${MOST_DETECTIONS}. To print others, filter first.`,
          ),
        ]
      : []),
  ];
}
