import { init } from "echarts";
import { PAPER_COLOURS } from "./chart/colours";
import { curvePart } from "./chart/curve-part";
import { optionOf } from "./chart/part";
import { timelinePart } from "./chart/timeline-part";
import { severityText } from "./severity";
import type { ReportData, ReportDetection } from "./report-data";

export const FIGURE_SIZE = { width: 1000, height: 350 } as const;

const TOP = 92;
const BOTTOM = 34;
const TIMELINE = { left: 52, width: 570, top: TOP, bottom: BOTTOM };
const CURVE = { left: 690, width: 290, top: TOP, bottom: BOTTOM };

/** A detection's timeline and curve as one SVG, for documents: with the current or the recommended settings. */
export function figureSvg(report: ReportData, detection: ReportDetection): string {
  const period = detection.drawn.at(-1);
  if (period === undefined) throw new Error(`${detection.account}/${detection.detection} has no chart`);
  const threshold = detection.advice?.recommended?.threshold ?? detection.now?.threshold ?? 1;
  const chosen = period.points.findIndex((point) => point.threshold === threshold);
  const shared = { period, chosen, colours: PAPER_COLOURS };
  const timeline = { ...timelinePart({ ...shared, report, width: TIMELINE.width }), grid: TIMELINE };
  const curve = { ...curvePart({ ...shared, detection }), grid: CURVE };
  const { alarms = 0, alarmsPerWeek = 0 } = period.points[chosen] ?? {};
  const rate = Math.round(alarmsPerWeek * 10) / 10;
  const chart = init(null, undefined, { renderer: "svg", ssr: true, ...FIGURE_SIZE });
  chart.setOption({
    ...optionOf([timeline, curve]),
    backgroundColor: PAPER_COLOURS.surface,
    title: [
      titleOf(`${severityText(detection.severity)}  ${detection.detection}, ${detection.account}`, {
        left: 12,
        top: 10,
        fontSize: 16,
        fontWeight: "bold",
      }),
      titleOf(
        `From ${threshold} in ${period.periodSeconds} s: ${alarms} ${alarms === 1 ? "alarm" : "alarms"}, ${rate} a week`,
        {
          left: 12,
          top: 34,
        },
      ),
      titleOf("Most events within a period, by time (UTC)", { left: TIMELINE.left - 8, top: 58 }),
      titleOf("Alarms by threshold", { left: CURVE.left - 8, top: 58 }),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}

interface TitleStyle {
  readonly left: number;
  readonly top: number;
  readonly fontSize?: number;
  readonly fontWeight?: string;
}

function titleOf(text: string, { left, top, fontSize = 12, fontWeight = "normal" }: TitleStyle): object {
  return { text, left, top, padding: 0, textStyle: { color: PAPER_COLOURS.text, fontSize, fontWeight } };
}
