import { chartOption, runningSum } from "./chart-option.js";
import { byId, element, fill, mark, named, plural } from "../../../lib/web/dom.js";
/** @import { Series, PageState } from "./state.js" */
/** @import { AlarmEntry } from "../derived/alarm-chronicle" */
/** @import { PageAlarm } from "../page-options" */

const MOST_CHARTS = 12;
/** Shown before the first value, in milliseconds. */
const LEAD = 15_000;
const MINUTE = 60_000;
const COMPARED = /** @type {Record<string, string>} */ ({
  GreaterThanThreshold: "above",
  GreaterThanOrEqualToThreshold: "at or above",
  LessThanThreshold: "below",
  LessThanOrEqualToThreshold: "at or below",
});

/** @type {WeakMap<Series, { figure: HTMLElement, canvas: HTMLElement, caption: HTMLElement, chart?: any }>} */
const drawn = new WeakMap();
/** @type {Set<any>} */
const charts = new Set();
addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
// Colours come from the style sheet, which follows the system.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.dispatchEvent(new Event("show")));

/** Draws each metric that has values, with its threshold. @param {PageState} state */
export function showCharts(state) {
  const all = [...state.series.values()].map((series) => ({ series, alarm: state.alarmOn(series) }));
  all.sort((one, other) => rank(other.alarm) - rank(one.alarm));
  const shown = all.slice(0, MOST_CHARTS);
  const figures = shown.map(({ series, alarm }) => figureOf(series, alarm, state));
  const history = state.history();
  const place = byId("charts");
  if (figures.length === 0) {
    const text = "No metric has a value yet: no watched event has occurred.";
    if (place.textContent !== text) fill(place, [element("p", { class: "empty" }, text)]);
    return;
  }
  fill(place, figures);
  // Only elements on the page have a size to draw in.
  for (const { series, alarm } of shown) plot(series, alarm, raisedAt(alarm, history), state.now());
}

/** @param {PageAlarm | undefined} alarm */
function rank(alarm) {
  return alarm?.state === "ALARM" ? 1 : 0;
}

/**
 * @param {Series} series
 * @param {PageAlarm | undefined} alarm
 * @param {PageState} state
 */
function figureOf(series, alarm, state) {
  const known = drawn.get(series) ?? create();
  drawn.set(series, known);
  const sum = runningSum(series.values, periodOf(alarm), state.now()).at(-1)?.[1] ?? 0;
  const said = [series.metricName, state.nameOf(series.account), alarm?.state, sum, ruleOf(alarm)].join(", ");
  if (known.canvas.getAttribute("aria-label") === said) return known.figure;
  known.canvas.setAttribute("aria-label", said);
  known.caption.replaceChildren(
    element("strong", {}, ...named(series.metricName)),
    stateMark(alarm),
    element("span", { class: "quiet" }, ...named(state.nameOf(series.account))),
    element("span", {}, element("b", {}, String(sum)), ` within ${spanText(periodOf(alarm))}; ${ruleOf(alarm)}`),
  );
  return known.figure;
}

function create() {
  const canvas = element("div", { class: "canvas", role: "img" });
  const caption = element("figcaption");
  return { figure: element("figure", {}, caption, canvas), canvas, caption };
}

/** @param {PageAlarm | undefined} alarm */
export function stateMark(alarm) {
  if (alarm === undefined) return mark("unknown", "no alarm");
  if (alarm.state === "ALARM") return mark("alarm", "ALARM");
  return alarm.state === "OK" ? mark("ok", "OK") : mark("unknown", "no data");
}

/** @param {PageAlarm | undefined} alarm */
function ruleOf(alarm) {
  if (alarm === undefined) return "no alarm watches it";
  return `alarm ${COMPARED[alarm.comparison] ?? alarm.comparison} ${alarm.threshold}`;
}

/** @param {PageAlarm | undefined} alarm milliseconds that it looks back */
function periodOf(alarm) {
  return (alarm?.periodSeconds ?? 300) * 1000;
}

/** @param {number} span */
function spanText(span) {
  return span % MINUTE === 0 ? plural(span / MINUTE, "minute") : plural(span / 1000, "second");
}

/**
 * When the alarm last went to ALARM.
 *
 * @param {PageAlarm | undefined} alarm
 * @param {AlarmEntry[]} history the latest first
 */
function raisedAt(alarm, history) {
  return history.find(
    (entry) =>
      entry.alarm === alarm?.name &&
      entry.account === alarm.account &&
      entry.region === alarm.region &&
      entry.to === "ALARM",
  )?.at;
}

/**
 * @param {Series} series
 * @param {PageAlarm | undefined} alarm
 * @param {number | undefined} raised
 * @param {number} now
 */
function plot(series, alarm, raised, now) {
  const known = drawn.get(series);
  if (known === undefined) return;
  if (known.chart === undefined) {
    known.chart = /** @type {any} */ (globalThis).echarts.init(known.canvas);
    charts.add(known.chart);
  }
  const begin = Math.max((series.values[0]?.at ?? now) - LEAD, now - 2 * periodOf(alarm));
  const points = runningSum(series.values, periodOf(alarm), now);
  known.chart.setOption(chartOption(points, { threshold: alarm?.threshold, raised }, [begin, now]));
}
