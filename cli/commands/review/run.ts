import { shownPath } from "../../../lib/support/printable";
import { writeFile } from "../../../lib/support/write-file";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { changedStacks } from "../../../delivery/list-stacks";
import { withSyntheses } from "../../../delivery/two-syntheses";
import { readRegularFile } from "../../../lib/support/regular-file";
import { detectionChanges } from "../../../signals";
import { DEFAULT_JOBS } from "../../delivery/options";
import { changesMarkdown } from "../detections/changes-text";
import { interruptibly } from "../../interruption";
import { printError, printLines } from "../../../lib/support/print";
import type { ReviewOptions } from "./command";
import { reviewMarkdown } from "./text";
import { synthesizedDeployment } from "../detections/changes-run";
import { stacksJson } from "../stacks/text";
import { makeFolder } from "../../../lib/support/make-folder";

const STACKS = "stacks.json";
const DETECTIONS = "detections.md";
const PLANS = "plans.json";

const count = z.int().min(0);

/** The part of `stacks --json` and `plan --json` that a summary uses. */
const STACKS_JSON = z.object({ count, removed: z.array(z.string()) });
const PLANS_JSON = z.object({
  stacks: z.array(
    z.object({
      ...{ stack: z.string(), result: z.string(), reason: z.string() },
      ...{ add: count, change: count, destroy: count, replace: count },
    }),
  ),
});

/** Runs `trailwatch review`. */
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

/** Writes the differences: stacks and detections. */
async function compare(folder: string, { changedSince, accounts, signal }: Comparison): Promise<void> {
  const synthesis = {
    ...{ changedSince, accountsFolder: accounts, project: process.cwd(), env: process.env, signal },
    report: (line: string) => {
      printError(line);
    },
  };
  const { stacks, detections } = await withSyntheses(synthesis, (syntheses) => ({
    stacks: changedStacks(syntheses, { patterns: [] }),
    detections: detectionChanges(synthesizedDeployment(syntheses.before), synthesizedDeployment(syntheses.after)),
  }));
  makeFolder(folder);
  rmSync(join(folder, PLANS), { force: true });
  writeFile(join(folder, STACKS), `${JSON.stringify(stacksJson(stacks, DEFAULT_JOBS))}\n`);
  writeFile(join(folder, DETECTIONS), `${changesMarkdown(detections).join("\n")}\n`);
}

function summaryOf(folder: string): string[] {
  if (!existsSync(folder)) throw new Error(`'folder' must be one that exists, got '${shownPath(folder)}'`);
  const stacks = jsonIn(folder, STACKS, { schema: STACKS_JSON, command: "stacks" });
  const plans = jsonIn(folder, PLANS, { schema: PLANS_JSON, command: "plan" });
  const detections = textIn(folder, DETECTIONS)?.trimEnd().split("\n");
  return reviewMarkdown({ stacks, plans: plans?.stacks, detections });
}

/** Undefined when the step that writes it was not reached. */
function textIn(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  const text = existsSync(path) ? readRegularFile(path) : "";
  return text.trim() === "" ? undefined : text;
}

function jsonIn<T>(
  folder: string,
  name: string,
  { schema, command }: { readonly schema: z.ZodType<T>; readonly command: string },
): T | undefined {
  const text = textIn(folder, name);
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const where = issue === undefined ? "" : `; '${issue.path.join(".")}': ${issue.message}`;
    throw new Error(`'${join(folder, name)}' must be as 'trailwatch ${command} --json' prints it${where}`, {
      cause: error,
    });
  }
}
