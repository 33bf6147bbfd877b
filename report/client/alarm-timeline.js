import { element, plural } from "../../lib/web/dom.js";
import { rankOf, severityText } from "../severity.ts";
import { numberText, timeText } from "./format.js";
import { laneChart } from "./lane-chart.js";
import { groupsOf } from "./rows.js";
import { section } from "./section.js";
import { htmlTable } from "./table.js";
import { virtualList } from "./virtual-list.js";
/** @import { Row } from "./rows.js" */
/** @import { ReportData } from "../report-data" */

const MAX_LANES = 24;
const PAGE = 100;
/** @typedef {{ at: number, row: Row }} Raised an alarm; milliseconds since 1970 */
/** @typedef {{ name: string, severity: string | undefined, alarms: readonly Raised[] }} Lane */

/**
 * All alarms of all accounts over time, in lanes. A click shows an alarm's detection, or the list where several are in
 * one place.
 *
 * @param {readonly Row[]} rows
 * @param {ReportData} report
 */
export function timelineSection(rows, { alarmTimesLeftOut }) {
  const all = rows
    .flatMap((row) => row.times.map((minute) => ({ at: minute * 60_000, row })))
    .sort((one, other) => one.at - other.at);
  if (all.length === 0) return undefined;
  const place = element("div");
  const selected = element("div", { class: "selected", role: "status" });
  const select = (/** @type {readonly Raised[]} */ alarms) => {
    const [only] = alarms;
    if (alarms.length === 1 && only !== undefined) location.hash = `#${only.row.account}/${only.row.detection}`;
    else
      selected.replaceChildren(
        element("h3", {}, plural(alarms.length, "alarm")),
        virtualList("Alarms at this place", alarms.length, (number) => alarmLink(alarms[number])),
      );
  };
  const show = (/** @type {string} */ by) =>
    place.replaceChildren(laneChart(by === "detection" ? byDetection(rows, all) : bySeverity(all), all, select));
  show("severity");
  const choice = element(
    "fieldset",
    { class: "choice" },
    element("legend", { class: "unseen" }, "Lanes"),
    ...["severity", "detection"].map((by) => {
      const input = element("input", { type: "radio", name: "lanes", value: by, checked: by === "severity" });
      input.addEventListener("change", () => show(by));
      return element("label", {}, input, ` by ${by}`);
    }),
  );
  return section(
    "timeline",
    "Alarms over time",
    choice,
    place,
    selected,
    ...(alarmTimesLeftOut === 0
      ? []
      : [
          element(
            "p",
            { class: "quiet" },
            `${plural(alarmTimesLeftOut, "earlier alarm")} left out because of the size.`,
          ),
        ]),
    alarmTable(all),
  );
}

/** @param {readonly Raised[]} all @returns {Lane[]} */
function bySeverity(all) {
  /** @type {Map<string | undefined, Raised[]>} */
  const lanes = new Map();
  // Alarms are in the order of time, lanes in that of severity.
  for (const { row } of [...all].sort((one, other) => rank(one) - rank(other))) {
    if (!lanes.has(row.severity)) lanes.set(row.severity, []);
  }
  for (const alarm of all) lanes.get(alarm.row.severity)?.push(alarm);
  return [...lanes].map(([severity, alarms]) => ({ name: severityText(severity), severity, alarms }));
}

/** @param {readonly Row[]} rows @param {readonly Raised[]} all @returns {Lane[]} */
function byDetection(rows, all) {
  const groups = groupsOf(rows).filter(({ rows: own }) => own.some(({ times }) => times.length > 0));
  const own = groups.length > MAX_LANES ? groups.slice(0, MAX_LANES - 1) : groups;
  const ids = new Set(own.map(({ detection }) => detection));
  const others = all.filter(({ row }) => !ids.has(row.detection));
  return [
    ...own.map(({ detection, severity }) => ({
      name: `${severityText(severity).slice(0, 1)} ${detection}`,
      severity,
      alarms: all.filter(({ row }) => row.detection === detection),
    })),
    ...(others.length === 0
      ? []
      : [{ name: plural(groups.length - own.length, "other detection"), severity: undefined, alarms: others }]),
  ];
}

/** @param {Raised} alarm */
function rank({ row }) {
  return rankOf(row.severity);
}

/** @param {Raised | undefined} alarm */
function alarmLink(alarm) {
  if (alarm === undefined) return element("span");
  const { at, row } = alarm;
  return element(
    "a",
    { href: `#${row.account}/${row.detection}` },
    `${timeText(at)}  ${severityText(row.severity)}  ${row.detection}, ${row.account}`,
  );
}

/** The same as a table, a hundred at a time. @param {readonly Raised[]} all */
function alarmTable(all) {
  const latest = [...all].reverse();
  const details = element("details", { class: "as-table" }, element("summary", {}, "Alarms over time, as a table"));
  const place = element("div");
  const show = (/** @type {number} */ from) => {
    const step = (/** @type {string} */ text, /** @type {number} */ to) => {
      const button = element("button", { type: "button", disabled: to < 0 || to >= latest.length }, text);
      button.addEventListener("click", () => show(to));
      return button;
    };
    const rows = latest
      .slice(from, from + PAGE)
      .map(({ at, row }) => [severityText(row.severity), timeText(at), linkTo(row), row.account]);
    place.replaceChildren(
      htmlTable("Alarms over time, the latest first", ["Severity", "Time (UTC)", "Detection", "Account"], rows),
      element(
        "p",
        { class: "pager" },
        step("Later", from - PAGE),
        ` ${numberText(from + 1)} to ${numberText(from + rows.length)} of ${numberText(latest.length)} `,
        step("Earlier", from + PAGE),
      ),
    );
  };
  details.append(place);
  details.addEventListener("toggle", () => {
    if (details.open && place.childElementCount === 0) show(0);
  });
  return details;
}

/** @param {Row} row */
function linkTo({ account, detection }) {
  return element("a", { href: `#${account}/${detection}` }, detection);
}
