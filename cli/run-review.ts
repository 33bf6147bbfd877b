import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changedStacks } from "../delivery/list-stacks";
import { withSyntheses } from "../delivery/two-syntheses";
import { detectionChanges } from "../signals";
import { DEFAULT_JOBS } from "./delivery-options";
import { changesMarkdown } from "./detection-changes-text";
import { interruptibly } from "./interruption";
import { printLines } from "./print";
import type { ReviewOptions } from "./review";
import { reviewMarkdown, type PlannedStack } from "./review-text";
import { deploymentIn } from "./show-detection-changes";
import { stacksJson } from "./stacks-text";

const STACKS = "stacks.json";
const DETECTIONS = "detections.md";
const PLANS = "plans.json";

/** Does what `trailwatch review` is asked for. */
export async function runReview(folder: string, { changedSince, accounts }: ReviewOptions): Promise<void> {
  await interruptibly(async (signal) => {
    if (changedSince !== undefined) await compare(folder, { changedSince, accounts, signal });
    printLines(summaryOf(folder));
  });
}

interface Comparison {
  readonly changedSince: string;
  readonly accounts: string;
  readonly signal: AbortSignal;
}

/** Writes what differs: stacks, and what detections mean. */
async function compare(folder: string, { changedSince, accounts, signal }: Comparison): Promise<void> {
  const synthesis = {
    ...{ changedSince, accountsFolder: accounts, project: process.cwd(), env: process.env, signal },
    report: (line: string) => process.stderr.write(`${line}\n`),
  };
  const { stacks, detections } = await withSyntheses(synthesis, (syntheses) => ({
    stacks: changedStacks(syntheses, { patterns: [] }),
    detections: detectionChanges(deploymentIn(syntheses.before), deploymentIn(syntheses.after)),
  }));
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, PLANS), { force: true });
  writeFileSync(join(folder, STACKS), `${JSON.stringify(stacksJson(stacks, DEFAULT_JOBS))}\n`);
  writeFileSync(join(folder, DETECTIONS), `${changesMarkdown(detections).join("\n")}\n`);
}

function summaryOf(folder: string): string[] {
  const stacks = jsonIn(folder, STACKS) as { readonly count: number; readonly removed: readonly string[] } | undefined;
  const plans = jsonIn(folder, PLANS) as { readonly stacks: readonly PlannedStack[] } | undefined;
  const detections = textIn(folder, DETECTIONS)?.trimEnd().split("\n");
  return reviewMarkdown({ stacks, plans: plans?.stacks, detections });
}

/** Undefined when the step that writes it did not come so far. */
function textIn(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  return text.trim() === "" ? undefined : text;
}

function jsonIn(folder: string, name: string): unknown {
  const text = textIn(folder, name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`'${join(folder, name)}' must be JSON, as 'trailwatch' prints it with --json`);
  }
}
