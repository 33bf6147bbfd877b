import { errorText } from "./file-error";
import { printError } from "./print";

/**
 * Ends the program when its output can no longer be written. If the reader stops early, as `head` does, that is not a
 * failure. Any other error, such as a full disk, results in one message and exit code 1.
 *
 * @param interrupt starts an orderly shutdown; false when nothing needs one
 */
export function guardOutput(interrupt: () => boolean): void {
  let isBroken = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && !isBroken) {
      isBroken = true;
      printError(errorText(Object.assign(error, { path: "standard output" })).replace(/^'(.*?)'/, "$1"));
      fail();
    }
    if (!interrupt()) process.exit();
  });
  // Standard error has failed too, so the error cannot be reported.
  process.stderr.off("error", fail).on("error", fail);
}

/** An orderly shutdown in progress sets its own exit code. */
function fail(): void {
  process.exitCode = 1;
  process.once("exit", () => {
    process.exitCode = 1;
  });
}
