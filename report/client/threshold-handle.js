import { element } from "../../lib/web/dom.js";
import { numberText } from "./format.js";

const KEYS = /** @type {Record<string, number>} */ ({
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 5,
  PageDown: -5,
  Home: -Infinity,
  End: Infinity,
});

/**
 * The interface to the chart below it.
 *
 * @typedef {object} Chart
 * @property {() => readonly number[]} thresholds those to choose from, ascending
 * @property {(threshold: number) => number} pixelOf from the top of the chart
 * @property {(number: number) => string} describe the result of a threshold, as text
 * @property {(number: number) => void} choose called with the number of the threshold that the user moved to
 */

/** The line of a threshold, moved by dragging or by keyboard: a slider whose steps are the evaluated thresholds. */
export class ThresholdHandle {
  grip = element("span", { class: "grip", "aria-hidden": "true" });
  root = element(
    "div",
    { class: "handle", role: "slider", tabindex: "0", "aria-orientation": "vertical", "aria-label": "Threshold" },
    this.grip,
  );
  chosen = 0;

  /** @param {Chart} chart */
  constructor(chart) {
    this.chart = chart;
    this.root.addEventListener("keydown", (event) => {
      const step = KEYS[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.move(this.chosen + step);
    });
    this.root.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.root.setPointerCapture(event.pointerId);
      this.root.focus({ preventScroll: true });
    });
    this.root.addEventListener("pointermove", (event) => {
      if (!this.root.hasPointerCapture(event.pointerId)) return;
      const box = /** @type {HTMLElement} */ (this.root.parentElement).getBoundingClientRect();
      this.move(this.nearest(event.clientY - box.top));
    });
  }

  /** @param {number} number of the threshold */
  place(number) {
    const thresholds = this.chart.thresholds();
    const threshold = thresholds[number] ?? 1;
    this.chosen = number;
    this.root.style.top = `${this.chart.pixelOf(threshold)}px`;
    this.grip.textContent = `≥ ${numberText(threshold)}`;
    this.root.setAttribute("aria-valuemin", String(thresholds[0] ?? 1));
    this.root.setAttribute("aria-valuemax", String(thresholds.at(-1) ?? 1));
    this.root.setAttribute("aria-valuenow", String(threshold));
    this.root.setAttribute("aria-valuetext", this.chart.describe(number));
  }

  /** @param {number} number */
  move(number) {
    const last = this.chart.thresholds().length - 1;
    this.chart.choose(Math.min(last, Math.max(0, number)));
  }

  /** @param {number} pixel from the top of the chart */
  nearest(pixel) {
    const distances = this.chart.thresholds().map((threshold) => Math.abs(this.chart.pixelOf(threshold) - pixel));
    return distances.indexOf(Math.min(...distances));
  }
}
