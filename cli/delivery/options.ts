import { shownValue } from "../../lib/support/printable";
import { InvalidArgumentError } from "commander";

/** Default folder for plans. */
export const PLANS_FOLDER = ".trailwatch/plans";

/** Each Terraform process with the AWS provider takes a few hundred megabytes, and a core for seconds. */
export const PARALLELISM = 4;

/** Maximum matrix size of GitHub Actions. Source: GitHub Docs, "Actions limits". */
export const DEFAULT_JOBS = 256;

/** Reads a count from a command line. */
export function positiveCount(option: string): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number > 0) return number;
    throw new InvalidArgumentError(`'${option}' must be a whole number above 0, got '${shownValue(text)}'`);
  };
}

/** Collects the values of a repeatable option. */
export function collectOption(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
