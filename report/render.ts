import { buildReport } from "./build-report";
import type { ReportFormat } from "./format";
import type { ReportSource } from "./report-source";
import type { ReportData, ReportDetection } from "./report-data";

export interface RenderOptions {
  readonly format: ReportFormat;
  /** The detection of a single chart: `<account>/<detection>`. @default - the only detection that matched */
  readonly chart?: string;
  /** The program that renders a PNG. */
  readonly chromium?: string;
}

/**
 * A report in one of its formats. The code of a format is loaded on demand.
 *
 * @throws Error where there is no such chart, or no PNG can be rendered
 */
export async function renderReport(source: ReportSource, options: RenderOptions): Promise<string | Buffer> {
  const report = buildReport(source);
  switch (options.format) {
    case "html": {
      const [{ bundle }, { reportPage }] = await Promise.all([import("./html/bundle.ts"), import("./html/page.ts")]);
      return reportPage(report, await bundle());
    }
    case "markdown": {
      const { reportMarkdown } = await import("./markdown.ts");
      return reportMarkdown(report);
    }
    case "svg":
    case "png": {
      const { figureSvg } = await import("./figure.ts");
      const svg = figureSvg(report, chosenDetection(report, options.chart));
      if (options.format === "svg" || options.chromium === undefined) return svg;
      const { pngOf } = await import("./png.ts");
      return pngOf(svg, options.chromium);
    }
  }
}

/** Listing a few names helps; listing all of them does not. */
const MAX_NAMES = 10;

/**
 * The detection of a single chart: `<account>/<detection>`, or the detection alone where only one account has it.
 *
 * @throws Error listing the available ones
 */
export function chosenDetection({ detections }: ReportData, wanted: string | undefined): ReportDetection {
  const charted = detections.filter(({ drawn }) => drawn.length > 0);
  const found = charted.filter(
    ({ account, detection }) => wanted === undefined || wanted === detection || wanted === `${account}/${detection}`,
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (charted.length === 0) throw new Error("there is nothing to draw: no record matches a detection");
  const names = (found.length > 0 ? found : charted).map(({ account, detection }) => `${account}/${detection}`);
  const listed = names.slice(0, MAX_NAMES).join(", ");
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "";
  throw new Error(`'--chart' must name one detection that matched, got ${got(wanted)}; there are ${listed}${more}`);
}

function got(wanted: string | undefined): string {
  return wanted === undefined ? "none" : `'${wanted}'`;
}
