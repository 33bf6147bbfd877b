import { arn } from "../../../lib/aws/partitions";
import {
  DescribeMetricFiltersCommand,
  type FilteredLogEvent,
  paginateFilterLogEvents,
  type CloudWatchLogsClient,
} from "@aws-sdk/client-cloudwatch-logs";
import { DescribeStateMachineCommand } from "@aws-sdk/client-sfn";
import { isRecord } from "../../../lib/support/is-record";
import type { AccountClients } from "../account-clients";
import { searchPage } from "../log-search";
import { ExecutionError } from "./execution-error";
import { mayAssume, mayCall } from "./role-permissions";
import { runStateMachine, taskApi } from "./state-machine";

/** Dependencies for executing the machine that finds events. */
export interface DetailsParts {
  readonly clients: Pick<AccountClients, "of">;
  readonly organizationId: string;
}

/**
 * Executes an express state machine as StartSyncExecution does, which answers also for an execution that failed. Its
 * tasks read logs in other accounts: trust and permissions of the roles are evaluated.
 */
export async function findDetails(
  parts: DetailsParts,
  { machineArn, input }: { readonly machineArn: string; readonly input: string },
): Promise<object> {
  const [, , , region = "", account = ""] = machineArn.split(":");
  const { sfn } = parts.clients.of(account, region);
  const machine = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: machineArn }));
  const { definition = "{}", roleArn: machineRole = "" } = machine;
  const { status, output, error, cause } = await runStateMachine(definition, JSON.parse(input), (api, args, role) =>
    callLogs(parts, { api, args, role, region, machineRole }),
  );
  return {
    Status: status,
    StateMachineArn: machineArn,
    ...(status === "SUCCEEDED" ? { Output: JSON.stringify(output) } : { Error: error, Cause: cause }),
  };
}

interface LogsCall {
  readonly api: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly role: string | undefined;
  readonly region: string;
  readonly machineRole: string;
}

async function callLogs(parts: DetailsParts, { api, args, role, region, machineRole }: LogsCall): Promise<unknown> {
  if (role === undefined) throw new ExecutionError("States.Runtime", `the sandbox supports '${api}' with a role only`);
  const [, , , , account = ""] = role.split(":");
  await mayAssume(parts, machineRole, role);
  const { logs } = parts.clients.of(account, region);
  const { LogGroupName: group } = args;
  const resource = arn(region, "logs", account, `log-group:${typeof group === "string" ? group : ""}:log-stream:`);
  switch (taskApi(api)) {
    case "aws-sdk:cloudwatchlogs:describeMetricFilters":
      await mayCall(parts, role, { action: "logs:DescribeMetricFilters", resource });
      return withCapitals(await logs.send(new DescribeMetricFiltersCommand(withoutCapitals(args))));
    case "aws-sdk:cloudwatchlogs:filterLogEvents":
      await mayCall(parts, role, { action: "logs:FilterLogEvents", resource });
      return withCapitals(await filtered(logs, withoutCapitals(args)));
    default:
      throw new ExecutionError("States.Runtime", `the sandbox does not support the task '${api}'`);
  }
}

/** Without a pattern: moto does not evaluate those of JSON. */
async function filtered(client: CloudWatchLogsClient, input: Readonly<Record<string, unknown>>): Promise<object> {
  const { logGroupName, startTime, endTime, filterPattern, limit, nextToken } = input as {
    readonly logGroupName?: string;
    readonly startTime?: number;
    readonly endTime?: number;
    readonly filterPattern?: string;
    readonly limit?: number;
    readonly nextToken?: string;
  };
  const stored: FilteredLogEvent[] = [];
  for await (const page of paginateFilterLogEvents({ client }, { logGroupName, startTime, endTime })) {
    stored.push(...(page.events ?? []));
  }
  return searchPage(stored, { filterPattern, limit, nextToken });
}

/** Step Functions writes the names of parameters and results with a capital. */
function withCapitals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCapitals);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "$metadata");
  return Object.fromEntries(
    entries.map(([key, one]) => [key.charAt(0).toUpperCase() + key.slice(1), withCapitals(one)]),
  );
}

function withoutCapitals(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([key, one]) => [key.charAt(0).toLowerCase() + key.slice(1), one]),
  );
}
