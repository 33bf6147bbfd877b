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
    .option("--report <file>", "write a report to look at; its ending says what: .html, .md, .svg or .png")
    .addOption(
      new Option(
        "--format <format>",
        "what to write, whatever the ending; without --report, to standard output",
      ).choices(FORMATS),
    )
    .option("--chart <account/detection>", "what an .svg or .png shows, as it is one chart");
}
