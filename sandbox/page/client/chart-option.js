const stillness = matchMedia("(prefers-reduced-motion: reduce)");

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
 * How ECharts draws a metric and its threshold.
 *
 * @param {[number, number][]} points
 * @param {number | undefined} threshold
 * @param {[number, number]} range of time
 */
export function chartOption(points, threshold, [min, max]) {
  const style = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  const label = { color: colour("muted"), fontSize: 12, hideOverlap: true };
  const line = { type: "line", showSymbol: false, silent: true };
  const top = Math.max(threshold ?? 0, ...points.map(([, sum]) => sum), 1);
  return {
    animation: !stillness.matches,
    grid: { left: 40, right: 12, top: 12, bottom: 26 },
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
      max: Math.ceil(top * 1.25),
      minInterval: 1,
      splitNumber: 3,
      axisLabel: label,
      splitLine: { lineStyle: { color: colour("line") } },
    },
    series: [
      {
        ...line,
        data: points.map(([at, sum]) => [Math.max(at, min), sum]),
        step: "end",
        lineStyle: { color: colour("accent"), width: 2 },
        areaStyle: { color: colour("accent"), opacity: 0.16 },
      },
      {
        ...line,
        data: threshold === undefined ? [] : [min, max].map((at) => [at, threshold]),
        lineStyle: { color: colour("alarm"), width: 2, type: "dashed" },
      },
    ],
  };
}
