import { element } from "../../lib/web/dom.js";
import { countedText } from "./counted.js";
import { numberText } from "./format.js";
import { section } from "./section.js";
import { htmlTable } from "./table.js";
/** @import { ReportData } from "../report-data" */

/** Who causes the alarms. @param {ReportData} report */
export function principalsSection({ principals, principalsLeftOut, archive, detections }) {
  if (archive !== undefined && detections.length > 0) {
    return section("principals", "Principals", element("p", {}, countedText(archive)));
  }
  if (principals.length === 0) return undefined;
  const most = Math.max(...principals.map(({ alarms }) => alarms), 1);
  const rows = principals.map(({ principal, alarms, events, detections, accounts }) => [
    element("span", { class: "principal" }, principal),
    bar(alarms, most),
    events,
    detections,
    accounts,
  ]);
  return section(
    "principals",
    "Principals",
    htmlTable("Principals by alarms", ["Principal", "Alarms", "Events", "Detections", "Accounts"], rows),
    ...(principalsLeftOut === 0
      ? []
      : [element("p", { class: "quiet" }, `${numberText(principalsLeftOut)} other principals caused fewer alarms.`)]),
  );
}

/**
 * @param {number} count
 * @param {number} most
 */
function bar(count, most) {
  const drawn = element("span", { class: "bar", "aria-hidden": "true" });
  drawn.style.width = `${(count / most) * 100}%`;
  return element(
    "span",
    { class: "barred" },
    element("span", {}, numberText(count)),
    element("span", { class: "track" }, drawn),
  );
}
