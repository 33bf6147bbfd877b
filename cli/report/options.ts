import { Option, type Command } from "commander";
import { FORMATS, type ReportFormat } from "../../report/format";

/** Options of a report. */
export interface ReportOptions {
  readonly report?: string;
  readonly format?: ReportFormat;
  readonly chart?: string;
}

/** Adds the report options of commands that evaluate records. */
export function addReportOptions(command: Command): Command {
  return command
    .option("--report <file>", "write a report; its extension sets the format: .html, .md, .svg or .png")
    .addOption(
      new Option(
        "--format <format>",
        "format of the report, whatever the extension; without --report, to standard output",
      ).choices(FORMATS),
    )
    .option("--chart <account/detection>", "the chart that an .svg or .png shows");
}
