import { isRecord } from "../../../lib/support/is-record";
import { ExecutionError, failureOf } from "./execution-error";
import { evaluateIn, type States, type Variables } from "./expressions";

export { evaluateExpressions } from "./expressions";

/**
 * Carries out a task: its resource, such as `arn:<partition>:states:::sns:publish`, with evaluated arguments.
 *
 * `roleArn`: the role of the task's `Credentials`; without it, the machine's own role calls.
 */
export type Task = (resource: string, args: Readonly<Record<string, unknown>>, roleArn?: string) => Promise<unknown>;

/** The API of a task's resource, such as `sns:publish`. */
export function taskApi(resource: string): string {
  return resource.replace(/^arn:aws[a-z-]*:states:::/, "");
}

/** How an execution ended. */
export interface Execution {
  readonly succeeded: boolean;
  /** Why it failed; otherwise the state that it ended in. */
  readonly reason: string;
  readonly status: "SUCCEEDED" | "FAILED" | "TIMED_OUT";
  /** Output; undefined for an execution that failed. */
  readonly output?: unknown;
  /** Error and cause of a failed execution. */
  readonly error?: string;
  readonly cause?: string;
  /** Each task that succeeded, with the name of its state. */
  readonly results: readonly TaskResult[];
}

export interface TaskResult {
  readonly state: string;
  readonly resource: string;
  readonly result: unknown;
}

type State = Readonly<Record<string, unknown>>;

/** None of our state machines takes as many steps; an endless loop is ended. */
const MOST_STEPS = 100;

/** The most that a task may return and a state may pass on, in bytes. Source: Step Functions, service quotas. */
const MAX_PAYLOAD_BYTES = 256 * 1024;

/** Errors that no state catches. Source: Step Functions Developer Guide, "Error names". */
const TERMINAL = ["States.DataLimitExceeded", "States.Runtime"];

/**
 * Runs a state machine in JSONata as Step Functions does, limited to Task, Choice, Pass, Succeed and Fail. Failures are
 * not retried: in the sandbox they would fail again.
 */
export function runStateMachine(
  definition: string,
  input: unknown,
  task: Task,
  now: () => number = Date.now,
): Promise<Execution> {
  return new Run(definition, task, now).from(input);
}

class Run {
  private readonly machine: State;
  private readonly startedAt: number;
  private variables: Variables = {};
  private readonly results: TaskResult[] = [];
  private current = "";

  constructor(
    definition: string,
    private readonly task: Task,
    private readonly now: () => number,
  ) {
    this.machine = parsed(definition);
    this.startedAt = now();
  }

  async from(input: unknown): Promise<Execution> {
    const seconds = this.machine["TimeoutSeconds"];
    const { results } = this;
    try {
      const output = await within(seconds, this.steps(input));
      return { succeeded: true, reason: this.current, status: "SUCCEEDED", output, results };
    } catch (thrown) {
      const { error, cause } = failureOf(thrown);
      const reason = error === "States.TaskFailed" ? cause : `${error}: ${cause}`;
      const status = error === "States.Timeout" ? "TIMED_OUT" : "FAILED";
      return { succeeded: false, reason, status, error, cause, results };
    }
  }

  private async steps(input: unknown): Promise<unknown> {
    const states = isRecord(this.machine["States"]) ? this.machine["States"] : {};
    let name = String(this.machine["StartAt"]);
    let data = input;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const state = states[name];
      if (!isRecord(state)) throw new ExecutionError("States.Runtime", `there is no state '${name}'`);
      this.current = name;
      const { output, next } = await this.step(name, state, data);
      if (next === undefined) return output;
      data = output;
      name = next;
    }
    throw new ExecutionError("States.Runtime", `it did not finish within ${MOST_STEPS} steps`);
  }

  /** The output of a state, and the state that follows; none follows the last one. */
  private async step(name: string, state: State, input: unknown): Promise<{ output: unknown; next?: string }> {
    const entered = { input, context: this.context(name) };
    try {
      return await this.took(name, state, entered);
    } catch (thrown) {
      const failure = failureOf(thrown);
      const caught = TERMINAL.includes(failure.error) ? undefined : catcherOf(state, failure.error);
      if (caught === undefined) throw thrown;
      const errorOutput = { Error: failure.error, Cause: failure.cause };
      const bindings = { ...entered, errorOutput };
      const output = "Output" in caught ? await this.evaluate(caught["Output"], bindings) : errorOutput;
      await this.assign(caught, bindings);
      return { output, next: textOf(caught, "Next") };
    }
  }

  private async took(name: string, state: State, bindings: States): Promise<{ output: unknown; next?: string }> {
    const { input } = bindings;
    switch (state["Type"]) {
      case "Choice": {
        const chosen = await this.chosen(state, bindings);
        const output = "Output" in chosen ? await this.evaluate(chosen["Output"], bindings) : input;
        await this.assign(chosen, bindings);
        return { output, next: textOf(chosen, chosen === state ? "Default" : "Next") };
      }
      case "Fail":
        throw new ExecutionError(textOf(state, "Error"), textOf(state, "Cause"));
      case "Succeed":
        return { output: "Output" in state ? await this.evaluate(state["Output"], bindings) : input };
      case "Pass":
        return this.ended(state, bindings, input);
      case "Task": {
        const result = await within(state["TimeoutSeconds"], this.call(name, state, bindings));
        return this.ended(state, { ...bindings, result }, result);
      }
      default:
        throw new ExecutionError(
          "States.Runtime",
          `the sandbox does not support states of type '${String(state["Type"])}'`,
        );
    }
  }

  /** Assignments take effect when the state ends: its own expressions do not see them. */
  private async ended(state: State, bindings: States, result: unknown): Promise<{ output: unknown; next?: string }> {
    const output = "Output" in state ? await this.evaluate(state["Output"], bindings) : result;
    limited(output, "output of a state");
    await this.assign(state, bindings);
    return state["End"] === true ? { output } : { output, next: textOf(state, "Next") };
  }

  private async call(name: string, state: State, bindings: States): Promise<unknown> {
    const resource = textOf(state, "Resource");
    const args = await this.evaluate(state["Arguments"] ?? {}, bindings);
    const credentials = await this.evaluate(state["Credentials"] ?? {}, bindings);
    const roleArn = isRecord(credentials) ? credentials["RoleArn"] : undefined;
    const result = await this.task(
      resource,
      isRecord(args) ? args : {},
      typeof roleArn === "string" ? roleArn : undefined,
    );
    limited(result, "result of a task");
    this.results.push({ state: name, resource, result });
    return result;
  }

  /** The rule of a Choice that holds; otherwise the state itself, with its default. */
  private async chosen(state: State, bindings: States): Promise<State> {
    for (const choice of listOf(state["Choices"])) {
      if ((await this.evaluate(choice["Condition"], bindings)) === true) return choice;
    }
    return state;
  }

  private async assign(of: State, bindings: States): Promise<void> {
    const assigned = await this.evaluate(of["Assign"] ?? {}, bindings);
    if (isRecord(assigned)) this.variables = { ...this.variables, ...assigned };
  }

  private evaluate(value: unknown, bindings: States): Promise<unknown> {
    return evaluateIn(value, bindings, this.variables);
  }

  /** The part of the context object that our machines use. */
  private context(name: string): object {
    const time = (at: number): string => new Date(at).toISOString();
    return { Execution: { StartTime: time(this.startedAt) }, State: { Name: name, EnteredTime: time(this.now()) } };
  }
}

function parsed(definition: string): State {
  try {
    const machine: unknown = JSON.parse(definition);
    return isRecord(machine) ? machine : {};
  } catch (error) {
    throw new Error(`the definition must be JSON, got: ${String(error)}`, { cause: error });
  }
}

function catcherOf(state: State, error: string): State | undefined {
  return listOf(state["Catch"]).find(({ ErrorEquals }) => {
    const caught: readonly unknown[] = Array.isArray(ErrorEquals) ? ErrorEquals : [];
    return caught.includes("States.ALL") || caught.includes(error);
  });
}

function limited(value: unknown, what: string): void {
  const size = Buffer.byteLength(JSON.stringify(value ?? null));
  if (size <= MAX_PAYLOAD_BYTES) return;
  throw new ExecutionError("States.DataLimitExceeded", `the ${what} must have at most 256 KiB, got '${size}' bytes`);
}

/** The result, unless it takes longer. */
async function within<T>(seconds: unknown, work: Promise<T>): Promise<T> {
  if (typeof seconds !== "number") return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new ExecutionError("States.Timeout", `no result within ${seconds} s`));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function listOf(value: unknown): State[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function textOf(state: State, key: string): string {
  const text = state[key];
  return typeof text === "string" ? text : "";
}
