import { init } from "echarts";
import { PAPER_COLOURS } from "./chart/colours";
import { curvePart } from "./chart/curve-part";
import { optionOf } from "./chart/part";
import { timelinePart } from "./chart/timeline-part";
import { counted } from "../lib/support/counted";
import { lostTimes } from "./lost-times";
import { severityText } from "./severity";
import type { ReportData, ReportDetection } from "./report-data";

export const FIGURE_SIZE = { width: 1000, height: 350 } as const;

/** Top of the first line below the title, and the distance to the next. */
const FIRST_LINE = 34;
const LINE = 22;
const MAX_TIMES = 5;
const BOTTOM = 34;
const TIMELINE = { left: 52, width: 570, bottom: BOTTOM };
const CURVE = { left: 690, width: 290, bottom: BOTTOM };

/**
 * A detection's timeline and curve as one SVG, for documents: with the current settings, or with the recommended ones and
 * what they give up.
 */
export function figureSvg(report: ReportData, detection: ReportDetection): string {
  const period = detection.drawn.at(-1);
  if (period === undefined) throw new Error(`${detection.account}/${detection.detection} has no chart`);
  const threshold = detection.advice?.recommended?.threshold ?? detection.now?.threshold ?? 1;
  const chosen = period.points.findIndex((point) => point.threshold === threshold);
  const { alarms = 0, alarmsPerWeek = 0 } = period.points[chosen] ?? {};
  const rate = Math.round(alarmsPerWeek * 10) / 10;
  const lines = [
    `From ${threshold} in ${period.periodSeconds} s: ${alarms} ${alarms === 1 ? "alarm" : "alarms"}, ${rate} a week`,
    ...lossLines(detection),
  ];
  const captions = FIRST_LINE + lines.length * LINE + 2;
  const top = captions + 34;
  const shared = { period, chosen, colours: PAPER_COLOURS };
  const timeline = { ...timelinePart({ ...shared, report, width: TIMELINE.width }), grid: { ...TIMELINE, top } };
  const curve = { ...curvePart({ ...shared, detection }), grid: { ...CURVE, top } };
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
      ...lines.map((line, number) => titleOf(line, { left: 12, top: FIRST_LINE + number * LINE })),
      titleOf("Most events within a period, by time (UTC)", { left: TIMELINE.left - 8, top: captions }),
      titleOf("Alarms by threshold", { left: CURVE.left - 8, top: captions }),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}

/** An image is shown without the list of a report. */
function lossLines({ alarms, advice }: ReportDetection): string[] {
  const { noLongerRaised = [], noLongerRaisedLeftOut = 0, caution } = advice ?? {};
  const lost = noLongerRaised.length + noLongerRaisedLeftOut;
  return [
    ...(caution === undefined ? [] : [`Caution: ${caution}`]),
    ...(lost === 0
      ? []
      : [`No longer raised: ${lost} of ${counted(alarms, "alarm")}, ${lostTimes(noLongerRaised, MAX_TIMES, lost)}`]),
  ];
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
