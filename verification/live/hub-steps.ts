import { ownNames } from "../../lib/naming/own-names";
import { monitoringStack, redeploy } from "../checks/check";
import { lastOf } from "../checks/forwarding-rule";
import { failed, proven, unknown, type CheckResult, type Finding } from "../result";
import { detailsFinding } from "./hub-details";
import { HubExecution, json, type LiveHub } from "./hub-execution";
import { duration, goThrough, type LiveStep, type StepOptions } from "./step";
import { callsOf, endOf, type TaskCall } from "./task-calls";
import type { Trace } from "./trace";

const MINUTE = 60_000;

/**
 * Follows the alarm of the reads through the alert hub: the execution of its state machine, the message, and the details
 * in it.
 *
 * @param before results of the hops up to the account's own topic
 */
export async function proveAtHub(
  trace: Trace,
  hub: LiveHub,
  before: readonly CheckResult[],
  options: StepOptions & { readonly timeout?: number | undefined },
): Promise<CheckResult[]> {
  const execution = new HubExecution(trace, hub);
  const [start, message, details] = [
    started(trace, hub, execution, options.timeout),
    published(hub, execution, options.timeout),
    ...(hub.expected.details === undefined ? [] : [found(trace, hub, execution)]),
  ];
  const skipped = (steps: readonly (LiveStep | undefined)[], why: string): CheckResult[] =>
    steps.flatMap((step) =>
      step === undefined ? [] : [{ hop: step.hop, check: step.name, ...unknown("nothing", `not checked: ${why}`) }],
    );
  // The hub gets the alarm whether the account's own topic was notified or not.
  const cause = before.find(({ hop, status }) => status === "failed" && hop !== "topic");
  if (cause !== undefined) return skipped([start, message, details], `'${cause.check}' failed`);
  const first = await goThrough([start], options);
  const [result] = first;
  if (result?.status !== "proven") {
    const why = result?.status === "failed" ? `'${start.name}' failed` : "the execution is unknown";
    return [...first, ...skipped([message, details], why)];
  }
  // A message is published without details, too.
  const after = await goThrough([message], options);
  return [...first, ...after, ...(details === undefined ? [] : await goThrough([details], options))];
}

function started(trace: Trace, { expected }: LiveHub, execution: HubExecution, timeout: number | undefined): LiveStep {
  const { subject, reads } = trace.traced;
  const machine = lastOf(expected.machine);
  return {
    hop: "alert hub",
    name: `the alarm starts state machine ${machine}`,
    usual: "a few seconds",
    timeout: timeout ?? 2 * MINUTE,
    otherwise: {
      reason: "the alarm's event did not reach the hub's event bus, or its rule did not start the state machine",
      remedy: `${redeploy(`${expected.stack} ${monitoringStack(subject)}`)}; run verify without --live`,
    },
    look: async () => {
      const one = await execution.find();
      return one && proven(`execution ${one.name} after ${duration(one.at - reads.since)}`);
    },
  };
}

function published({ expected }: LiveHub, execution: HubExecution, timeout: number | undefined): LiveStep {
  return {
    hop: "alert hub",
    name: "the alert hub publishes the message",
    usual: "under 30 seconds",
    timeout: timeout ?? 4 * MINUTE,
    otherwise: {
      reason: `the execution of ${lastOf(expected.machine)} has not ended`,
      remedy: `aws stepfunctions list-executions --region ${expected.region} --state-machine-arn ${expected.machine}`,
    },
    look: async () => {
      const history = await execution.history();
      const end = endOf(history);
      const notices = ownNames(expected.names).hubNotices;
      return end && messageFinding(callsOf(history), end, { notices, remedy: redeploy(expected.stack) });
    },
  };
}

function messageFinding(
  calls: readonly TaskCall[],
  { status, error }: NonNullable<ReturnType<typeof endOf>>,
  { notices, remedy }: { readonly notices: string; readonly remedy: string },
): Finding {
  const sent = calls.find(({ api, output }) => api === "sns:publish" && output !== undefined);
  if (status === "SUCCEEDED" && sent !== undefined) {
    const { TopicArn = "", Subject = "" } = (json(sent.input) ?? {}) as Readonly<Record<string, string>>;
    return proven(`published to ${lastOf(TopicArn)}: ${Subject}`);
  }
  if (status === "SUCCEEDED") {
    return isCollected(calls, notices)
      ? proven("collected: the next digest lists it")
      : failed("nothing was published", "the state machine's definition is not the expected one", remedy);
  }
  const refused = calls.findLast(({ api, failure }) => failure !== undefined && /^(sns|events):/.test(api));
  const why = refused === undefined ? "" : `; ${refused.api}: ${refused.failure ?? ""}`;
  return failed(
    `the execution ended with ${[status, error].filter(Boolean).join(": ")}${why}`,
    sent === undefined ? "no subscriber was notified" : "subscribers were notified, but chat or webhooks were not",
    `${remedy}; the event is in a queue of the hub: run verify without --live`,
  );
}

/** Whether a notice was stored for the digest instead of sent. */
function isCollected(calls: readonly TaskCall[], notices: string): boolean {
  return calls.some(({ api, input, output }) => {
    const table = (json(input) as { readonly TableName?: unknown } | null | undefined)?.TableName;
    return api === "dynamodb:updateItem" && output !== undefined && table === notices;
  });
}

function found(trace: Trace, { expected }: LiveHub, execution: HubExecution): LiveStep {
  const { subject, reads } = trace.traced;
  return {
    hop: "alert hub",
    name: "the message says who read the secret",
    usual: "at once",
    timeout: 0,
    otherwise: { reason: "", remedy: "" },
    look: async () => {
      const history = await execution.history();
      const calls = callsOf(history);
      if (isCollected(calls, ownNames(subject.organization.names).hubNotices)) return proven("a digest has no details");
      return detailsFinding(calls, {
        caller: trace.caller,
        reads: reads.requestIds.length,
        hub: redeploy(expected.stack),
        both: redeploy(`${expected.stack} ${monitoringStack(subject)}`),
      });
    },
  };
}
