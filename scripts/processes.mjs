import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { isatty } from "node:tty";
import { bundledProgram } from "./bundle.mjs";
import { PROJECT } from "./project.mjs";

/** How long a process may take to clean up before it is killed. */
const GRACE_MILLISECONDS = 10_000;

/**
 * Runs a TypeScript file of the project: bundled if it is part of the bundle. Otherwise one process, with tsx as its
 * loader: the command `tsx` adds a parent process that kills it if it does not answer Ctrl-C within 60 ms, and its
 * children would be left behind.
 */
export async function runTypeScript(file, args, env) {
  const program = await bundledProgram(file);
  return run(process.execPath, program === undefined ? ["--import", "tsx", file, ...args] : [program, ...args], env);
}

/**
 * Runs a command in the project's folder, with this terminal. Resolves to its exit code, as a shell would report it.
 */
export function run(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: PROJECT, env, stdio: "inherit" });
    const forget = onSignals(["SIGINT", "SIGTERM"], (signal) => {
      // The terminal sends Ctrl-C to the child as well: a second signal would make it stop without cleaning up.
      if (signal === "SIGTERM" || ![0, 1, 2].some(isatty)) child.kill(signal);
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      forget();
      resolve(shellCode(code, signal));
    });
  });
}

/**
 * Starts a command in the project's folder, beside what runs on this terminal, in a process group of its own: Jest's
 * workers outlive a signal to Jest alone. Its output is kept until it is shown.
 *
 * @returns `hasFailed`: whether it has ended already, with another exit code than 0; `show`: prints what it printed so
 *   far and what follows, and resolves to its exit code, as a shell would report it; `stop`: ends it with all that it
 *   started, and resolves to that exit code
 */
export function runBeside(command, args, env) {
  const child = spawn(command, args, { cwd: PROJECT, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let stopping;
  const stop = (signal) => {
    if (child.pid === undefined) return;
    // Before the signal: the children of a process that has ended have no parent to be found by.
    stopping ??= endGroups(groupsOf(child.pid), closed);
    signalGroup(child.pid, signal);
  };
  // A terminal sends Ctrl-C, and SIGHUP when it is closed, to its own group only.
  const forget = onSignals(["SIGINT", "SIGTERM", "SIGHUP"], stop);
  const kept = [];
  let print = (chunk) => kept.push(chunk);
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => print(chunk));

  let failed = false;
  const closed = new Promise((resolve) => {
    const end = (code) => {
      failed = code !== 0;
      resolve(code);
    };
    child.on("error", ({ message }) => {
      print(`${message}\n`);
      end(1);
    });
    child.on("close", (code, signal) => end(shellCode(code, signal)));
  });
  const ended = closed.then(async (code) => {
    await stopping;
    forget();
    return code;
  });
  return {
    get hasFailed() {
      return failed;
    },
    show() {
      print = (chunk) => process.stdout.write(chunk);
      kept.splice(0).forEach(print);
      return ended;
    },
    stop() {
      stop("SIGTERM");
      return ended;
    },
  };
}

/**
 * Lets a process group that was signalled clean up, then ends what is left: of it, and of the other groups, in which it
 * started programs that outlive it, such as a test's moto_server.
 */
async function endGroups([group, ...others], closed) {
  await Promise.race([closed, sleep(GRACE_MILLISECONDS, undefined, { ref: false })]);
  signalGroup(group, "SIGKILL");
  for (const other of others) signalGroup(other, "SIGTERM");
  const deadline = Date.now() + GRACE_MILLISECONDS;
  while (others.some((other) => signalGroup(other, 0)) && Date.now() < deadline) await sleep(20);
  for (const other of others) signalGroup(other, "SIGKILL");
}

/** The process groups of a group's leader and of all processes below it, the leader's first. */
function groupsOf(leader) {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,pgid="], { encoding: "utf8" });
  const processes = (stdout ?? "")
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = new Set([leader]);
  // A set visits what is added to it meanwhile.
  for (const parent of below) for (const [pid, ppid] of processes) if (ppid === parent) below.add(pid);
  const groups = processes.filter(([pid]) => below.has(pid)).map(([, , group]) => group);
  return [...new Set([leader, ...groups])];
}

/** Whether there was a process to signal. */
function signalGroup(group, signal) {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

/**
 * Calls `handle` for signals that otherwise end this process: it then outlives them, so that a child can clean up and
 * return its exit code. Returns a function that ends that.
 */
function onSignals(signals, handle) {
  for (const signal of signals) process.on(signal, handle);
  return () => {
    for (const signal of signals) process.off(signal, handle);
  };
}

function shellCode(code, signal) {
  return code ?? 128 + constants.signals[signal];
}
