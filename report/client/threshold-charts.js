import { element, fill } from "../../lib/web/dom.js";
import { PAGE_COLOURS } from "../chart/colours.ts";
import { curvePart } from "../chart/curve-part.ts";
import { optionOf } from "../chart/part.ts";
import { timelinePart } from "../chart/timeline-part.ts";
import { drawnIn } from "./echarts.js";
import { numberText, spanText } from "./format.js";
import { curveTable, timelineTable } from "./chart-tables.js";
import { ThresholdHandle } from "./threshold-handle.js";
import { captionOf, pointText, readoutOf } from "./threshold-words.js";
import { timelineTooltip } from "./timeline-tooltip.js";
/** @import { ReportData, ReportDetection, ReportPeriod } from "../report-data" */

const TIMELINE_GRID = { left: 52, right: 16, top: 26, bottom: 28 };
/** As in the style sheet. */
const HEIGHT = 240;
const CURVE_GRID = { left: 46, right: 16, top: 26, bottom: 28 };

/** @type {Set<ThresholdCharts>} */
const all = new Set();

/**
 * Draws all visible charts at once, because printing does not wait. Reads all sizes first: each read after a write
 * forces a layout.
 */
export function drawAll() {
  const sizes = [...all].map((charts) => /** @type {const} */ ([charts, charts.sizes()]));
  for (const [charts, widths] of sizes) charts.draw(widths);
}

/**
 * The timeline with its threshold, and the curve of alarms; both follow the threshold as it is dragged.
 *
 * @param {ReportDetection} detection
 * @param {ReportData} report
 */
export function thresholdCharts(detection, report) {
  return new ThresholdCharts(detection, report).root;
}

class ThresholdCharts {
  timeline = element("div", { class: "canvas", role: "img" });
  curve = element("div", { class: "canvas", role: "img" });
  readout = element("p", { class: "readout", role: "status" });
  presets = element("p", { class: "presets" });
  tables = element("div");
  root = element("div", { class: "threshold" });
  /** @type {any} */ timelineChart;
  /** @type {any} */ curveChart;
  width = 0;

  /**
   * @param {ReportDetection} detection
   * @param {ReportData} report
   */
  constructor(detection, report) {
    this.detection = detection;
    this.report = report;
    /** @type {ReportPeriod} */
    this.period = detection.drawn.at(-1) ?? { periodSeconds: 0, levels: [], points: [] };
    this.chosen = this.numberOf(this.startThreshold());
    this.handle = new ThresholdHandle({
      thresholds: () => this.period.points.map(({ threshold }) => threshold),
      pixelOf: (threshold) => this.timelineChart.convertToPixel({ yAxisIndex: 0 }, threshold),
      describe: (number) => pointText(this.period.points[number]),
      choose: (number) => this.choose(number),
    });
    const timelineBox = element("div", { class: "timeline-box" }, this.timeline, this.handle.root);
    this.root.append(
      this.periodChoice(),
      this.readout,
      this.presets,
      element(
        "div",
        { class: "charts" },
        element(
          "figure",
          {},
          element(
            "figcaption",
            {},
            `Most events within a period, by time (UTC; each bar ${spanText(report.slotSeconds)}). `,
            element("span", { class: "screen" }, "Drag the line."),
          ),
          timelineBox,
        ),
        element("figure", {}, element("figcaption", {}, captionOf(detection)), this.curve),
      ),
      this.tables,
    );
    all.add(this);
    // Hidden elements have no size to draw in.
    new ResizeObserver(() => this.draw(this.sizes())).observe(this.timeline);
  }

  /** Widths of the timeline and of the curve, in pixels. @returns {readonly [number, number]} */
  sizes() {
    return [this.timeline.clientWidth, this.curve.clientWidth];
  }

  /** Both charts, at these widths. @param {readonly [number, number]} widths */
  draw([timelineWidth, curveWidth]) {
    if (timelineWidth === 0 || (timelineWidth === this.width && this.timelineChart !== undefined)) return;
    this.width = timelineWidth;
    this.timelineChart = drawnIn(this.timeline, this.timelineChart, { width: timelineWidth, height: HEIGHT });
    this.curveChart = drawnIn(this.curve, this.curveChart, { width: curveWidth, height: HEIGHT });
    this.show();
  }

  show() {
    const { detection, report, period, chosen } = this;
    const shared = { period, chosen, colours: PAGE_COLOURS };
    if (this.timelineChart !== undefined) {
      const width = this.width - TIMELINE_GRID.left - TIMELINE_GRID.right;
      const timeline = { ...timelinePart({ ...shared, report, width }), grid: TIMELINE_GRID };
      this.timelineChart.setOption({ ...optionOf([timeline]), tooltip: timelineTooltip(detection, period, report) });
      this.curveChart.setOption(optionOf([{ ...curvePart({ ...shared, detection }), grid: CURVE_GRID }]));
      this.handle.place(chosen);
    }
    this.readout.replaceChildren(...readoutOf(detection, period, chosen));
    this.timeline.setAttribute("aria-label", `Events by time with the threshold. ${pointText(period.points[chosen])}`);
    this.curve.setAttribute("aria-label", `Alarms by threshold. ${pointText(period.points[chosen])}`);
    fill(this.presets, this.presetButtons());
    this.tables.replaceChildren(curveTable(period), timelineTable(detection, period, report));
  }

  /** @param {number} number */
  choose(number) {
    if (number === this.chosen) return;
    this.chosen = number;
    this.show();
  }

  startThreshold() {
    return this.detection.advice?.recommended?.threshold ?? this.detection.now?.threshold ?? 1;
  }

  /** Number of the point with that threshold, or the next higher. @param {number} threshold */
  numberOf(threshold) {
    const found = this.period.points.findIndex((point) => point.threshold >= threshold);
    return found < 0 ? this.period.points.length - 1 : found;
  }

  periodChoice() {
    const { drawn, advice, now } = this.detection;
    if (drawn.length < 2) return element("p", { class: "quiet" }, `Period: ${spanText(this.period.periodSeconds)}`);
    const name = `period-${this.detection.account}-${this.detection.detection}`;
    return element(
      "fieldset",
      { class: "choice" },
      element("legend", { class: "unseen" }, "Period"),
      ...drawn.map((period) => {
        const input = element("input", { type: "radio", name, checked: period === this.period });
        const isNow = period.periodSeconds === now?.periodSeconds;
        input.addEventListener("change", () => {
          this.period = period;
          this.chosen = this.numberOf((isNow ? now?.threshold : advice?.recommended?.threshold) ?? 1);
          this.show();
        });
        return element(
          "label",
          {},
          input,
          ` period ${spanText(period.periodSeconds)} (${isNow ? "now" : "recommended"})`,
        );
      }),
    );
  }

  presetButtons() {
    const { now, advice } = this.detection;
    const { periodSeconds, points, knee } = this.period;
    const presets = /** @type {[string, number | undefined][]} */ ([
      ["Now", now?.periodSeconds === periodSeconds ? now.threshold : undefined],
      ["Recommended", advice?.recommended?.periodSeconds === periodSeconds ? advice.recommended.threshold : undefined],
      ["Knee", knee],
    ]);
    return presets.flatMap(([name, threshold]) => {
      if (threshold === undefined) return [];
      const number = this.numberOf(threshold);
      const button = element(
        "button",
        { type: "button", "aria-pressed": String(number === this.chosen) },
        `${name}: ${numberText(threshold)}`,
      );
      button.addEventListener("click", () => this.choose(number));
      return points.length === 0 ? [] : [button];
    });
  }
}
