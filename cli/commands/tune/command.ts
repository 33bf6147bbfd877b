import { Command } from "commander";
import { addEvaluationOptions, UNREAD_HELP } from "../../evaluation/options";
import { addReportOptions } from "../../report/options";
import type { TuneCommandOptions } from "./run";
import { DEFAULT_BUDGET, parseBudget } from "./budget";

/** `trailwatch tune <path...>`: how many alarms each threshold would have raised. */
export function tuneCommand(): Command {
  return addReportOptions(addEvaluationOptions(new Command("tune")))
    .description("Find thresholds, periods and entries to ignore from CloudTrail records, for a budget of alarms.")
    .option(
      "--budget <rate>",
      "alarms of a detection in an account, such as 2/week or critical=1/month,low=1/day (default: critical 1, high 2, medium 5, low 10 a week)",
      parseBudget,
      DEFAULT_BUDGET,
    )
    .option("--keep <file>", "ids or times of incidents that must still raise an alarm, one a line")
    .option("--ignore <id>", "choose a listed entry to ignore, by its id; may be repeated", collect, [])
    .option(
      "--apply",
      "write the recommended settings, and the entries chosen with --ignore, to the account files",
      false,
    )
    .option("--allow-unread", "let --apply write even if some files of records could not be read", false)
    .option("--detection <id>", "tune only this detection, and show it even without a recommendation")
    .option("--json", "print JSON, with every curve, alarm and count", false)
    .addHelpText(
      "after",
      `\nNothing is written without --apply. ${UNREAD_HELP}` +
        "\n\nExamples:\n  $ trailwatch tune AWSLogs/ --from 2026-01-01" +
        "\n  $ trailwatch tune AWSLogs/ --report report.html" +
        "\n  $ trailwatch tune AWSLogs/ --keep incidents.txt --budget 1/week --detection denied-call-burst" +
        "\n  $ trailwatch tune AWSLogs/ --ignore payments/denied-call-burst/3fa85f --apply",
    )
    .action(async (paths: readonly string[], options: TuneCommandOptions) => {
      const { runTune } = await import("./run.ts");
      await runTune(paths, options);
    });
}

function collect(id: string, ids: readonly string[]): string[] {
  return [...ids, ...id.split(",")];
}
