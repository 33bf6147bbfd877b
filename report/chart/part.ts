/** One chart of a figure, as ECharts options. */
export interface Part {
  readonly grid: object;
  readonly xAxis: object;
  readonly yAxis: object;
  readonly series: readonly object[];
}

/** From this value on, a logarithmic axis shows more than a linear one. */
const LOGARITHMIC_FROM = 30;
const STEPS = [1, 2, 5, 10];
const MOST_STEPS = 5;

/** Combines parts to one option: each has its own grid and axes. */
export function optionOf(parts: readonly Part[]): object {
  return {
    animation: false,
    useUTC: true,
    grid: parts.map(({ grid }) => grid),
    xAxis: parts.map(({ xAxis }, gridIndex) => ({ ...xAxis, gridIndex })),
    yAxis: parts.map(({ yAxis }, gridIndex) => ({ ...yAxis, gridIndex })),
    series: parts.flatMap(({ series }, index) =>
      series.map((each) => ({ ...each, xAxisIndex: index, yAxisIndex: index })),
    ),
  };
}

export interface NumberAxis {
  readonly type: "log" | "value";
  readonly min: number;
  readonly max: number;
  readonly interval?: number;
}

/** An axis from 0 or 1 that ends at a round number at or above `top`, or a little above on a logarithmic one. */
export function numberAxis(top: number): NumberAxis {
  if (top >= LOGARITHMIC_FROM) return { type: "log", min: 0.7, max: top * 1.15 + 0.1 };
  return linearAxis(top);
}

/** The same for any number, without logarithms. */
export function linearAxis(top: number): NumberAxis {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(top / MOST_STEPS)));
  const interval = (STEPS.find((step) => top <= step * power * MOST_STEPS) ?? 10) * power;
  return { type: "value", min: 0, max: Math.max(1, Math.ceil(top / interval)) * interval, interval };
}

/** Labels of such an axis; a logarithmic one has some at odd ends. */
export function wholeNumber(value: number): string {
  const isOdd = value > LOGARITHMIC_FROM && !/^[1-9][05]?0*$/.test(String(value));
  return Number.isInteger(value) && !isOdd ? value.toLocaleString("en") : "";
}
