import type { ReportData, ReportPeriod } from "../report-data";
import type { Colours } from "./colours";
import { numberAxis, wholeNumber, type Part } from "./part";

export interface TimelineInput {
  readonly report: Pick<ReportData, "from" | "slotSeconds" | "slots">;
  readonly period: ReportPeriod;
  /** Number of the point whose threshold is drawn. */
  readonly chosen: number;
  readonly colours: Colours;
  /** Width of the time axis in pixels. */
  readonly width: number;
}

/** Thinner ones are hard to see. */
const THINNEST_BAR = 2;

/**
 * Levels as bars over time, the threshold as a line, and a mark on top for each slot in which the alarm is raised. A
 * bar's height is the highest threshold that would have been reached, so that bars above the line are in ALARM.
 */
export function timelinePart({ report, period, chosen, colours, width }: TimelineInput): Part {
  const slot = report.slotSeconds * 1000;
  const end = report.from + report.slots * slot;
  const { threshold = 1, raised = [] } = period.points[chosen] ?? {};
  const axis = numberAxis(highest(period));
  const label = { color: colours.muted, fontSize: 12, hideOverlap: true };
  return {
    grid: {},
    xAxis: {
      type: "time",
      min: report.from,
      max: end,
      axisLabel: { ...label, formatter: { month: "{MMM} {yyyy}", day: "{d} {MMM}", hour: "{HH}:{mm}" } },
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { lineStyle: { color: colours.line } },
      splitLine: { show: false },
    },
    yAxis: {
      ...axis,
      axisLabel: { ...label, formatter: wholeNumber },
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: [
      {
        type: "bar",
        barWidth: Math.max(THINNEST_BAR, (width / Math.max(1, report.slots)) * 0.85),
        emphasis: { disabled: true },
        data: period.levels.map(([at, level]) => ({
          value: [report.from + (at + 0.5) * slot, level],
          itemStyle: { color: level >= threshold ? colours.alarm : colours.accent },
        })),
      },
      {
        type: "line",
        silent: true,
        showSymbol: false,
        data: [report.from, end].map((at) => [at, threshold]),
        lineStyle: { color: colours.wait, width: 2, type: "dashed" },
      },
      {
        type: "scatter",
        silent: true,
        symbol: "triangle",
        symbolSize: 8,
        itemStyle: { color: colours.alarm, opacity: 1 },
        // Above the grid, where no bar reaches.
        symbolOffset: [0, -8],
        clip: false,
        data: slotsOfDistances(raised).map((at) => [report.from + (at + 0.5) * slot, axis.max]),
      },
    ],
  };
}

/** The slots of a point, decoded from its distances. */
export function slotsOfDistances(distances: readonly number[]): number[] {
  let slot = 0;
  return distances.map((distance) => (slot += distance));
}

/** The highest level or threshold: the axis stays the same for every chosen threshold. */
function highest({ levels, points }: ReportPeriod): number {
  return Math.max(...levels.map(([, level]) => level), points.at(-1)?.threshold ?? 1);
}
