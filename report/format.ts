import { extname } from "node:path";

export const FORMATS = ["html", "markdown", "svg", "png"] as const;
export type ReportFormat = (typeof FORMATS)[number];

const BY_ENDING: Readonly<Record<string, ReportFormat>> = {
  ".html": "html",
  ".htm": "html",
  ".md": "markdown",
  ".svg": "svg",
  ".png": "png",
};

/** The format of a report, by file extension; undefined for any other. */
export function formatOf(file: string): ReportFormat | undefined {
  return BY_ENDING[extname(file).toLowerCase()];
}
