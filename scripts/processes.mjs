import { spawn } from "node:child_process";
import { constants } from "node:os";
import { isatty } from "node:tty";
import { PROJECT } from "./setup.mjs";

/**
 * Runs a TypeScript file of the project. One process, with tsx as its loader: the command `tsx` adds a parent process
 * that kills it if it does not answer Ctrl-C within 60 ms, and its children would be left behind.
 */
export function runTypeScript(file, args, env) {
  return run(process.execPath, ["--import", "tsx", file, ...args], env);
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
 *   far and what follows, and resolves to its exit code, as a shell would report it; `stop`: ends the group, and resolves
 *   to that exit code
 */
export function runBeside(command, args, env) {
  const child = spawn(command, args, { cwd: PROJECT, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const signalGroup = (signal) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // The group has ended.
    }
  };
  // A terminal sends Ctrl-C, and SIGHUP when it is closed, to its own group only.
  const forget = onSignals(["SIGINT", "SIGTERM", "SIGHUP"], signalGroup);
  const kept = [];
  let print = (chunk) => kept.push(chunk);
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => print(chunk));

  let failed = false;
  const ended = new Promise((resolve) => {
    const end = (code) => {
      forget();
      failed = code !== 0;
      resolve(code);
    };
    child.on("error", ({ message }) => {
      print(`${message}\n`);
      end(1);
    });
    child.on("close", (code, signal) => end(shellCode(code, signal)));
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
      signalGroup("SIGTERM");
      return ended;
    },
  };
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
