import { jsonText } from "../../../lib/support/json-text";
import { withSyntheses } from "../../../delivery/two-syntheses";
import { loadOrganization } from "../../../organization/load";
import { accountNamed } from "../../../organization/organization";
import { detectionChanges, readDeployment, type Deployment } from "../../../signals";
import { changesMarkdown, changesText } from "./changes-text";
import type { DetectionsOptions } from "./run";
import { interruptibly } from "../../interruption";
import { printError, printLines } from "../../../lib/support/print";

/** Prints which detections changed since a commit, by comparing what Terraform would deploy. */
export async function showDetectionChanges(
  name: string | undefined,
  changedSince: string,
  options: DetectionsOptions,
): Promise<void> {
  const chosen = name === undefined ? undefined : accountNamed(loadOrganization(options.accounts), name);
  await interruptibly(async (signal) => {
    const synthesis = {
      changedSince,
      project: process.cwd(),
      accountsFolder: options.accounts,
      env: process.env,
      signal,
      report: (line: string) => {
        printError(line);
      },
    };
    const changes = await withSyntheses(synthesis, ({ after, before }) =>
      detectionChanges(only(before, chosen?.id), only(after, chosen?.id)),
    );
    if (options.json) printLines([jsonText(changes)]);
    else printLines(options.markdown ? changesMarkdown(changes) : changesText(changes));
  });
}

/** What a synthesis deploys; empty where there was none. */
export function synthesizedDeployment(folder: string | undefined): Deployment {
  return folder === undefined ? { accounts: [], warnings: [] } : readDeployment(folder);
}

function only(folder: string | undefined, id: string | undefined): Deployment {
  const deployment = synthesizedDeployment(folder);
  if (id === undefined) return deployment;
  return { ...deployment, accounts: deployment.accounts.filter((account) => account.id === id) };
}
