import { element } from "../../lib/web/dom.js";
import { HOW_TO_WRITE } from "../how-to-write.ts";
import { rateText, settingText } from "./format.js";
import { section } from "./section.js";
import { htmlTable } from "./table.js";
/** @import { ReportData, ReportDetection } from "../report-data" */

/** What a tuning recommends, and what to write where. @param {ReportData} report */
export function changesSection({ kind, detections, changes }) {
  if (kind !== "tune") return undefined;
  const open = detections.filter(({ advice }) => advice !== undefined && advice.verdict !== "in-budget");
  const rows = open.map(rowOf);
  return section(
    "changes",
    "Changes",
    open.length === 0
      ? element("p", {}, "Every alarm is in its budget: nothing has to change.")
      : htmlTable(
          "Recommendations",
          ["Detection", "Account", "Now", "A week", "Recommended", "A week then", "Why"],
          rows,
        ),
    ...(changes.length === 0
      ? []
      : [
          element("h3", {}, "Settings to write"),
          element("p", { class: "quiet" }, HOW_TO_WRITE),
          ...changes.map(({ file, yaml }, number) =>
            element(
              "details",
              { class: "code", open: number === 0 },
              element("summary", {}, file),
              element("pre", { tabindex: "0" }, yaml),
            ),
          ),
        ]),
  );
}

/** @param {ReportDetection} detection */
function rowOf({ detection, account, now, alarmsPerWeek, advice }) {
  const { recommended, then, reason = "", verdict } = advice ?? {};
  const link = element("a", { href: `#${account}/${detection}` }, detection);
  return [
    link,
    account,
    now === undefined ? "" : settingText(now),
    rateText(alarmsPerWeek),
    recommended === undefined ? (verdict === "change" ? "" : "no suitable threshold") : settingText(recommended),
    rateText(then?.alarmsPerWeek),
    reason,
  ];
}
