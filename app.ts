import { main } from "./main";

/**
 * The whole app, as a clone has it in `main.ts`: reads the account files of `accounts/` (or of the folder in
 * `TRAILWATCH_ACCOUNTS`), and writes the stacks to `cdktf.out` (or to `CDKTF_OUTDIR`). It prints problems of the files and
 * sets the process's exit code, as `cdktf synth` expects of an app. It writes all stacks of its output folder: constructs
 * of your own belong in another app.
 */
export function synthesizeAccounts(): void {
  main();
}
