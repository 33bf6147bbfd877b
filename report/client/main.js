import { byId, element } from "../../lib/web/dom.js";
import { accountsSection } from "./accounts.js";
import { timelineSection } from "./alarm-timeline.js";
import { changesSection } from "./changes.js";
import { detectionsSection, openNamed } from "./detections.js";
import { dateText, timeText } from "./format.js";
import { overviewSection } from "./overview.js";
import { openForPrint } from "./print.js";
import { principalsSection } from "./principals.js";
import { rowsOf } from "./rows.js";
/** @import { ReportData } from "../report-data" */

/** @type {ReportData} */
const report = JSON.parse(byId("data").textContent ?? "");

const name = report.kind === "tune" ? "Thresholds from history" : "Replay results";
const end = report.from + report.slots * report.slotSeconds * 1000;
document.title = `Trailwatch: ${name}`;
byId("title").textContent = name;
const rows = rowsOf(report);
// Alarms that count no events, such as composite alarms, have no slots.
byId("range").textContent =
  report.slots > 0 ? `${rangeText(report.from, end)} UTC` : rows.length === 0 ? "Nothing matched" : "";
const parts = [
  overviewSection(report),
  timelineSection(rows, report),
  changesSection(report),
  detectionsSection(rows, report),
  accountsSection(rows, report),
  principalsSection(report),
].flatMap((part) => part ?? []);
document.querySelector("main")?.replaceChildren(...parts);
byId("nav").append(
  ...parts.map((part) => element("a", { href: `#${part.id}` }, part.querySelector("h2")?.textContent ?? "")),
);

addEventListener("hashchange", openNamed);
openNamed();
openForPrint(rows, report);
// Marks the end of rendering, for the benchmark.
performance.mark("opened");

/**
 * @param {number} from
 * @param {number} to
 */
function rangeText(from, to) {
  return to - from < 172_800_000 ? `${timeText(from)} to ${timeText(to)}` : `${dateText(from)} to ${dateText(to - 1)}`;
}
