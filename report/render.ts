import { buildReport } from "./build-report";
import { chosenDetection } from "./chart-choice";
import type { ReportFormat } from "./format";
import type { ReportSource } from "./report-source";

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
