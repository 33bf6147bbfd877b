import type { HistoryEvent } from "@aws-sdk/client-sfn";

/** A call of a state machine's task. */
export interface TaskCall {
  /** Such as `sns:publish`, or `aws-sdk:sfn:startSyncExecution`. */
  readonly api: string;
  /** JSON. */
  readonly input: string;
  /** JSON; undefined: it has not succeeded. */
  readonly output?: string;
  /** Error and cause; undefined: it has not failed. */
  readonly failure?: string;
}

interface Details {
  readonly resourceType?: string | undefined;
  readonly resource?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  readonly output?: string | undefined;
}

/** The calls in the history of an execution that have ended, in their order. Source: Step Functions API, HistoryEvent. */
export function callsOf(history: readonly HistoryEvent[]): TaskCall[] {
  let input = "";
  return history.flatMap((event): TaskCall[] => {
    if (event.type === "TaskScheduled") input = event.taskScheduledEventDetails?.parameters ?? "";
    const { taskSucceededEventDetails: succeeded } = event;
    if (succeeded !== undefined) return [{ api: apiOf(succeeded), input, output: succeeded.output ?? "" }];
    const failure: Details | undefined =
      event.taskFailedEventDetails ??
      event.taskTimedOutEventDetails ??
      event.taskStartFailedEventDetails ??
      event.taskSubmitFailedEventDetails;
    return failure === undefined ? [] : [{ api: apiOf(failure), input, failure: errorText(failure) }];
  });
}

/** How an execution ended; undefined: it runs. */
export function endOf(
  history: readonly HistoryEvent[],
): { readonly status: string; readonly error: string } | undefined {
  const end = history.find(({ type = "" }) => ENDS.has(type));
  if (end === undefined) return undefined;
  const details: Details | undefined =
    end.executionFailedEventDetails ?? end.executionTimedOutEventDetails ?? end.executionAbortedEventDetails;
  return { status: ENDS.get(end.type ?? "") ?? "", error: errorText(details ?? {}) };
}

/** Events that end an execution, with its status. */
const ENDS: ReadonlyMap<string, string> = new Map([
  ["ExecutionSucceeded", "SUCCEEDED"],
  ["ExecutionFailed", "FAILED"],
  ["ExecutionTimedOut", "TIMED_OUT"],
  ["ExecutionAborted", "ABORTED"],
]);

function apiOf({ resourceType = "", resource = "" }: Details): string {
  return `${resourceType}:${resource}`;
}

/** In one line. The cause may be a JSON text of any length. */
function errorText({ error = "", cause = "" }: Details): string {
  return [error, cause]
    .filter((text) => text !== "")
    .join(": ")
    .replace(/\s+/g, " ")
    .slice(0, 300);
}
