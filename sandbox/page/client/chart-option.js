import { timeOf } from "../../../lib/web/dom.js";

/** The part of the range that is kept free at its end: a step at the end is visible. */
const MARGIN = 0.03;

const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** Labels of a line are those of its symbols, which are too small to be seen. */
const LABELLED = { showSymbol: true, symbolSize: 1 };
/** Pixels by which labels are beside their line, and above its end. */
const OFFSETS = /** @type {Record<string, number[]>} */ ({ right: [2, -9], left: [-2, -9] });
/** Pixels above the highest value: the label of the alarm's line stands there. */
const TOP = 20;

/**
 * The value that an alarm compares with its threshold: it rises with each value, and falls when one is a period old.
 *
 * @param {readonly { at: number, value: number }[]} values
 * @param {number} period in milliseconds, as is all time here
 * @param {number} end
 * @returns {[number, number][]}
 */
export function runningSum(values, period, end) {
  const steps = values
    .flatMap(({ at, value }) => [
      { at, value },
      { at: at + period, value: -value },
    ])
    .filter(({ at }) => at <= end)
    .sort((one, other) => one.at - other.at);
  let sum = 0;
  /** @type {[number, number][]} */
  const points = steps.map(({ at, value }) => [at, (sum += value)]);
  return [[0, 0], ...points, [end, sum]];
}

/**
 * How ECharts draws a metric, its threshold and when its alarm was raised.
 *
 * @param {[number, number][]} points
 * @param {{ threshold: number | undefined, raised: number | undefined }} alarm
 * @param {[number, number]} range of time
 */
export function chartOption(points, { threshold, raised }, [min, now]) {
  const max = now + (now - min) * MARGIN;
  const style = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  const label = { color: colour("muted"), fontSize: 12, hideOverlap: true };
  const line = { type: "line", showSymbol: false, clip: false, silent: true };
  const top = Math.max(threshold ?? 0, ...points.map(([, sum]) => sum), 1);
  const high = Math.ceil(top * 1.25);
  const isShown = raised !== undefined && raised >= min && raised <= max;
  const isLate = isShown && raised - min > (max - min) / 2;
  const labelled = (
    /** @type {number[]} */ from,
    /** @type {number[]} */ to,
    /** @type {string} */ text,
    /** @type {string} */ side,
  ) => [
    {
      value: from,
      label: {
        show: true,
        formatter: text,
        position: side,
        offset: OFFSETS[side],
        color: colour("alarm"),
        fontSize: 12,
      },
    },
    to,
  ];
  return {
    animation: !stillness.matches,
    grid: { left: 40, right: 12, top: TOP, bottom: 26 },
    xAxis: {
      type: "time",
      min,
      max,
      splitNumber: 3,
      axisLabel: label,
      axisLine: { lineStyle: { color: colour("line") } },
    },
    yAxis: {
      min: 0,
      max: high,
      minInterval: 1,
      splitNumber: 3,
      axisLabel: label,
      splitLine: { lineStyle: { color: colour("line") } },
    },
    series: [
      {
        ...line,
        data: [...points, [max, points.at(-1)?.[1] ?? 0]].map(([at = 0, sum]) => [Math.max(at, min), sum]),
        step: "end",
        lineStyle: { color: colour("accent"), width: 2 },
        areaStyle: { color: colour("accent"), opacity: 0.16 },
      },
      {
        ...line,
        data:
          threshold === undefined
            ? []
            : labelled([min, threshold], [max, threshold], `threshold ${threshold}`, "right"),
        lineStyle: { color: colour("alarm"), width: 2, type: "dashed" },
        ...LABELLED,
      },
      {
        ...line,
        data: isShown
          ? labelled([raised, high], [raised, 0], `ALARM ${timeOf(raised)}`, isLate ? "left" : "right")
          : [],
        lineStyle: { color: colour("alarm"), width: 2 },
        ...LABELLED,
      },
    ],
  };
}
