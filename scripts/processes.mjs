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
    // With a handler, this process outlives the signal, so that the child can clean up and return its exit code.
    const forward = (signal) => {
      // The terminal sends Ctrl-C to the child as well: a second signal would make it stop without cleaning up.
      if (signal === "SIGTERM" || ![0, 1, 2].some(isatty)) child.kill(signal);
    };
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, forward);

    child.on("error", reject);
    child.on("exit", (code, signal) => {
      for (const name of ["SIGINT", "SIGTERM"]) process.off(name, forward);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}
