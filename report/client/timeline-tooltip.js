import { plural } from "../../lib/web/dom.js";
import { PAGE_COLOURS } from "../chart/colours.ts";
import { numberText, spanText, timeText } from "./format.js";
/** @import { ReportData, ReportDetection, ReportPeriod } from "../report-data" */

/**
 * Tooltip of a timeline bar. It is drawn as text within the SVG, so nothing in it can be markup.
 *
 * @param {ReportDetection} detection
 * @param {ReportPeriod} period
 * @param {ReportData} report
 */
export function timelineTooltip(detection, period, report) {
  const events = new Map(detection.counts);
  const levels = new Map(period.levels);
  return {
    trigger: "axis",
    renderMode: "richText",
    confine: true,
    axisPointer: { type: "line", lineStyle: { color: PAGE_COLOURS.muted } },
    backgroundColor: PAGE_COLOURS.surface,
    borderColor: PAGE_COLOURS.line,
    textStyle: { color: PAGE_COLOURS.text, fontSize: 12 },
    formatter: (/** @type {any[]} */ [first]) => {
      const slot = Math.floor((first.value[0] - report.from) / (report.slotSeconds * 1000));
      const most = levels.get(slot) ?? 0;
      return `${timeText(report.from + slot * report.slotSeconds * 1000)}\n${plural(events.get(slot) ?? 0, "event")}, at most ${numberText(most)} within ${spanText(period.periodSeconds)}`;
    },
  };
}
