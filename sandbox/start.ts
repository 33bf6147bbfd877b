import { dirname } from "node:path";
import { ignoredFilesWarning } from "../organization/yaml/ignored-files";
import { failureText, reportUncaught } from "../lib/support/failure";
import { flowing } from "../lib/support/wrap";
import { printError, printLines } from "../lib/support/print";
import { guardOutput } from "../lib/support/standard-output";
import { widthOf } from "../lib/support/terminal";
import { whenOrphaned } from "../lib/support/orphan";
import { loadOrganization } from "../organization/load";
import { rejectionOnFailure, showRestOnPage, reportRest } from "./deployment-rest";
import { ExpectedTime } from "./expected-time";
import type { Page } from "./page/page-options";
import { enter } from "./manual-confirmation";
import { deployWithProgress } from "./progress";
import type { Sandbox } from "./sandbox";
import { openSandboxPage, PAGE_PORTS } from "./sandbox-page";
import { checkAccounts, checkOnlyAccount, scenarioNamed, stacksOf } from "./scenarios";
import type { Scenario } from "./scenarios/scenario";
import { DEFAULT_SPEED } from "./signal-path/delays";
import { SettableClock } from "./signal-path/settable-clock";
import { startCommand, type StartOptions } from "./start-command";
import { startSandbox } from "./start-sandbox";
import { Steps } from "./steps/steps";
import { summaryTable } from "./summary";
import { linesToTry } from "./to-try";

const WORK_FOLDER = ".trailwatch/sandbox";
/** The exit code that shells use for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

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
    const rest = reportRest(deployment);
    const failure = rejectionOnFailure(sandbox, rest);

    await sandbox.signalPath.start();
    const hasTerminal = !once && process.stdin.isTTY;
    const steps = new Steps({
      ...{ sandbox, clock, hasTerminal, print: narrate, signal: interruption.signal },
      prepared: scenario,
    });
    page = await openSandboxPage(sandbox, { steps, port: once ? undefined : (options.pagePort ?? "usual") });
    steps.pageUrl = page.url;
    showRestOnPage(deployment, steps);
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

async function stayUp(sandbox: Sandbox, { url }: Page, failure: Promise<never>): Promise<number> {
  print(`
The local AWS runs at ${sandbox.endpoint} until you press Ctrl-C. Live view: ${url}`);
  for (const { purpose, line } of await linesToTry(sandbox)) printLines([purpose, { command: `  ${line}` }]);
  await Promise.race([failure, interrupted]);
  return 0;
}

const command = startCommand().action(async (options: Omit<StartOptions, "isScenarioGiven">) => {
  const isScenarioGiven = command.getOptionValueSource("scenario") === "cli";
  process.exitCode = await main({ ...options, isScenarioGiven });
});

// The AWS SDK prints this warning once per process on Node 20; it is not relevant to users of the sandbox.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

reportUncaught();
command.parseAsync().catch((error: unknown) => {
  // Terraform's messages have long lines, which must not be broken within a word.
  printError("", ...failureText(error).split("\n"));
  process.exitCode = 1;
});
