import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/**
 * The start time of a running process, as a text to compare. Together with the pid it identifies one process
 * permanently, because pids are reused. Undefined when no process with this id runs.
 */
export function processStart(pid: number): string | undefined {
  return existsSync("/proc/self/stat") ? startInProc(pid) : startByPs(pid);
}

/** Whether the process that was recorded with its start time still runs, and its pid was not reused. */
export function isSameProcess(pid: number, start: string): boolean {
  return processStart(pid) === start;
}

/** Linux. The program's name, second of the fields, may itself hold spaces and parentheses. Source: proc_pid_stat(5). */
function startInProc(pid: number): string | undefined {
  try {
    const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ") ?? [];
    // The first field here is the third, and the start time is the 22nd. A zombie process counts as ended.
    return state === "Z" ? undefined : fields[18];
  } catch {
    return undefined;
  }
}

/** Other systems, such as macOS. */
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
