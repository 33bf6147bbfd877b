import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { writeOrganization } from "./support/generated-organization";
import { failureText } from "../lib/support/failure";
import { withReadableHelp } from "../lib/support/help";
import { runProgram } from "../lib/support/run-program";
import { measure, type Run } from "./measure";

const ROOT = join(__dirname, "..");

/** Ratios compare CPU seconds, which other work on the machine affects least. */
const HEAD = "accounts|plain|CPU|memory|faster|CPU|memory|times|CPU an account|floor|load".split("|");

interface Options {
  readonly accounts: string;
  readonly plainUpTo: string;
}

/**
 * Synthesizes organizations of several sizes with and without the faster synthesis, and compares every byte of the
 * output.
 */
async function bench({ accounts, plainUpTo }: Options): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "trailwatch-bench-"));
  process.stdout.write(`| ${HEAD.join(" | ")} |\n| ${HEAD.map(() => "--:").join(" | ")} |\n`);
  try {
    for (const count of accounts.split(",").map(Number)) await benchOf(count, count <= Number(plainUpTo), work);
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function benchOf(accounts: number, alsoPlain: boolean, work: string): Promise<void> {
  const folder = join(work, String(accounts));
  writeOrganization(join(folder, "accounts"), accounts);
  const synthesis = async (to: string, plain: string) => {
    mkdirSync(to);
    const settings = [`TRAILWATCH_ACCOUNTS=${join(folder, "accounts")}`, `CDKTF_OUTDIR=${to}`];
    const node = [process.execPath, "--max-old-space-size=4096", "--import", "tsx", join(ROOT, "main.ts")];
    return measure(["env", ...settings, `TRAILWATCH_PLAIN_SYNTHESIS=${plain}`, ...node]);
  };

  const [fast, slow] = [join(folder, "faster"), join(folder, "plain")];
  const faster = await synthesis(fast, "");
  const floor = await measure([
    process.execPath,
    "--import",
    "tsx",
    join(__dirname, "floor.ts"),
    fast,
    join(folder, "floor"),
  ]);
  const plain = alsoPlain ? await synthesis(slow, "1") : undefined;
  const difference = async () => (await runProgram("diff", ["-rq", fast, slow], { stdio: "inherit" })).ending;
  if (plain !== undefined && (await difference()) !== 0) {
    throw new Error(`the two syntheses of ${accounts} accounts are not byte-equal`);
  }
  const cells = [
    accounts,
    ...(plain === undefined ? ["", "", ""] : cellsOf(plain)),
    ...cellsOf(faster),
    plain === undefined ? "" : (plain.cpuSeconds / faster.cpuSeconds).toFixed(1),
    `${((faster.cpuSeconds / accounts) * 1000).toFixed(0)} ms`,
    `${Number(floor.output).toFixed(2)} s`,
    (loadavg()[0] ?? 0).toFixed(1),
  ];
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
  rmSync(folder, { recursive: true });
}

function cellsOf({ seconds, cpuSeconds, megabytes }: Run): string[] {
  return [`${seconds.toFixed(1)} s`, `${cpuSeconds.toFixed(1)} s`, `${megabytes.toFixed(0)} MB`];
}

withReadableHelp(new Command("bench:synthesis"))
  .description("Times the synthesis of generated organizations, with what makes it faster and without.")
  .option("--accounts <numbers>", "sizes, with commas between", "10,100,1000,5000")
  .option("--plain-up-to <n>", "largest size to synthesize without, which takes minutes", "1000")
  .addHelpText("after", "\nExample:\n  $ npm run bench:synthesis -- --accounts 10,100")
  .parseAsync()
  .then((command) => bench(command.opts()))
  .catch((error: unknown) => {
    process.stderr.write(`${failureText(error)}\n`);
    process.exitCode = 1;
  });
