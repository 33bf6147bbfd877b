import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { ACCOUNT_KINDS, writeOrganizationOf } from "./support/account-kinds";
import { writeOrganization } from "./support/generated-organization";
import { totalsOf } from "./support/stack-totals";
import { failureText } from "../lib/support/failure";
import { withReadableHelp } from "../lib/support/help";
import { runProgram } from "../lib/support/run-program";
import { measure, type Run } from "./measure";

const ROOT = join(__dirname, "..");

/** Ratios compare CPU seconds, which other work on the machine affects least. */
const HEAD = "accounts|plain|CPU|memory|faster|CPU|memory|times|CPU an account|floor|load".split("|");

/** The growth compares with a tenth of the accounts: 10 is linear. */
const KIND_HEAD = "each account is|accounts|stacks|resources|JSON|CPU|elapsed|memory|growth|largest stack|load".split(
  "|",
);

interface Options {
  readonly accounts: string;
  readonly plainUpTo: string;
  readonly ofEachKind: string;
  readonly kinds: string;
}

/**
 * Synthesizes organizations of several sizes with and without the faster synthesis, and compares every byte of the
 * output.
 */
async function bench({ accounts, plainUpTo, ofEachKind, kinds }: Options): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "trailwatch-bench-"));
  try {
    if (accounts !== "0") printHead(HEAD);
    for (const count of accounts.split(",").map(Number).filter(Boolean)) {
      await benchOf(count, count <= Number(plainUpTo), work);
    }
    if (Number(ofEachKind) === 0) return;
    process.stdout.write(`\n${ofEachKind} accounts of each kind:\n\n`);
    printHead(KIND_HEAD);
    for (const kind of kinds.split(";")) await benchKind(kind, Number(ofEachKind), work);
  } finally {
    rmSync(work, { recursive: true });
  }
}

function printHead(head: readonly string[]): void {
  process.stdout.write(`| ${head.join(" | ")} |\n| ${head.map(() => "--:").join(" | ")} |\n`);
}

/** Node's default memory limit, except for plain cdktf, which needs more. */
function synthesis(accounts: string, to: string, plain = false): Promise<Run> {
  mkdirSync(to);
  const settings = [`TRAILWATCH_ACCOUNTS=${accounts}`, `CDKTF_OUTDIR=${to}`];
  const memory = plain ? ["--max-old-space-size=4096"] : [];
  const node = [process.execPath, ...memory, join(ROOT, "scripts/synth.mjs")];
  return measure(["env", ...settings, `TRAILWATCH_PLAIN_SYNTHESIS=${plain ? "1" : ""}`, ...node]);
}

async function benchKind(kind: string, accounts: number, work: string): Promise<void> {
  const folder = join(work, "kind");
  const run = async (count: number) => {
    rmSync(folder, { recursive: true, force: true });
    writeOrganizationOf(kind, join(folder, "accounts"), count);
    return synthesis(join(folder, "accounts"), join(folder, "out"));
  };
  try {
    const tenth = await run(Math.round(accounts / 10));
    const whole = await run(accounts);
    const { stacks, resources, megabytes, largest } = totalsOf(join(folder, "out"));
    const [elapsed = "", cpu = "", memory = ""] = cellsOf(whole);
    const growth = (whole.cpuSeconds / tenth.cpuSeconds).toFixed(1);
    const size = `${megabytes.toFixed(0)} MB`;
    const ofLargest = `${largest.id}, ${largest.megabytes.toFixed(1)} MB`;
    const cells = [kind, accounts, stacks, resources, size, cpu, elapsed, memory, growth, ofLargest, load()];
    process.stdout.write(`| ${cells.join(" | ")} |\n`);
  } catch (error) {
    // A kind may exceed a limit of AWS, which the synthesis has reported.
    process.stdout.write(`| ${kind} | ${failureText(error).replace(/^.*ended/, "ended")} |\n`);
    process.exitCode = 1;
  }
}

async function benchOf(accounts: number, alsoPlain: boolean, work: string): Promise<void> {
  const folder = join(work, String(accounts));
  writeOrganization(join(folder, "accounts"), accounts);
  const [fast, slow] = [join(folder, "faster"), join(folder, "plain")];
  const faster = await synthesis(join(folder, "accounts"), fast);
  const floor = await measure([
    process.execPath,
    "--import",
    "tsx",
    join(__dirname, "floor.ts"),
    fast,
    join(folder, "floor"),
  ]);
  const plain = alsoPlain ? await synthesis(join(folder, "accounts"), slow, true) : undefined;
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
    load(),
  ];
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
  rmSync(folder, { recursive: true });
}

function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}

function cellsOf({ seconds, cpuSeconds, megabytes }: Run): string[] {
  return [`${seconds.toFixed(1)} s`, `${cpuSeconds.toFixed(1)} s`, `${megabytes.toFixed(0)} MB`];
}

withReadableHelp(new Command("bench:synthesis"))
  .description("Times the synthesis of generated organizations, with what makes it faster and without.")
  .option("--accounts <numbers>", "sizes, with commas between", "10,100,1000")
  .option("--plain-up-to <n>", "largest size to synthesize without, which takes minutes", "1000")
  .option("--of-each-kind <n>", "accounts of each kind, 0 for none; a tenth of them is synthesized too", "5000")
  .option("--kinds <names>", "kinds of accounts, with semicolons between", ACCOUNT_KINDS.join(";"))
  .addHelpText("after", "\nExample:\n  $ npm run bench:synthesis -- --accounts 10,100 --of-each-kind 0")
  .parseAsync()
  .then((command) => bench(command.opts()))
  .catch((error: unknown) => {
    process.stderr.write(`${failureText(error)}\n`);
    process.exitCode = 1;
  });
