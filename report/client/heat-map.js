import { element } from "../../lib/web/dom.js";
import { numberText } from "./format.js";
import { groupsOf } from "./rows.js";
import { severityMark } from "./severity.js";
/** @import { Row } from "./rows.js" */
/** @import { ReportData } from "../report-data" */

const STEPS = 5;
/** @typedef {"alarms" | "events"} Measure */

/**
 * Detections by account, darker where there is more. A table, so that numbers and links work without colour.
 *
 * @param {readonly Row[]} rows
 * @param {ReportData} report
 */
export function heatMap(rows, report) {
  const place = element("div", {
    class: "scroll heat",
    role: "region",
    "aria-label": "Detections by account",
    tabindex: "0",
  });
  const show = (/** @type {Measure} */ measure) => place.replaceChildren(heatTable(rows, report, measure));
  show("alarms");
  const choice = element(
    "fieldset",
    { class: "choice" },
    element("legend", { class: "unseen" }, "What is counted"),
    .../** @type {const} */ (["alarms", "events"]).map((measure) => {
      const input = element("input", { type: "radio", name: "measure", value: measure, checked: measure === "alarms" });
      input.addEventListener("change", () => show(measure));
      return element("label", {}, input, ` ${measure}`);
    }),
  );
  return [choice, place];
}

/**
 * @param {readonly Row[]} rows
 * @param {ReportData} report
 * @param {Measure} measure
 */
function heatTable(rows, { accounts }, measure) {
  const cells = new Map(rows.map((row) => [`${row.account}/${row.detection}`, row]));
  const groups = groupsOf(rows);
  const most = Math.max(...rows.map((row) => row[measure]), 1);
  return element(
    "table",
    {},
    element("caption", { class: "unseen" }, `${measure} of each detection in each account`),
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col" }, "Severity"),
        element("th", { scope: "col" }, "Detection"),
        ...accounts.map((account) => element("th", { scope: "col", class: "upright" }, element("span", {}, account))),
      ),
    ),
    element(
      "tbody",
      {},
      ...groups.map(({ detection: id, severity }) =>
        element(
          "tr",
          {},
          element("td", { class: "none" }, severityMark(severity)),
          element("th", { scope: "row" }, id),
          ...accounts.map((account) => cellOf(cells.get(`${account}/${id}`), measure, most)),
        ),
      ),
    ),
  );
}

/**
 * @param {Row | undefined} detection
 * @param {Measure} measure
 * @param {number} most
 */
function cellOf(detection, measure, most) {
  if (detection === undefined) return element("td", { class: "none" }, element("span", { class: "unseen" }, "none"));
  const count = detection[measure];
  const step = count === 0 ? 0 : Math.max(1, Math.ceil((Math.log(count + 1) / Math.log(most + 1)) * STEPS));
  const name = `${detection.account}/${detection.detection}`;
  const label = `${detection.detection} in ${detection.account}: ${numberText(count)} ${measure}`;
  return element(
    "td",
    { class: `heat-${step}` },
    element("a", { href: `#${name}`, "aria-label": label }, numberText(count)),
  );
}
