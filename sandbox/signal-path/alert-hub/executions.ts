import { randomUUID } from "node:crypto";
import { failureOf } from "./execution-error";
import type { Execution, Task } from "./state-machine";

/** The sandbox keeps this many executions of a state machine. */
const KEPT = 1000;

/** An event in the format of GetExecutionHistory; times in seconds since 1970, as the API's JSON has them. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  /** Its details, such as `taskFailedEventDetails`. */
  readonly [details: string]: unknown;
}

/** An execution in the format of ListExecutions, with its events. */
export interface RecordedExecution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: Execution["status"] | "RUNNING";
  readonly startDate: number;
  readonly stopDate?: number;
  readonly events: readonly HistoryEvent[];
}

/** What starts an execution. */
export interface Start {
  readonly stateMachineArn: string;
  readonly roleArn: string;
  readonly input: unknown;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The executions of state machines that the sandbox runs by itself. moto does not know of them. */
export class ExecutionStore {
  private readonly byMachine = new Map<string, RecordedExecution[]>();

  /** The executions of a state machine, the newest first. */
  public of(stateMachineArn: string): readonly RecordedExecution[] {
    return this.byMachine.get(stateMachineArn) ?? [];
  }

  public find(executionArn: string): RecordedExecution | undefined {
    const machine = executionArn.replace(":execution:", ":stateMachine:").replace(/:[^:]*$/, "");
    return this.of(machine).find((one) => one.executionArn === executionArn);
  }

  /** Records an execution while it runs: its start, each task with its result or error, and its end. */
  public async record(
    { stateMachineArn, roleArn, input, at }: Start,
    task: Task,
    run: (task: Task) => Promise<Execution>,
  ): Promise<Execution> {
    const name = randomUUID();
    const timestamp = at / 1000;
    const events: HistoryEvent[] = [];
    const add = (type: string, details: object): void => {
      const id = events.length + 1;
      const member = `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
      events.push({ id, previousEventId: id - 1, timestamp, type, [member]: details });
    };
    const started = {
      executionArn: `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`,
      stateMachineArn,
      name,
      startDate: timestamp,
      events,
    };
    const keep = (execution: RecordedExecution): void => {
      const others = this.of(stateMachineArn).filter((one) => one.name !== name);
      const sorted = [execution, ...others].sort((one, other) => other.startDate - one.startDate);
      this.byMachine.set(stateMachineArn, sorted.slice(0, KEPT));
    };
    add("ExecutionStarted", { input: JSON.stringify(input), roleArn });
    keep({ ...started, status: "RUNNING" });
    const execution = await run(recorded(task, add, stateMachineArn));
    end(execution, add);
    keep({ ...started, status: execution.status, stopDate: timestamp });
    return execution;
  }
}

type Add = (type: string, details: object) => void;

/** Records the calls of a task. Source: Step Functions API, HistoryEvent. */
function recorded(task: Task, add: Add, stateMachineArn: string): Task {
  const region = stateMachineArn.split(":")[3] ?? "";
  return async (resource, args, roleArn) => {
    // `aws-sdk:sfn:startSyncExecution`: type `aws-sdk:sfn`.
    const parts = resource.split(":").slice(5);
    const called = { resourceType: parts.slice(0, -1).join(":"), resource: parts.at(-1) ?? "" };
    add("TaskScheduled", { ...called, region, parameters: JSON.stringify(args) });
    add("TaskStarted", called);
    try {
      const result = await task(resource, args, roleArn);
      add("TaskSucceeded", { ...called, output: JSON.stringify(result) });
      return result;
    } catch (thrown) {
      add("TaskFailed", { ...called, ...failureOf(thrown) });
      throw thrown;
    }
  };
}

const ENDS = { SUCCEEDED: "ExecutionSucceeded", FAILED: "ExecutionFailed", TIMED_OUT: "ExecutionTimedOut" } as const;

function end({ status, output, error, cause }: Execution, add: Add): void {
  add(ENDS[status], status === "SUCCEEDED" ? { output: JSON.stringify(output ?? {}) } : { error, cause });
}
