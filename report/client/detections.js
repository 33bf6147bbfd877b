import { element, plural } from "../../lib/web/dom.js";
import { detectionBody } from "./detection-body.js";
import { numberText, rateText } from "./format.js";
import { section } from "./section.js";
/** @import { ReportData, ReportDetection } from "../report-data" */

const VERDICTS = /** @type {Record<string, readonly [kind: string, text: string]>} */ ({
  change: ["wait", "change"],
  "no-static-threshold": ["alarm", "no suitable threshold"],
  "in-budget": ["ok", "in the budget"],
});

/** Every detection that matched, the most urgent first, with a filter. @param {ReportData} report */
export function detectionsSection(report) {
  if (report.detections.length === 0) {
    return section("detections", "Detections", element("p", {}, "No record matches any detection."));
  }
  const rows = report.detections.map((detection) => ({ detection, row: rowOf(detection, report) }));
  const count = element("p", { class: "quiet", role: "status" });
  const text = element("input", { type: "search", placeholder: "secret-read", autocomplete: "off" });
  const account = element(
    "select",
    {},
    element("option", { value: "" }, "all"),
    ...report.accounts.map((name) => element("option", { value: name }, name)),
  );
  const show = () => {
    const wanted = text.value.trim().toLowerCase();
    for (const { detection, row } of rows) {
      row.hidden =
        (account.value !== "" && detection.account !== account.value) ||
        !`${detection.detection} ${detection.title ?? ""}`.toLowerCase().includes(wanted);
    }
    const shown = rows.filter(({ row }) => !row.hidden).length;
    count.textContent = `${plural(shown, "detection")} of ${numberText(rows.length)}`;
  };
  const form = element(
    "form",
    { class: "filter", role: "search" },
    element("label", {}, "Detection ", text),
    element("label", {}, "Account ", account),
    count,
  );
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
  const [first] = rows;
  if (first !== undefined) first.row.open = true;
  return section("detections", "Detections", form, ...rows.map(({ row }) => row));
}

/** Opens the detection in the address and scrolls to it. */
export function openNamed() {
  const name = decodeURIComponent(location.hash.slice(1));
  const found = document.getElementById(name);
  if (!(found instanceof HTMLDetailsElement)) return;
  found.hidden = false;
  found.open = true;
  found.scrollIntoView();
  found.querySelector("summary")?.focus({ preventScroll: true });
}

/**
 * @param {ReportDetection} detection
 * @param {ReportData} report
 */
function rowOf(detection, report) {
  const { account, detection: id, title, severity, events, alarms, alarmsPerWeek, advice } = detection;
  const [kind, label] = VERDICTS[advice?.verdict ?? ""] ?? [];
  const row = element(
    "details",
    { id: `${account}/${id}`, class: "detection" },
    element(
      "summary",
      {},
      element("h3", {}, id),
      element("span", { class: "account" }, account),
      ...(severity === undefined ? [] : [element("span", { class: `severity ${severity}` }, severity)]),
      ...(kind === undefined ? [] : [element("span", { class: `verdict ${kind}` }, label ?? "")]),
      element(
        "span",
        { class: "figures" },
        `${plural(events, "event")}, ${plural(alarms, "alarm")}, ${rateText(alarmsPerWeek)} a week`,
      ),
      ...(title === undefined ? [] : [element("span", { class: "quiet title" }, title)]),
    ),
  );
  // Hundreds of charts take long to draw: draw each when it becomes visible.
  row.addEventListener("toggle", () => {
    if (row.open && row.childElementCount === 1) row.append(detectionBody(detection, report));
  });
  return row;
}
