import { shownValue } from "../../lib/support/printable";
import { InvalidArgumentError } from "commander";

/** Where plans are saved unless told otherwise. */
export const PLANS_FOLDER = ".trailwatch/plans";

/** Each Terraform with the AWS provider takes some hundred megabytes, and for seconds a core. */
export const PARALLELISM = 4;

/** GitHub Actions takes no larger matrix. Source: GitHub Docs, "Actions limits". */
export const DEFAULT_JOBS = 256;

/** Reads a count from a command line. */
export function positive(option: string): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number > 0) return number;
    throw new InvalidArgumentError(`'${option}' must be a whole number above 0, got '${shownValue(text)}'`);
  };
}

/** Gathers the values of an option that is given several times. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
