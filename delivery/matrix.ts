import { type StackSummary, defaultRegionOf } from "../lib/terraform/read/stack";

/** One job of a CI matrix. Stacks that share a job are separated by spaces, and so are their accounts. */
export interface Job {
  readonly stack: string;
  /** The job's display name: names at most one stack. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

/** A matrix as GitHub Actions takes it: `matrix: ${{ fromJSON(...).waves[0] }}`. */
export interface Matrix {
  readonly include: readonly Job[];
}

/** The jobs of a wave, up to a maximum: further stacks share a job. */
export function matrixOf(wave: readonly StackSummary[], maxJobs: number): Matrix {
  const perJob = Math.ceil(wave.length / maxJobs);
  const include: Job[] = [];
  for (let start = 0; start < wave.length; start += perJob) include.push(jobOf(wave.slice(start, start + perJob)));
  return { include };
}

function jobOf(stacks: readonly StackSummary[]): Job {
  const ids = stacks.map(({ id }) => id);
  const [first = "", ...others] = ids;
  return {
    stack: ids.join(" "),
    name: others.length === 0 ? first : `${first} and ${others.length} more`,
    account: distinct(stacks.map(({ accountId = "" }) => accountId)),
    region: distinct(stacks.map(defaultRegionOf)),
  };
}

function distinct(values: readonly string[]): string {
  return [...new Set(values)].join(" ");
}
