import type { ExecutionStore } from "../../signal-path/alert-hub/executions";
import { CallerAccounts } from "../caller-account";
import { jsonOf, withBody, type Shim } from "../shim";

/** Source: Step Functions API, ListExecutions and GetExecutionHistory. */
const MOST_RESULTS = 1000;
const USUAL_RESULTS = 100;

/** Answers with the executions that the sandbox runs when an alarm reaches a state machine. */
export function executionHistory(store: ExecutionStore): Shim {
  const callers = new CallerAccounts();
  return {
    service: "states",
    operations: ["ListExecutions", "GetExecutionHistory"],
    why: "runs no state machine when an alarm reaches it",
    does: "returns the executions that the sandbox has run for alarms, with the calls of their tasks",
    answer: async (request, send, { operation }) => {
      const input = jsonOf(request);
      const arn = String(input["stateMachineArn"] ?? input["executionArn"]);
      // moto reports machines that do not exist, and knows the executions that were started by a call.
      if (arn.split(":")[4] !== (await callers.accountOf(request, send))) return send(request);
      if (operation === "GetExecutionHistory") {
        const execution = store.find(arn);
        if (execution === undefined) return send(request);
        const events = input["reverseOrder"] === true ? execution.events.toReversed() : execution.events;
        const { items, nextToken } = page(events, input);
        return withBody(
          { status: 200, headers: HEADERS, body: Buffer.alloc(0) },
          JSON.stringify({ events: items, nextToken }),
        );
      }
      const response = await send(request);
      if (response.status !== 200) return response;
      const { statusFilter } = input;
      const known = store
        .of(arn)
        .filter(({ status }) => statusFilter === undefined || statusFilter === status)
        .map((execution) => ({ ...execution, events: undefined }));
      const { items, nextToken } = page(known, input);
      return withBody(response, JSON.stringify({ executions: items, nextToken }));
    },
  };
}

const HEADERS = { "content-type": "application/x-amz-json-1.0" };

function page<T>(all: readonly T[], input: Readonly<Record<string, unknown>>) {
  const from = Number(input["nextToken"] ?? 0);
  const most = Number(input["maxResults"] ?? 0);
  const to = from + (most === 0 ? USUAL_RESULTS : Math.min(most, MOST_RESULTS));
  return { items: all.slice(from, to), nextToken: to < all.length ? String(to) : undefined };
}
