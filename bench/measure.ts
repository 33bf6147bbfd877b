import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { startProgram } from "../lib/support/run-program";

/** One run of a command. */
export interface Run {
  readonly seconds: number;
  /** CPU time of all cores. Other work on the machine affects it less than the elapsed time. */
  readonly cpuSeconds: number;
  /** Peak of the resident memory of its processes together, in megabytes. */
  readonly megabytes: number;
  readonly output: string;
}

/** Interval at which memory is sampled. */
const POLL_MILLISECONDS = 25;
const KILOBYTES = 1000;
/** Kernel clock ticks per second, on every machine that Node.js runs on. */
const TICKS = 100;

/** Where a command runs. */
export interface CommandContext {
  /** @default - the folder of this process */
  readonly cwd?: string;
  /** @default - the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  /**
   * Receives each line of standard output, and the seconds since the start.
   *
   * @default - not called
   */
  readonly onLine?: (line: string, seconds: number) => void;
}

/** Runs a command to its end. */
export async function measure(command: readonly string[], place: CommandContext = {}): Promise<Run> {
  const [program = "", ...args] = command;
  const started = process.hrtime.bigint();
  const cpuBefore = cpuOfChildren();
  const { onLine, ...where } = place;
  const run = { ...where, stdio: ["ignore", "pipe", "inherit"], keepOutput: true } as const;
  const { child, ended } = startProgram(program, args, run);
  if (onLine !== undefined && child.stdout) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      onLine(line, secondsSince(started));
    });
  }
  let peak = 0;
  const poll = setInterval(() => {
    peak = Math.max(peak, residentOf(child.pid ?? 0));
  }, POLL_MILLISECONDS);
  const { ending, stdout } = await ended.finally(() => {
    clearInterval(poll);
  });
  if (ending !== 0) throw new Error(`'${command.join(" ").slice(0, 200)}' ended with ${ending}`);
  return {
    seconds: secondsSince(started),
    cpuSeconds: cpuOfChildren() - cpuBefore,
    megabytes: peak / KILOBYTES,
    output: stdout,
  };
}

function secondsSince(started: bigint): number {
  return Number(process.hrtime.bigint() - started) / 1e9;
}

/** CPU time of all ended children and their descendants; 0 without /proc. Source: proc(5), fields 16 and 17. */
function cpuOfChildren(): number {
  if (!existsSync("/proc/self/stat")) return 0;
  const [, fields = ""] = readFileSync("/proc/self/stat", "utf8").split(") ");
  const [user = 0, system = 0] = fields.split(" ").slice(13, 15).map(Number);
  return (user + system) / TICKS;
}

/** Resident kilobytes of a process and all below it; 0 when it has gone, and where there is no /proc. */
function residentOf(pid: number): number {
  try {
    const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean),
    );
    return children.reduce((sum, each) => sum + residentOf(Number(each)), own);
  } catch {
    return 0;
  }
}
