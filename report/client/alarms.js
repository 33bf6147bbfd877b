import { element, plural } from "../../lib/web/dom.js";
import { queryParameters } from "./counted.js";
import { lengthText, timeText } from "./format.js";
import { htmlTable } from "./table.js";
/** @import { ReportAlarm, ReportDetection, ReportRecord } from "../report-data" */

const SHOWN = 10;

/**
 * The alarms of the current settings, the latest first; each expands to some of its records, or to the query for them.
 *
 * @param {ReportDetection} detection
 * @param {readonly string[]} texts
 */
export function alarmList(detection, texts) {
  const { alarmList: alarms } = detection;
  if (alarms.length === 0) return [element("p", { class: "quiet" }, "It raises no alarm.")];
  const list = (/** @type {readonly ReportAlarm[]} */ some) =>
    element("ul", { class: "alarms" }, ...some.map((alarm) => element("li", {}, alarmOf(alarm, detection, texts))));
  const more = alarms.slice(SHOWN);
  if (more.length === 0) return [list(alarms)];
  const details = element(
    "details",
    { class: "more" },
    element("summary", {}, `${plural(more.length, "earlier alarm")}`),
  );
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(list(more));
  });
  return [list(alarms.slice(0, SHOWN)), details];
}

/**
 * @param {ReportAlarm} alarm
 * @param {ReportDetection} detection
 * @param {readonly string[]} texts
 */
function alarmOf(alarm, detection, texts) {
  const { at, until, events, principals, principalsLeftOut, records } = alarm;
  const isQueried = detection.query?.savedQuery !== undefined && events > 0;
  const more = principalsLeftOut === 0 ? "" : ` and ${principalsLeftOut} more`;
  const line = [
    element("time", { datetime: new Date(at).toISOString() }, timeText(at)),
    ...(until === undefined ? [] : [element("span", {}, `for ${lengthText(until - at)}`)]),
    ...(events === 0 ? [] : [element("span", {}, plural(events, "event"))]),
    element("span", { class: "principal" }, principals.map((number) => texts[number] ?? "").join(", ") + more),
  ];
  if (records.length === 0 && !isQueried) return element("p", {}, ...line);
  const details = element("details", {}, element("summary", {}, ...line));
  details.addEventListener("toggle", () => {
    if (!details.open || details.childElementCount > 1) return;
    details.append(...(isQueried ? queryParameters(detection, alarm) : recordsOf(records, events, texts)));
  });
  return details;
}

/**
 * @param {readonly ReportRecord[]} records
 * @param {number} events
 * @param {readonly string[]} texts
 */
function recordsOf(records, events, texts) {
  const rows = records.map(([time = 0, ...numbers]) => {
    const [name, source, region, principal, address, error, id] = numbers.map((number) => texts[number] ?? "");
    return [
      timeText(time),
      name ?? "",
      source ?? "",
      region ?? "",
      who(principal),
      address ?? "",
      error ?? "",
      code(id),
    ];
  });
  const head = ["Time (UTC)", "Event", "Source", "Region", "Principal", "Address", "Error", "eventID"];
  return [
    htmlTable("Records of the alarm", head, rows),
    ...(events > records.length
      ? [
          element(
            "p",
            { class: "quiet" },
            `The first ${records.length} of ${events}. trailwatch replay --explain <eventID> shows how one was evaluated; the archive has all of them.`,
          ),
        ]
      : []),
  ];
}

/** @param {string | undefined} principal */
function who(principal = "") {
  return element("span", { class: "principal" }, principal);
}

/** @param {string | undefined} id */
function code(id = "") {
  return element("code", {}, id);
}
