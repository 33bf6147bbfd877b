import { Listr, type ListrTask } from "listr2";
import type { Stack } from "../delivery/stack";
import { bucketStateOf } from "../organization/state";
import type { SummaryRow } from "./summary";
import type { DeployEvent } from "./deploy-output";
import type { Sandbox } from "./sandbox";

/** The stack that holds the state of all others. It is not deployed with them: it comes first, by itself. */
const STATE_BACKEND = "state-backend";

/** What the steps hand on to each other. */
interface Context {
  stacks: readonly Stack[];
  /** How long each stack took. */
  readonly seconds: Map<string, number>;
  /** Resolves when the state bucket's own stack has ended, and its state lies there. */
  bootstrapped: Promise<void>;
  /** Resolves when the deployment itself has ended, a little after its last stack. */
  deployed: Promise<void>;
}

/** A started sandbox is prepared and every stack deployed to it: in place on a terminal, else line by line. */
export async function deployWithProgress(sandbox: Sandbox): Promise<SummaryRow[]> {
  const context: Context = {
    stacks: [],
    seconds: new Map(),
    bootstrapped: Promise.resolve(),
    deployed: Promise.resolve(),
  };
  const steps = new Listr<Context>(
    [
      { title: "Prepare", task: (_, task) => task.newListr(preparation(sandbox), { concurrent: true }) },
      { title: "Deploy", task: (ctx, task) => task.newListr(deployment(sandbox, ctx), { concurrent: true }) },
    ],
    {
      fallbackRenderer: "simple",
      // Ctrl-C is for the caller, who has a sandbox to stop.
      registerSignalListeners: false,
      rendererOptions: { collapseSubtasks: false, showErrorMessage: false },
    },
  );
  await steps.run(context);
  await context.deployed;
  return context.stacks.map((stack) => ({
    stack: stack.id,
    account: sandbox.organization.accounts.find(({ id }) => id === stack.account)?.name ?? stack.account,
    resources: stack.resources,
    seconds: context.seconds.get(stack.id) ?? 0,
  }));
}

/** The state bucket is slow to make, and synthesis needs no bucket: both at once. Its stack goes on while others deploy. */
function preparation(sandbox: Sandbox): ListrTask<Context>[] {
  return [
    {
      title: "Create the state bucket",
      enabled: () => bucketStateOf(sandbox.organization.state) !== undefined,
      task: async (context, task) => {
        const begun = Date.now();
        context.bootstrapped = sandbox
          .bootstrap((message) => (task.output = message))
          .then(() => void context.seconds.set(STATE_BACKEND, Math.round((Date.now() - begun) / 1000)));
        await Promise.race([sandbox.stateBucketMade, context.bootstrapped]);
      },
    },
    {
      title: "Synthesize the stacks",
      task: async (context) => {
        context.stacks = await sandbox.synthesize();
      },
    },
  ];
}

/** One line per stack; it is through when the stack is applied, or when the whole deployment has ended. */
function deployment(sandbox: Sandbox, context: Context): ListrTask<Context>[] {
  const { stacks, seconds } = context;
  const chosen = stacks.filter(({ id }) => id !== STATE_BACKEND);
  const listeners = new Map<string, (event: DeployEvent) => void>();
  context.deployed = sandbox
    .deploy(
      chosen.map(({ id }) => id),
      (event) => listeners.get(event.stack)?.(event),
    )
    .then((results) => {
      for (const { stack, seconds: taken } of results) seconds.set(stack, taken);
    });

  const bootstrap: ListrTask<Context> = {
    title: `${STATE_BACKEND}, whose state moves into its own bucket`,
    enabled: stacks.length > chosen.length,
    task: () => context.bootstrapped,
  };
  const others = chosen.map(({ id, resources }): ListrTask<Context> => ({
    title: id,
    task: (_, task) => {
      let done = 0;
      const applied = new Promise<void>((resolve) => {
        listeners.set(id, (event) => {
          if (event.type === "resource") task.title = `${id}: ${++done} of ${resources} resources`;
          if (event.type === "applied") resolve();
        });
      });
      return Promise.race([applied, context.deployed]);
    },
  }));
  return [bootstrap, ...others];
}
