import { errorText } from "./file-error";
import { printError } from "./print";

/**
 * Ends the program when its output cannot be written any more. A reader may stop in the middle of it, as `head` does:
 * that is no failure. Anything else, such as a full disk, is one message and exit code 1.
 *
 * @param interrupt ends in order what must; false when nothing has to
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
  // There is no place left to say it.
  process.stderr.off("error", fail).on("error", fail);
}

/** Whatever ends in order meanwhile has an exit code of its own. */
function fail(): void {
  process.exitCode = 1;
  process.once("exit", () => {
    process.exitCode = 1;
  });
}
