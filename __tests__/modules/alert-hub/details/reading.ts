import { detailsMachine, type Details } from "../../../../modules/alert-hub/details/details-machine";
import { runStateMachine, type Execution } from "../../../../sandbox/signal-path/alert-hub/state-machine";

/** What the machine is asked for. */
export const INPUT = {
  account: "333333333333",
  namespace: "Trailwatch",
  metric: "watched-secret-reads",
  from: Date.parse("2026-11-22T16:59:00Z"),
  to: Date.parse("2026-11-22T17:04:00Z"),
  limit: 20,
};

export const GROUP = "/aws/events/trailwatch";
const MACHINE = JSON.stringify(detailsMachine("eu-west-1"));

/** A call that the machine made. */
export interface Call {
  readonly api: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly roleArn: string | undefined;
}

export interface Answers {
  readonly filters?: readonly object[];
  /** Pages by filter pattern. */
  readonly pages?: (args: Readonly<Record<string, unknown>>, call: number) => unknown;
  readonly input?: object;
  readonly now?: () => number;
}

export const FILTER = { LogGroupName: GROUP, FilterPattern: "{ $.detail.eventName = GetSecretValue }" };

/** Log events of records. */
export function logged(...records: readonly unknown[]): readonly object[] {
  return records.map((record) => ({ Message: JSON.stringify(record), Timestamp: INPUT.from }));
}

/** Runs the machine with these answers of AWS. */
export async function read({ filters = [FILTER], pages, input = INPUT, now }: Answers): Promise<{
  readonly execution: Execution;
  readonly calls: readonly Call[];
  readonly problem: string | undefined;
  readonly found: Exclude<Details, { readonly problem: string }>;
}> {
  const calls: Call[] = [];
  const execution = await runStateMachine(
    MACHINE,
    input,
    (resource, args, roleArn) => {
      const api = resource.slice(resource.lastIndexOf(":") + 1);
      calls.push({ api, args, roleArn });
      if (api === "describeMetricFilters") return Promise.resolve({ MetricFilters: filters });
      return Promise.resolve(pages?.(args, calls.length - 2) ?? { Events: [], SearchedLogStreams: [] });
    },
    now,
  );
  const output = (execution.output ?? {}) as Details;
  return {
    execution,
    calls,
    problem: "problem" in output ? output.problem : undefined,
    found: output as Exclude<Details, { readonly problem: string }>,
  };
}
