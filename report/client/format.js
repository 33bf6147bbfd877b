import { plural } from "../../lib/web/dom.js";

/**
 * Times are in UTC, as in CloudTrail, because readers may be in any time zone.
 *
 * @param {number} at milliseconds since 1970
 */
export function timeText(at) {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")}`;
}

/** @param {number} at */
export function dateText(at) {
  return new Date(at).toISOString().slice(0, 10);
}

/** @param {number} seconds */
export function spanText(seconds) {
  for (const [unit, name] of /** @type {const} */ ([
    [86_400, "day"],
    [3600, "hour"],
    [60, "minute"],
  ])) {
    if (seconds >= unit && seconds % unit === 0) return plural(seconds / unit, name);
  }
  return `${seconds} seconds`;
}

/** A rounded duration. @param {number} milliseconds */
export function lengthText(milliseconds) {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}

/** @param {number | undefined} perWeek */
export function rateText(perWeek) {
  return perWeek === undefined ? "–" : numberText(Math.round(perWeek * 10) / 10);
}

/** @param {number} count */
export function numberText(count) {
  return count.toLocaleString("en");
}

/** @param {{ threshold: number, periodSeconds: number, evaluationPeriods?: number }} setting */
export function settingText({ threshold, periodSeconds, evaluationPeriods = 1 }) {
  const times = evaluationPeriods === 1 ? "" : `, ${evaluationPeriods} times in a row`;
  return `${numberText(threshold)} in ${spanText(periodSeconds)}${times}`;
}
