import { element, plural } from "../../lib/web/dom.js";
import { timeText } from "./format.js";
import { htmlTable } from "./table.js";
/** @import { ReportDetection, ReportLostAlarm } from "../report-data" */

const SHOWN = 5;

/** The sentence on what a proposal gives up. @param {ReportDetection} detection */
export function lostText({ alarms, advice }) {
  if (advice === undefined) return "";
  return `${advice.noLongerRaised.length + advice.noLongerRaisedLeftOut} of ${plural(alarms, "alarm")}`;
}

/**
 * Alarms that the proposal would no longer raise, the latest first.
 *
 * @param {ReportDetection} detection
 * @param {readonly string[]} texts
 */
export function lostAlarms(detection, texts) {
  const { noLongerRaised = [], noLongerRaisedLeftOut = 0, caution } = detection.advice ?? {};
  const more = noLongerRaised.slice(SHOWN);
  return [
    ...(caution === undefined ? [] : [element("p", { class: "remark caution" }, `Caution: ${caution}.`)]),
    ...(noLongerRaised.length === 0
      ? []
      : [
          element("h4", {}, `No longer raised: ${lostText(detection)}`),
          tableOf(noLongerRaised.slice(0, SHOWN), detection, texts),
          ...(more.length === 0
            ? []
            : [
                element(
                  "details",
                  { class: "more" },
                  element("summary", {}, plural(more.length, "earlier alarm")),
                  tableOf(more, detection, texts),
                ),
              ]),
          ...(noLongerRaisedLeftOut === 0
            ? []
            : [
                element(
                  "p",
                  { class: "quiet" },
                  `${plural(noLongerRaisedLeftOut, "earlier alarm")} more in tune --json.`,
                ),
              ]),
        ]),
  ];
}

/**
 * @param {readonly ReportLostAlarm[]} alarms
 * @param {ReportDetection} detection
 * @param {readonly string[]} texts
 */
function tableOf(alarms, { detection }, texts) {
  const hasParts = alarms.some(({ partOf }) => partOf !== undefined);
  const rows = alarms.map(({ at, events, principals, principalsLeftOut, partOf }) => [
    timeText(at),
    events,
    element(
      "span",
      { class: "principal" },
      principals.map((number) => texts[number] ?? "").join(", ") +
        (principalsLeftOut === 0 ? "" : ` and ${principalsLeftOut} more`),
    ),
    ...(hasParts ? [partOf === undefined ? "" : `part of the alarm of ${timeText(partOf)}`] : []),
  ]);
  return htmlTable(
    `Alarms of ${detection} that are no longer raised`,
    ["Time (UTC)", "Events", "Principals", ...(hasParts ? ["Instead"] : [])],
    rows,
  );
}
