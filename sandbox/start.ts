import { dirname } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { ignoredFilesWarning } from "../organization/yaml/ignored-files";
import { failureText, reportUncaught } from "../lib/support/failure";
import { withReadableHelp } from "../lib/support/help";
import { flowing } from "../lib/support/wrap";
import { printError, printLines } from "../lib/support/print";
import { guardOutput } from "../lib/support/standard-output";
import { widthOf } from "../lib/support/terminal";
import { whenOrphaned } from "../lib/support/orphan";
import { loadOrganization } from "../organization/load";
import { ExpectedTime } from "./expected-time";
import { LANDING_ZONES, NO_LANDING_ZONE } from "./landing-zones";
import type { Page } from "./page/page-options";
import { enter } from "./manual-confirmation";
import { deployWithProgress, type Deployment } from "./progress";
import type { Sandbox } from "./sandbox";
import { openSandboxPage, PAGE_PORTS } from "./sandbox-page";
import { checkAccounts, checkOnlyAccount, NO_SCENARIO, scenarioNamed, SCENARIOS, stacksOf } from "./scenarios";
import type { Scenario } from "./scenarios/scenario";
import { DEFAULT_SPEED } from "./signal-path/delays";
import { SettableClock } from "./signal-path/settable-clock";
import { startSandbox } from "./start-sandbox";
import { Steps } from "./steps/steps";
import { summaryTable } from "./summary";
import { linesToTry } from "./to-try";

const WORK_FOLDER = ".trailwatch/sandbox";
/** The exit code that shells use for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

interface StartOptions {
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

function print(text: string): void {
  printLines([text]);
}

/** A scenario's text is prose; other output may be a table, or a command line to copy. */
function narrate(text: string): void {
  for (const line of text.split("\n")) print(flowing(line, widthOf(process.stdout)).join("\n"));
}

const interruption = new AbortController();

/**
 * Resolves at the first Ctrl-C, SIGTERM or closing of the terminal. Further signals have no effect, because stopping is
 * in progress.
 */
const interrupted = new Promise<void>((resolve) => {
  const interrupt = (): void => {
    interruption.abort(new Error("interrupted"));
    resolve();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  guardOutput(() => {
    interrupt();
    return true;
  });
});

// If `npm start` is killed, do not wait: what was started is killed at the exit (process-group.ts).
whenOrphaned(() => process.exit(1));

/**
 * Starts a sandbox, deploys everything to it, and runs the scenario. Unless `once` is set, it keeps the sandbox
 * running. Resolves with the exit code.
 */
async function main(options: StartOptions): Promise<number> {
  const { once, account, accounts, port, deliverOutside, landingZone, cloud, scenario: id } = options;
  const scenario = scenarioNamed(id);
  const speed = options.speed ?? scenario?.speed ?? DEFAULT_SPEED;
  for (const warning of ignoredFilesWarning(accounts)) printError(warning);
  if (scenario !== undefined) checkAccounts(scenario, loadOrganization(accounts));
  if (scenario !== undefined && account !== undefined) checkOnlyAccount(scenario, account);
  const choices = [accounts, account, landingZone, id, cloud ? "cloud" : undefined];
  // A run of HCP Terraform for each stack, and a plan before each apply.
  const expected = new ExpectedTime(dirname(WORK_FOLDER), choices, cloud ? "3 to 6 minutes" : undefined);
  print(expected.text());
  const begun = Date.now();
  let calls = 0;
  const clock = new SettableClock();
  const started = startSandbox({
    accountsFolder: accounts,
    workFolder: WORK_FOLDER,
    env: process.env,
    clock,
    speed,
    deliverOutside,
    landingZone,
    cloud,
    account,
    onCall: () => {
      calls += 1;
    },
    report: print,
    port,
  });
  const sandbox = await Promise.race([started, interrupted]);
  if (sandbox === undefined) {
    await started.then((late) => late.stop());
    return INTERRUPTED;
  }
  let page: Page | undefined;
  try {
    // A landing zone may lack what the described organization has.
    if (scenario !== undefined) checkAccounts(scenario, sandbox.organization);
    scenario?.prepare?.(sandbox.accountsFolder);
    const first = scenario === undefined ? undefined : stacksOf(scenario, sandbox.organization);
    const deployment = await Promise.race([deployWithProgress(sandbox, interruption.signal, first), interrupted]);
    if (deployment === undefined) return INTERRUPTED;
    expected.remember((Date.now() - begun) / 1000);
    print(`\n${summaryTable(deployment.rows, widthOf(process.stdout))}\n\n${calls} AWS calls were answered.`);
    const rest = restOf(deployment);
    const failure = failureOf(sandbox, rest);

    await sandbox.signalPath.start();
    const hasTerminal = !once && process.stdin.isTTY;
    const steps = new Steps({
      ...{ sandbox, clock, hasTerminal, print: narrate, signal: interruption.signal },
      prepared: scenario,
    });
    page = await openSandboxPage(sandbox, { steps, port: once ? undefined : (options.pagePort ?? "usual") });
    steps.pageUrl = page.url;
    followRest(deployment, steps);
    if (!once) showAddress(page, options.pagePort);
    const isAsked = hasTerminal && !options.isScenarioGiven;
    if (scenario !== undefined && (!isAsked || (await isStartedHere(scenario, steps, failure)))) {
      const played = steps.play(scenario, hasTerminal ? {} : "at once");
      const succeeded = (await Promise.race([played, interrupted, failure])) ?? undefined;
      if (succeeded === undefined) return INTERRUPTED;
      if (once) {
        const isApplied = await Promise.race([rest.then(() => true), interrupted, failure]);
        return isApplied === undefined ? INTERRUPTED : succeeded ? 0 : 1;
      }
    }
    return await stayUp(sandbox, page, failure);
  } finally {
    print("\nShutting down ...");
    await page?.stop();
    await sandbox.stop();
  }
}

function showAddress({ url }: Page, chosen?: number): void {
  if (chosen === undefined && Number(new URL(url).port) !== PAGE_PORTS.first)
    print(`\nPort ${PAGE_PORTS.first} is in use; --page-port chooses another.`);
  print(`\nOpen this page; its three steps lead to an alarm and its mail:\n\n  ${url}\n`);
}

/** Whether the person at the terminal starts the scenario here, before another is started on the page. */
async function isStartedHere({ id }: Scenario, steps: Steps, failure: Promise<never>): Promise<boolean> {
  const startedThere = new AbortController();
  const end = steps.onChange(() => {
    if (steps.view().run !== undefined) startedThere.abort();
  });
  const either = AbortSignal.any([interruption.signal, startedThere.signal]);
  try {
    const pressed = enter(`Or press Enter to run scenario '${id}' in this terminal.`, narrate, either);
    return await Promise.race([pressed.then(() => true), failure]);
  } catch (error) {
    if (either.aborted) return false;
    throw error;
  } finally {
    end();
  }
}

/** Says when what continues after the page has opened is applied. */
async function restOf({ rows, rest, usable, onUsable }: Deployment): Promise<void> {
  if (rows.every(({ seconds }) => seconds !== undefined)) return rest;
  const report = (): void => {
    const { done, of } = usable();
    if (done < of) print(`Deploying the rest: ${done} of ${of} stacks can be used.`);
  };
  report();
  onUsable(report);
  await rest;
  print(`\nAll ${rows.length} stacks are applied as a whole.`);
}

/** Shows on the page how far the deployment is. */
function followRest({ rest, usable, onUsable }: Deployment, steps: Steps): void {
  const report = (): void => {
    const { done, of } = usable();
    steps.setDeploying(done < of ? { done, of } : undefined);
  };
  report();
  onUsable(report);
  // Its failure ends the sandbox.
  rest.then(report, () => undefined);
}

/** Rejects when the local AWS crashes, or the rest of the deployment fails. */
function failureOf(sandbox: Sandbox, rest: Promise<void>): Promise<never> {
  const failure = new Promise<never>((_, reject) => {
    sandbox.crashed.then(reject, reject);
    rest.catch(reject);
  });
  failure.catch(() => undefined);
  return failure;
}

async function stayUp(sandbox: Sandbox, { url }: Page, failure: Promise<never>): Promise<number> {
  print(`
The local AWS runs at ${sandbox.endpoint} until you press Ctrl-C. Live view: ${url}`);
  for (const { purpose, line } of await linesToTry(sandbox)) printLines([purpose, { command: `  ${line}` }]);
  await Promise.race([failure, interrupted]);
  return 0;
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

const command = new Command("npm start --")
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
  )
  .action(async (options: Omit<StartOptions, "isScenarioGiven">) => {
    const isScenarioGiven = command.getOptionValueSource("scenario") === "cli";
    process.exitCode = await main({ ...options, isScenarioGiven });
  });

// The AWS SDK prints this warning once per process on Node 20; it is not relevant to users of the sandbox.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

reportUncaught();
withReadableHelp(command)
  .parseAsync()
  .catch((error: unknown) => {
    // Terraform's messages have long lines, which must not be broken within a word.
    printError("", ...failureText(error).split("\n"));
    process.exitCode = 1;
  });
