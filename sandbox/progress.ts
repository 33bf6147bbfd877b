import { Listr, ListrEventType, type ListrTask } from "listr2";
import { dependenciesOf, type StackSummary } from "../lib/terraform/read/stack";
import { ownStateOf } from "../organization/resolve/state";
import { printableLine } from "../lib/support/printable";
import { canRepaint, widthOf } from "../lib/support/terminal";
import { TaskOutput } from "./task-output";
import type { SummaryRow } from "./summary";
import type { Sandbox } from "./sandbox";
import { STATE_BACKEND_STACK } from "../lib/naming/stack-ids";

/** The part of a sandbox that this display uses. */
export type Deployable = Pick<Sandbox, "organization" | "stateBucketMade" | "bootstrap" | "synthesize" | "deploy">;

/** Data that the steps pass on to each other. */
interface Context {
  stacks: readonly StackSummary[];
  /** How long each stack took. */
  readonly seconds: Map<string, number>;
  /** Ids of the stacks that must be usable before the display ends. */
  readonly needed: Set<string>;
  /** Ids of the stacks that can be used. */
  readonly usable: Set<string>;
  /** Called when a further stack can be used. */
  readonly onUsable: Set<() => void>;
  /** Messages from the bootstrap, which continues after the task that starts it has ended. */
  readonly taskOutput: TaskOutput;
  /** Called for each resource of a stack that is done while a task shows it. */
  readonly listeners: Map<string, () => void>;
  /** Rejects when the display must end, whatever is in progress. */
  readonly ended: Promise<never>;
  /** Resolves when the state bucket's own stack has ended, and its state lies there. */
  bootstrapped: Promise<void>;
  /** Resolves when every stack is applied as a whole. */
  deployed: Promise<void>;
}

/** A deployment that can be used. */
export interface Deployment {
  /** All stacks; those without seconds continue. */
  readonly rows: readonly SummaryRow[];
  /** How many stacks can be used, of how many. */
  readonly usable: () => { readonly done: number; readonly of: number };
  /** Calls the listener when a further stack can be used. */
  readonly onUsable: (listener: () => void) => void;
  /** Resolves when they have ended. */
  readonly rest: Promise<void>;
}

/**
 * Prepares a started sandbox and deploys every stack to it. What is not needed at first, and what the provider waits a minute
 * for, continues when this resolves: lifecycle rules, and the state of the state bucket's own stack. Progress is shown in
 * place on a terminal, otherwise line by line.
 *
 * @param signal - ends the display at once, with the signal's reason; the sandbox's work continues until it is stopped
 * @param first - ids of the stacks that are needed at first, with what they depend on; undefined: all
 */
export async function deployWithProgress(
  sandbox: Deployable,
  signal: AbortSignal,
  first?: readonly string[],
): Promise<Deployment> {
  const context: Context = {
    stacks: [],
    seconds: new Map(),
    needed: new Set(first),
    usable: new Set(),
    onUsable: new Set(),
    taskOutput: new TaskOutput(),
    listeners: new Map(),
    ended: rejectionOf(signal),
    bootstrapped: Promise.resolve(),
    deployed: Promise.resolve(),
  };
  // A terminal may report a width of 0 columns: listr2 would break lines after each character.
  if (process.stdout.columns === 0) process.stdout.columns = widthOf(process.stdout);
  const steps = new Listr<Context>(
    [
      { title: "Prepare", task: (_, task) => task.newListr(preparation(sandbox), { concurrent: true }) },
      { title: "Deploy", task: (ctx, task) => task.newListr(deployment(sandbox, ctx), { concurrent: true }) },
    ],
    {
      fallbackRenderer: "simple",
      fallbackRendererCondition: () => !canRepaint(process.stdout),
      // The caller handles Ctrl-C, because it must stop the sandbox.
      registerSignalListeners: false,
      rendererOptions: { collapseSubtasks: false, showErrorMessage: false },
    },
  );
  try {
    await steps.run(context);
  } finally {
    // One failed task ends the display while the others continue: their updates must not overwrite what is printed
    // next.
    steps.events.off(ListrEventType.SHOULD_REFRESH_RENDER);
    context.taskOutput.end();
    context.listeners.clear();
  }
  const rest = Promise.all([context.deployed, context.bootstrapped]).then(() => undefined);
  // The caller that waits for it gets the failure.
  rest.catch(() => undefined);
  const rows = context.stacks.map((stack) => ({
    stack: stack.id,
    account: sandbox.organization.accounts.find(({ id }) => id === stack.accountId)?.name ?? stack.accountId ?? "",
    resources: stack.resourceCount,
    seconds: context.seconds.get(stack.id),
  }));
  const usable = () => ({ done: context.usable.size, of: rows.length });
  return { rows, rest, usable, onUsable: (listener) => void context.onUsable.add(listener) };
}

/**
 * The state bucket takes long to create, and synthesis needs no bucket: both run in parallel. The bucket's stack
 * continues while others deploy and are used.
 */
function preparation(sandbox: Deployable): ListrTask<Context>[] {
  return [
    {
      title: "Create the state bucket",
      enabled: () => ownStateOf(sandbox.organization.state) !== undefined,
      task: async (context, task) => {
        const { taskOutput: announcements, seconds, ended } = context;
        const begun = Date.now();
        context.bootstrapped = sandbox
          .bootstrap(announcements.report)
          .then(() => void seconds.set(STATE_BACKEND_STACK, Math.round((Date.now() - begun) / 1000)));
        context.bootstrapped.catch(() => undefined);
        await announcements.showOn(task, Promise.race([sandbox.stateBucketMade, context.bootstrapped, ended]));
        context.usable.add(STATE_BACKEND_STACK);
      },
    },
    {
      title: "Synthesize the stacks",
      task: async (context) => {
        context.stacks = await Promise.race([sandbox.synthesize(), context.ended]);
      },
    },
  ];
}

/** One line per stack. It is done when it can be used; those that are not needed at first continue after all others. */
function deployment(sandbox: Deployable, context: Context): ListrTask<Context>[] {
  const { stacks, seconds, listeners, ended } = context;
  const chosen = stacks.filter(({ id }) => id !== STATE_BACKEND_STACK);
  const first = neededFirst(chosen, context.needed);
  const reports = new Map<string, () => void>();
  const usable = new Map(chosen.map(({ id }) => [id, new Promise<void>((resolve) => reports.set(id, resolve))]));
  for (const [id, using] of usable) {
    void using.then(() => {
      context.usable.add(id);
      for (const listener of context.onUsable) listener();
    });
  }
  const isUsable = Promise.all([...usable].flatMap(([id, using]) => (first.includes(id) ? [using] : [])));
  context.deployed = sandbox
    .deploy(
      chosen.map(({ id }) => id),
      {
        inParts: true,
        first: first.length < chosen.length ? first : undefined,
        onEvent: (event) => {
          if (event.type === "applied") seconds.set(event.stack, event.seconds);
          if (event.type === "resource") listeners.get(event.stack)?.();
          else reports.get(event.stack)?.();
        },
      },
    )
    .then(() => undefined);

  return chosen.map(({ id, resourceCount: resources }): ListrTask<Context> => ({
    title: printableLine(id),
    task: async (_, task) => {
      let done = 0;
      listeners.set(id, () => {
        task.title = printableLine(`${id}: ${++done} of ${resources} resources`);
      });
      const own = Promise.race([usable.get(id), context.deployed]).then(() => true);
      const isDone = await Promise.race([own, isUsable.then(() => first.includes(id)), ended]);
      listeners.delete(id);
      if (isDone) return;
      task.title = printableLine(`${id}: continues`);
      task.skip();
    },
  }));
}

/** Ids of the stacks that are needed at first and of those that they depend on; all if it is not known which are needed. */
function neededFirst(stacks: readonly StackSummary[], needed: ReadonlySet<string>): string[] {
  const named = stacks.filter(({ id }) => needed.has(id));
  const chosen = new Set(
    (named.length === 0 ? stacks : named).flatMap((one) => [one.id, ...dependenciesOf(one, stacks)]),
  );
  return [...chosen];
}

/** A promise that rejects when the signal is aborted. Nothing needs to await it. */
function rejectionOf(signal: AbortSignal): Promise<never> {
  const rejection = new Promise<never>((_, reject) => {
    const rejectNow = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) rejectNow();
    else signal.addEventListener("abort", rejectNow, { once: true });
  });
  rejection.catch(() => undefined);
  return rejection;
}
