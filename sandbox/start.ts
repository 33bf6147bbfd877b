import { Command, InvalidArgumentError } from "commander";
import { messageOf } from "./message-of";
import { deployWithProgress } from "./progress";
import type { Sandbox } from "./sandbox";
import { startSandbox } from "./start-sandbox";
import { awsCommandLine, summaryTable } from "./summary";

const WORK_FOLDER = ".trailwatch/sandbox";
/** Exit code of a program that Ctrl-C ended, by convention of shells. */
const INTERRUPTED = 130;

interface StartOptions {
  readonly once: boolean;
  readonly accounts: string;
  readonly port?: number;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Resolves at the first Ctrl-C, request to end or closing of the terminal; further ones change nothing, as stopping is under way. */
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      resolve();
    });
  }
});

/** Starts a sandbox, deploys everything to it and, unless told otherwise, keeps it up. Resolves with the exit code. */
async function main({ once, accounts, port }: StartOptions): Promise<number> {
  let calls = 0;
  const started = startSandbox({
    accountsFolder: accounts,
    workFolder: WORK_FOLDER,
    env: process.env,
    onCall: () => {
      calls += 1;
    },
    report: print,
    ...(port === undefined ? {} : { port }),
  });
  const sandbox = await Promise.race([started, interrupted]);
  if (sandbox === undefined) {
    await started.then((late) => late.stop());
    return INTERRUPTED;
  }
  try {
    const rows = await Promise.race([deployWithProgress(sandbox), interrupted]);
    if (rows === undefined) return INTERRUPTED;
    print(`\n${summaryTable(rows)}\n\n${calls} AWS calls were answered.`);
    return once ? 0 : await stayUp(sandbox);
  } finally {
    print("\nEnding what was started ...");
    await sandbox.stop();
  }
}

async function stayUp(sandbox: Sandbox): Promise<number> {
  print(`
The local AWS stays up at ${sandbox.endpoint} until Ctrl-C. In another terminal:
  ${awsCommandLine(sandbox.env, "cloudtrail describe-trails")}`);
  const crash = await Promise.race([sandbox.crashed, interrupted]);
  if (crash !== undefined) throw crash;
  return 0;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new InvalidArgumentError("It must be a number from 1 to 65535.");
}

const command = new Command("npm start --")
  .description("Deploy the organization to a local AWS: real Terraform and the real AWS provider, no account needed.")
  .option("--once", "end when everything is deployed, instead of staying up", false)
  .option("--port <n>", "port of the local AWS (default: a free one)", portNumber)
  .option(
    "--accounts <folder>",
    "folder that describes the organization",
    process.env.TRAILWATCH_ACCOUNTS ?? "accounts",
  )
  .addHelpText("after", "\nExample:\n  $ npm start -- --once --port 4566")
  .action(async (options: StartOptions) => {
    process.exitCode = await main(options);
  });

// Said once per process by the AWS SDK of every run on Node 20, and no news to who runs a sandbox.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

command.parseAsync().catch((error: unknown) => {
  process.stderr.write(`\n${messageOf(error)}\n`);
  process.exitCode = 1;
});
