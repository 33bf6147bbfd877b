import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly environment?: string;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly strategy?: { readonly "max-parallel"?: number };
  readonly env?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  readonly needs?: string | readonly string[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const WORKFLOWS = ".github/workflows";

/** Every workflow, by its file's name. */
export const workflows: Readonly<Record<string, Workflow>> = Object.fromEntries(
  readdirSync(WORKFLOWS).map((name) => [name, parse(readFileSync(join(WORKFLOWS, name), "utf8")) as Workflow]),
);

/** Every job of every workflow, by `<file>: <job>`. */
export const jobs: readonly (readonly [string, Job])[] = Object.entries(workflows).flatMap(([file, workflow]) =>
  Object.entries(workflow.jobs).map(([name, job]) => [`${file}: ${name}`, job] as const),
);

/** Every step, by `<file>: <job>: <step>`, those of the composite action included. */
export const steps: readonly (readonly [string, Step])[] = [
  ...jobs.flatMap(([name, job]) =>
    (job.steps ?? []).map((step, index) => [`${name}: ${step.name ?? index}`, step] as const),
  ),
  ...(
    parse(readFileSync(".github/actions/prepare/action.yml", "utf8")) as { runs: { steps: readonly Step[] } }
  ).runs.steps.map((step, index) => [`prepare: ${index}`, step] as const),
];
