import { Command, Option } from "commander";
import { addEvaluationOptions, UNREAD_HELP, withAccountsNamed } from "../../evaluation/options";
import { addReportOptions } from "../../report/options";
import { checkEngine, ENGINES, type Engine } from "./engine";
import type { ArchiveReplayOptions } from "./athena-run";
import type { ReplayOptions } from "./run";

/** `trailwatch replay [path...]`: what would have alarmed. */
export function replayCommand(): Command {
  return addReportOptions(addEvaluationOptions(new Command("replay"), "[path...]"))
    .description(
      "Judge CloudTrail records by what is synthesized: which detections match, which alarms go off, who is told.",
    )
    .option("--detection <id>", "judge this detection only")
    .option("--explain <eventID>", "show hop by hop what let this event through, or stopped it")
    .addOption(
      new Option("--engine <engine>", "who reads the records: this machine, or Athena those of the archive")
        .choices(ENGINES)
        .default("local" satisfies Engine),
    )
    .option("--yes", "with --engine athena: do not ask before the query runs", false)
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
    .action(async (paths: readonly string[], given: ReplayOptions & ArchiveReplayOptions, command: Command) => {
      const options = withAccountsNamed(given, command);
      checkEngine(paths, options);
      await RUNS[options.engine](paths, options);
    });
}

type Run = (paths: readonly string[], options: ReplayOptions & ArchiveReplayOptions) => Promise<void>;

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
