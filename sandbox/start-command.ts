import { Command, InvalidArgumentError, Option } from "commander";
import { withReadableHelp } from "../lib/support/help";
import { LANDING_ZONES, NO_LANDING_ZONE } from "./landing-zones";
import { PAGE_PORTS } from "./sandbox-page";
import { NO_SCENARIO, SCENARIOS } from "./scenarios";
import { DEFAULT_SPEED } from "./signal-path/delays";

/** The options of `npm start`. */
export interface StartOptions {
  readonly once: boolean;
  readonly account?: string;
  readonly accounts: string;
  readonly deliverOutside: boolean;
  readonly landingZone: string;
  readonly cloud: boolean;
  readonly port?: number;
  readonly pagePort?: number;
  readonly scenario: string;
  /** Whether the scenario was given on the command line. */
  readonly isScenarioGiven: boolean;
  readonly speed?: number;
}

/** The command `npm start`, without an action. */
export function startCommand(): Command {
  return withReadableHelp(new Command("npm start --"))
    .description("Deploy the organization to a local AWS with Terraform and the real AWS provider, and run a scenario.")
    .option("--once", "exit after the scenario; exit code 0 if it had the expected result", false)
    .addOption(
      new Option("--scenario <id>", "scenario to run after the deployment")
        .choices([...SCENARIOS.map(({ id }) => id), NO_SCENARIO])
        .default(SCENARIOS[0].id),
    )
    .option(
      "--speed <factor>",
      `divides AWS's delays by this factor (default: ${DEFAULT_SPEED}, or the scenario's own)`,
      factor,
    )
    .option("--port <n>", "port of the local AWS (default: a free one)", portNumber)
    .option("--page-port <n>", `port of the page (default: ${PAGE_PORTS.first}, or the next free one)`, portNumber)
    .option("--deliver-outside", "send notifications to http and https subscribers on other machines too", false)
    .addOption(
      new Option("--cloud", "keep state and runs in a stand-in for HCP Terraform")
        .default(false)
        .conflicts(["landingZone", "account"]),
    )
    .addOption(
      new Option("--landing-zone <id>", "what the organization has before the deployment")
        .choices([...LANDING_ZONES.map(({ id }) => id), NO_LANDING_ZONE])
        .default(NO_LANDING_ZONE),
    )
    .option("--account <name>", "watch this account only: deploys its stack, and those that it depends on")
    .option(
      "--accounts <folder>",
      "folder that describes the organization",
      process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
    )
    .addHelpText(
      "after",
      `\nScenarios:\n${helpRows(SCENARIOS)}\n\nLanding zones:\n${helpRows(LANDING_ZONES)}\n` +
        "\nExamples:\n  $ npm start -- --once\n  $ npm start -- --scenario tamper --port 4566\n" +
        "  $ npm start -- --account workloads-production\n  $ npm start -- --landing-zone control-tower\n" +
        "  $ npm start -- --cloud",
    );
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new InvalidArgumentError("It must be a number from 1 to 65535.");
}

function factor(text: string): number {
  const speed = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && speed >= 1 && speed <= 600) return speed;
  throw new InvalidArgumentError("It must be a number from 1 (as AWS) to 600.");
}

function helpRows(rows: readonly { readonly id: string; readonly title: string }[]): string {
  const width = Math.max(...rows.map(({ id }) => id.length)) + 1;
  return rows.map(({ id, title }) => `  ${id.padEnd(width)} ${title}`).join("\n");
}
