import { Command } from "commander";
import { explainAccount } from "../organization/explain";
import { loadWithSources } from "../organization/load";
import { accountNamed } from "../organization/organization";
import { organizationWarnings } from "../organization/warnings";
import { watchedAccount } from "../stacks/watched-account";
import { accountText, summaryText } from "./detections-text";
import { printLines } from "./print";

interface Options {
  readonly accounts: string;
  readonly json: boolean;
}

/** `trailwatch detections [account]`: what is on, with which values, and where each of them was chosen. */
export function detectionsCommand(): Command {
  return new Command("detections")
    .description("Show what is watched, with which values, and from which file and line each value comes.")
    .argument("[account]", "name of an account; without it, a line for each account")
    .option("--json", "print JSON", false)
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .addHelpText("after", "\nExamples:\n  $ trailwatch detections\n  $ trailwatch detections payments --json")
    .action(showDetections);
}

function showDetections(name: string | undefined, { accounts: folder, json }: Options): void {
  const loaded = loadWithSources(folder);
  const { organization } = loaded;
  for (const warning of organizationWarnings(loaded, new Date().toISOString().slice(0, 10))) {
    process.stderr.write(`${warning}\n`);
  }

  const chosen = name === undefined ? organization.accounts : [accountNamed(organization, name)];
  const explained = chosen.map((account) => explainAccount(loaded, account, watchedAccount(organization, account)));
  const [first] = explained;
  if (name === undefined || first === undefined) {
    printLines(json ? asJson(explained) : summaryText(explained));
  } else {
    printLines(json ? asJson(first) : accountText(first));
  }
}

function asJson(value: unknown): string[] {
  return [JSON.stringify(value, null, 2)];
}
