import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

// Only what is drawn here: the rest of ECharts stays out of the file. SVG is sharp in print, and follows the style sheet.
use([BarChart, LineChart, ScatterChart, GridComponent, TooltipComponent, SVGRenderer]);

/** A chart in an element that has a size. @param {HTMLElement} place */
export function drawIn(place) {
  return init(place, undefined, { renderer: "svg" });
}
