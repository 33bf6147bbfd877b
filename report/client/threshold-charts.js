import { element, fill, plural } from "../../sandbox/page/client/dom.js";
import { PAGE_COLOURS } from "../chart/colours.ts";
import { curvePart } from "../chart/curve-part.ts";
import { optionOf } from "../chart/part.ts";
import { timelinePart } from "../chart/timeline-part.ts";
import { drawIn } from "./echarts.js";
import { numberText, rateText, spanText, timeText } from "./format.js";
import { curveTable, timelineTable } from "./chart-tables.js";
import { ThresholdHandle } from "./threshold-handle.js";
/** @import { ReportData, ReportDetection, ReportPeriod } from "../report-data" */

const TIMELINE_GRID = { left: 52, right: 16, top: 26, bottom: 28 };
const CURVE_GRID = { left: 46, right: 16, top: 26, bottom: 28 };

/** @type {Set<ThresholdCharts>} */
const all = new Set();

/** Draws what is on the page at once: paper does not wait. */
export function drawAll() {
  for (const charts of all) charts.draw();
}

/**
 * The timeline with its threshold, and the curve of alarms; both follow the threshold that is dragged.
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
      say: (number) => this.textOf(number),
      choose: (number) => this.choose(number),
    });
    const stage = element("div", { class: "stage" }, this.timeline, this.handle.root);
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
          stage,
        ),
        element("figure", {}, element("figcaption", {}, captionOf(detection)), this.curve),
      ),
      this.tables,
    );
    all.add(this);
    // Only what is on the page has a size to draw in.
    new ResizeObserver(() => this.draw()).observe(this.timeline);
  }

  /** Both charts, at the size that they have. */
  draw() {
    if (this.timeline.clientWidth === 0) return;
    this.timelineChart ??= drawIn(this.timeline);
    this.curveChart ??= drawIn(this.curve);
    for (const chart of [this.timelineChart, this.curveChart]) {
      chart.resize();
      // What it shows is said by its element; and it can be scaled to paper.
      const svg = chart.getDom().querySelector("svg");
      svg?.setAttribute("aria-hidden", "true");
      svg?.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
    }
    this.show();
  }

  show() {
    const { detection, report, period, chosen } = this;
    const shared = { period, chosen, colours: PAGE_COLOURS };
    if (this.timelineChart !== undefined) {
      const width = this.timeline.clientWidth - TIMELINE_GRID.left - TIMELINE_GRID.right;
      const timeline = { ...timelinePart({ ...shared, report, width }), grid: TIMELINE_GRID };
      this.timelineChart.setOption({ ...optionOf([timeline]), tooltip: this.tooltip() });
      this.curveChart.setOption(optionOf([{ ...curvePart({ ...shared, detection }), grid: CURVE_GRID }]));
      this.handle.place(chosen);
    }
    this.readout.replaceChildren(...this.readoutOf(chosen));
    this.timeline.setAttribute("aria-label", `Events by time with the threshold. ${this.textOf(chosen)}`);
    this.curve.setAttribute("aria-label", `Alarms by threshold. ${this.textOf(chosen)}`);
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

  /** Of the point with that threshold, or the next higher. @param {number} threshold */
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

  /** @param {number} number */
  textOf(number) {
    const { threshold = 0, alarms = 0, alarmsPerWeek = 0 } = this.period.points[number] ?? {};
    return `Threshold ${numberText(threshold)}: ${plural(alarms, "alarm")}, ${rateText(alarmsPerWeek)} a week`;
  }

  /** @param {number} number */
  readoutOf(number) {
    const point = this.period.points[number];
    if (point === undefined) return [];
    const { incidents = [], noise = [] } = this.detection.advice ?? {};
    return [
      element(
        "span",
        {},
        "From ",
        element("strong", {}, numberText(point.threshold)),
        ` in ${spanText(this.period.periodSeconds)}: `,
      ),
      element("strong", {}, plural(point.alarms, "alarm")),
      `, ${rateText(point.alarmsPerWeek)} a week, on ${shareText(point.inAlarm)} of the time`,
      ...(noise.some(({ isChosen }) => isChosen) ? ["; without what is chosen to be ignored"] : []),
      ...(incidents.length === 0
        ? []
        : [point.keeps ? "; keeps every incident" : element("strong", { class: "lost" }, "; loses an incident")]),
    ];
  }

  tooltip() {
    const { report, detection, period } = this;
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
}

/** @param {number} share */
function shareText(share) {
  const percent = share * 100;
  return percent === 0 ? "0%" : percent < 1 ? "less than 1%" : `${Math.round(percent)}%`;
}

/** @param {ReportDetection} detection */
function captionOf({ advice, drawn, otherCurves }) {
  const others = drawn.length + otherCurves.length > 1 ? ". Faint: other periods" : "";
  return `Alarms by threshold${others}${advice === undefined ? "." : "; dotted: the budget."}`;
}
