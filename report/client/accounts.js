import { element, plural } from "../../lib/web/dom.js";
import { rankOf } from "../severity.ts";
import { heatMap } from "./heat-map.js";
import { section } from "./section.js";
import { severityMark } from "./severity.js";
import { virtualList } from "./virtual-list.js";
/** @import { Row } from "./rows.js" */
/** @import { ReportData } from "../report-data" */

/** A map of more is wider than any screen. */
const MAX_MAPPED = 30;

/**
 * Detections by account: as a map where there are few, else a folded list, whose rows lead to the account's most severe
 * detection.
 *
 * @param {readonly Row[]} rows
 * @param {ReportData} report
 */
export function accountsSection(rows, report) {
  if (rows.length === 0) return undefined;
  if (report.accounts.length <= MAX_MAPPED) return section("map", "Accounts and detections", ...heatMap(rows, report));
  /** @type {Map<string, Row[]>} */
  const byAccount = new Map();
  for (const row of rows) byAccount.set(row.account, [...(byAccount.get(row.account) ?? []), row]);
  // Rows are in order: an account's first is its most severe.
  const accounts = [...byAccount.values()].sort(
    ([one], [other]) => rankOf(one?.severity) - rankOf(other?.severity) || (other?.alarms ?? 0) - (one?.alarms ?? 0),
  );
  const details = element("details", {}, element("summary", {}, plural(accounts.length, "account")));
  details.addEventListener("toggle", () => {
    if (!details.open || details.childElementCount > 1) return;
    details.append(virtualList("Accounts", accounts.length, (number) => accountLink(accounts[number] ?? [])));
  });
  return section("map", "Accounts", details);
}

/** @param {readonly Row[]} rows of an account */
function accountLink(rows) {
  const [first] = rows;
  if (first === undefined) return element("span");
  const alarms = rows.reduce((sum, row) => sum + row.alarms, 0);
  return element(
    "a",
    { href: `#${first.account}/${first.detection}`, class: "choose" },
    severityMark(first.severity),
    element("span", { class: "account" }, first.account),
    element("span", { class: "figures" }, `${plural(rows.length, "detection")}, ${plural(alarms, "alarm")}`),
  );
}
