// Shows the display of a deployment for a sandbox that does nothing: deploy-display.ts <how it ends>
import { setTimeout as sleep } from "node:timers/promises";
import type { StackSummary } from "../../lib/terraform/read/stack";
import { deployWithProgress, type Deployable } from "../../sandbox/progress";
import { summaryTable } from "../../sandbox/summary";
import { widthOf } from "../../lib/support/terminal";
import { testOrganization } from "../support/organization";

const ending = process.argv[2];
const stack = (id: string, accountId: string): StackSummary =>
  ({ id, accountId, resourceCount: 3, dependencies: [] }) as unknown as StackSummary;
const LONG = "monitoring-an-account-whose-name-is-longer-than-most-screens-are-wide-if-they-are-small";
const STACKS = [
  stack("state-backend", "222222222222"),
  stack("log-archive", "222222222222"),
  stack(LONG, "333333333333"),
];
const interruption = new AbortController();

let bucketMade: () => void = () => undefined;
const sandbox: Deployable = {
  organization: testOrganization(),
  stateBucketMade: new Promise((resolve) => (bucketMade = resolve)),
  bootstrap: async (report) => {
    report("Creating bucket 'example-org-trailwatch-state' in account 'log-archive', with local state ...");
    bucketMade();
    await sleep(500);
    // The task that began this has ended, as with a real bootstrap.
    report("Moving the state of 'state-backend' into the bucket ...");
    await sleep(1500);
    if (ending === "bootstrap-fails") throw new Error("the state did not arrive");
  },
  synthesize: () => Promise.resolve(STACKS),
  deploy: async (ids, options) => {
    const events = async (): Promise<void> => {
      for (const id of ids)
        for (let made = 0; made < 3; made += 1) {
          await sleep(200);
          options?.onEvent?.({ type: "resource", stack: id, address: `aws_sns_topic.${made}` });
        }
    };
    await events();
    if (options?.first !== undefined) {
      for (const stack of options.first) options.onEvent?.({ type: "usable", stack });
      await sleep(500);
    }
    if (ending === "interrupted") {
      interruption.abort(new Error("interrupted"));
      await sleep(300);
      await events();
    }
    for (const id of ids) options?.onEvent?.({ type: "applied", stack: id, seconds: 1 });
    return ids.map((id) => ({ stack: id, changes: { added: 3, changed: 0, destroyed: 0 }, seconds: 1 }));
  },
};

deployWithProgress(sandbox, interruption.signal, ending === "one-first" ? [LONG] : undefined).then(
  async ({ rows, rest }) => {
    process.stdout.write(`\n${summaryTable(rows, widthOf(process.stdout))}\n`);
    process.stdout.write(
      await rest.then(
        () => "all deployed\n",
        (error: unknown) => `failed: ${error instanceof Error ? error.message : ""}\n`,
      ),
    );
  },
  async (error: unknown) => {
    process.stdout.write(`failed: ${error instanceof Error ? error.message : ""}\n`);
    // Stacks go on meanwhile.
    await sleep(2000);
  },
);
