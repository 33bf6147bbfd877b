import { Command, Option } from "commander";
import { addEvaluationOptions, UNREAD_HELP, withAccountsNamed } from "../../evaluation/options";
import { addReportOptions } from "../../report/options";
import { checkEngine, ENGINES, type Engine } from "./engine";
import type { ArchiveReplayOptions } from "./athena-run";
import type { ReplayCommandOptions } from "./run";

/** `trailwatch replay [path...]`: what would have alarmed. */
export function replayCommand(): Command {
  return addReportOptions(addEvaluationOptions(new Command("replay"), "[path...]"))
    .description(
      "Evaluate CloudTrail records against the synthesized stacks: which detections match, which alarms go off, who is notified.",
    )
    .option("--detection <id>", "evaluate only this detection")
    .option("--explain <eventID>", "show hop by hop where this event passed or was stopped")
    .addOption(
      new Option("--engine <engine>", "what evaluates the records: this machine, or Athena those of the archive")
        .choices(ENGINES)
        .default("local" satisfies Engine),
    )
    .option("--yes", "with --engine athena: run the query without confirmation", false)
    .option("--json", "print JSON", false)
    .addHelpText(
      "after",
      `\n${UNREAD_HELP}` +
        "\n\nExamples:\n  $ trailwatch replay AWSLogs/ --from 2026-01-15" +
        "\n  $ trailwatch replay s3://my-archive/AWSLogs/ --from 2026-01-15 --to 2026-01-16" +
        "\n  $ trailwatch replay AWSLogs/ --report report.html" +
        "\n  $ trailwatch replay events.json.gz --account payments --json" +
        "\n  $ aws cloudtrail lookup-events --output json | trailwatch replay -" +
        "\n  $ trailwatch replay --engine athena --from 2026-01-15 --to 2026-01-16 --report report.html",
    )
    .action(async (paths: readonly string[], given: ReplayCommandOptions & ArchiveReplayOptions, command: Command) => {
      const options = withAccountsNamed(given, command);
      checkEngine(paths, options);
      await RUNS[options.engine](paths, options);
    });
}

type Run = (paths: readonly string[], options: ReplayCommandOptions & ArchiveReplayOptions) => Promise<void>;

const RUNS: Readonly<Record<Engine, Run>> = {
  local: async (paths, options) => {
    const { runReplay } = await import("./run.ts");
    await runReplay(paths, options);
  },
  athena: async (_, options) => {
    const { runArchiveReplay } = await import("./athena-run.ts");
    await runArchiveReplay(options);
  },
};
