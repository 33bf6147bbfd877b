import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

// Only the needed parts, so that the rest of ECharts stays out of the file. SVG prints sharply, and follows the style
// sheet.
use([BarChart, LineChart, ScatterChart, GridComponent, TooltipComponent, SVGRenderer]);

/**
 * The chart of an element at a size, created if there is none.
 *
 * @param {HTMLElement} place
 * @param {ReturnType<typeof init> | undefined} chart
 * @param {{ readonly width: number, readonly height: number }} size in pixels
 */
export function drawnIn(place, chart, size) {
  const drawn = chart ?? init(place, undefined, { renderer: "svg", ...size });
  drawn.resize(size);
  const svg = place.querySelector("svg");
  // Its element has the accessible description; and the SVG must scale on paper.
  svg?.setAttribute("aria-hidden", "true");
  svg?.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
  return drawn;
}
