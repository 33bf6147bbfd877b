import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/**
 * When a running process started, as a text to compare: with the pid it names one process for good, while pids are given
 * out again. Undefined when no process of this id runs.
 */
export function processStart(pid: number): string | undefined {
  return existsSync("/proc/self/stat") ? startInProc(pid) : startByPs(pid);
}

/** Whether the process that was recorded with its start still runs: the same one, not a later one with its pid. */
export function isSameProcess(pid: number, start: string): boolean {
  return processStart(pid) === start;
}

/** Linux. The program's name, second of the fields, may itself hold spaces and parentheses. Source: proc_pid_stat(5). */
function startInProc(pid: number): string | undefined {
  try {
    const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ") ?? [];
    // The first field here is the third, and the start the 22nd. One that is dead and not collected does nothing more.
    return state === "Z" ? undefined : fields[18];
  } catch {
    return undefined;
  }
}

/** Elsewhere, as on macOS. */
function startByPs(pid: number): string | undefined {
  try {
    const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
    const started = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return started === "" ? undefined : started;
  } catch {
    return undefined;
  }
}
