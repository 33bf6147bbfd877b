import { printLines } from "../lib/support/print";
import type { Deployment } from "./progress";
import type { Sandbox } from "./sandbox";
import type { Steps } from "./steps/steps";

/** Says when what continues after the page has opened is applied. */
export async function reportRest({ rows, rest, usable, onUsable }: Deployment): Promise<void> {
  if (rows.every(({ seconds }) => seconds !== undefined)) return rest;
  const report = (): void => {
    const { done, of } = usable();
    if (done < of) printLines([`Deploying the rest: ${done} of ${of} stacks can be used.`]);
  };
  report();
  onUsable(report);
  await rest;
  printLines([`\nAll ${rows.length} stacks are applied as a whole.`]);
}

/** Shows on the page how far the deployment is. */
export function showRestOnPage({ rest, usable, onUsable }: Deployment, steps: Steps): void {
  const report = (): void => {
    const { done, of } = usable();
    steps.setDeploying(done < of ? { done, of } : undefined);
  };
  report();
  onUsable(report);
  // Its failure ends the sandbox.
  rest.then(report, () => undefined);
}

/** Rejects when the local AWS crashes, or the rest of the deployment fails. */
export function rejectionOnFailure(sandbox: Sandbox, rest: Promise<void>): Promise<never> {
  const failure = new Promise<never>((_, reject) => {
    sandbox.crashed.then(reject, reject);
    rest.catch(reject);
  });
  failure.catch(() => undefined);
  return failure;
}
