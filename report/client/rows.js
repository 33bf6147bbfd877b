import { bySeverityThenCount } from "../severity.ts";
/** @import { ReportData, ReportDetection } from "../report-data" */

/**
 * A detection of an account. `details` is missing where the report had no room for it.
 *
 * @typedef {object} Row
 * @property {string} account
 * @property {string} detection
 * @property {string | undefined} title
 * @property {string | undefined} severity
 * @property {number} events
 * @property {number} alarms
 * @property {number} then
 * @property {readonly number[]} times of alarms, in minutes since 1970
 * @property {ReportDetection} [details]
 */

/**
 * A detection of all accounts, with its rows in order.
 *
 * @typedef {object} Group
 * @property {string} detection
 * @property {string | undefined} title
 * @property {string | undefined} severity the highest of its rows
 * @property {number} events
 * @property {number} alarms
 * @property {readonly Row[]} rows
 */

/** All rows, by severity, then by count. @param {ReportData} report @returns {Row[]} */
export function rowsOf({ from, detections, further, kinds, accounts, alarmTimes }) {
  const timesOf = (/** @type {number} */ number) => {
    let minute = from / 60_000;
    return (alarmTimes[number] ?? []).map((distance) => (minute += distance));
  };
  return [
    ...detections.map((details, number) => {
      const { account, detection, title, severity, events, alarms, advice } = details;
      const then = advice?.then.alarms ?? alarms;
      return { account, detection, title, severity, events, alarms, then, details, times: timesOf(number) };
    }),
    ...further.map(([kind, account, events, alarms, then], number) => {
      const { detection = "", title, severity } = kinds[kind] ?? {};
      const times = timesOf(detections.length + number);
      return { account: accounts[account] ?? "", detection, title, severity, events, alarms, then, times };
    }),
  ].sort(bySeverityThenCount);
}

/** By detection. @param {readonly Row[]} rows in order @returns {Group[]} */
export function groupsOf(rows) {
  /** @type {Map<string, Row[]>} */
  const byId = new Map();
  for (const row of rows) {
    const known = byId.get(row.detection);
    if (known === undefined) byId.set(row.detection, [row]);
    else known.push(row);
  }
  return [...byId]
    .map(([detection, own]) => ({
      detection,
      account: "",
      title: own[0]?.title,
      severity: own[0]?.severity,
      events: sumOf(own, "events"),
      alarms: sumOf(own, "alarms"),
      rows: own,
    }))
    .sort(bySeverityThenCount);
}

/**
 * @param {readonly Row[]} rows
 * @param {"events" | "alarms" | "then"} field
 */
export function sumOf(rows, field) {
  return rows.reduce((sum, row) => sum + row[field], 0);
}
