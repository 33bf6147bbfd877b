import type { Pair, ReportDetection, ReportPeriod } from "../report-data";
import type { Colours } from "./colours";
import { linearAxis, numberAxis, wholeNumber, type Part } from "./part";

export interface CurveInput {
  readonly detection: Pick<ReportDetection, "otherCurves" | "drawn" | "days" | "advice">;
  readonly period: ReportPeriod;
  readonly chosen: number;
  readonly colours: Colours;
}

/** Alarms by threshold: the selected period, faintly the others, the budget, and the chosen threshold. */
export function curvePart({ detection, period, chosen, colours }: CurveInput): Part {
  const pointsOf = ({ points }: ReportPeriod): Pair[] => points.map(({ threshold, alarms }) => [threshold, alarms]);
  const others = [
    ...detection.otherCurves.map(({ points }) => points),
    ...detection.drawn.filter((each) => each !== period).map(pointsOf),
  ];
  const own = pointsOf(period);
  // The other curves run beyond the edge: the axis is that of the selected period.
  const xAxis = numberAxis(Math.max(...own.map(([threshold]) => threshold), 2));
  const yAxis = linearAxis(Math.max(...own.map(([, alarms]) => alarms), 1));
  const budget = budgetOf(detection);
  const label = { color: colours.muted, fontSize: 12, hideOverlap: true };
  const line = { type: "line", showSymbol: false, silent: true, clip: true };
  const axis = { axisLabel: { ...label, formatter: wholeNumber }, splitLine: { lineStyle: { color: colours.line } } };
  return {
    grid: {},
    xAxis: {
      ...xAxis,
      ...axis,
      splitLine: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
    },
    yAxis: { ...yAxis, ...axis },
    series: [
      ...others.map((data) => ({ ...line, data, lineStyle: { color: colours.line, width: 1.5 } })),
      {
        ...line,
        data: own,
        showSymbol: true,
        symbol: "circle",
        symbolSize: 4,
        itemStyle: { color: colours.accent },
        lineStyle: { color: colours.accent, width: 2 },
      },
      {
        ...line,
        data: budget === undefined || budget > yAxis.max ? [] : [xAxis.min, xAxis.max].map((at) => [at, budget]),
        lineStyle: { color: colours.wait, width: 1.5, type: "dotted" },
      },
      {
        type: "scatter",
        silent: true,
        symbolSize: 13,
        z: 3,
        itemStyle: { color: colours.alarm, opacity: 1, borderColor: colours.surface, borderWidth: 2 },
        data: own.slice(chosen, chosen + 1),
      },
    ],
  };
}

/** The budget in alarms; undefined without a budget. */
function budgetOf({ advice, days }: CurveInput["detection"]): number | undefined {
  return advice === undefined ? undefined : (advice.budgetPerWeek * Math.max(days ?? 0, 7)) / 7;
}
