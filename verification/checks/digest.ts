import { ownNames } from "../../lib/naming/own-names";
import { arn } from "../../lib/aws/partitions";
import { DIGEST_EVENT } from "../../modules/alert-hub/digest-states";
import { DIGEST_READS } from "../aws/hub-calls";
import { pages } from "../aws/session";
import type { ExpectedDigest, ExpectedHub } from "../expected/expected-hub";
import { failed, proven, unknown, type Finding } from "../result";
import { mayPublish } from "./alert-hub";
import { redeploy, type Check, type Subject } from "./check";
import { arnOfRole, firstRefusal, furtherPolicies, rolePolicies } from "./role";
import { isSameJson } from "./same-json";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Scheduler starts a schedule in its minute, and tries for 15 minutes. */
const LATEST = 20 * MINUTE;

const NO_DIGEST = "notices are collected, and no digest lists them";

/** Whether the digest of notices is sent each day. */
export function digestChecks(hub: ExpectedHub): Check[] {
  const { digest } = hub;
  if (digest === undefined) return [];
  const schedule = `schedule ${digest.name} starts the digest`;
  return [
    { hop: "alert hub", name: schedule, run: (subject) => isScheduled(subject, hub, digest) },
    {
      hop: "alert hub",
      name: `role ${digest.role.name} may do so`,
      follows: [mayPublish(hub)],
      run: (subject) => mayStart(subject, hub, digest),
    },
    {
      hop: "alert hub",
      name: "the last digest was sent",
      follows: [schedule],
      run: (subject) => wasSent(subject, hub, digest),
    },
  ];
}

async function isScheduled({ session, account }: Subject, hub: ExpectedHub, expected: ExpectedDigest) {
  const remedy = redeploy(hub.stack);
  const stored = await session.query(DIGEST_READS.schedule, { Name: expected.name, GroupName: "default" }, hub.region);
  if (stored === undefined) return failed(`no such schedule in ${hub.region}`, NO_DIGEST, remedy);
  const { State, ScheduleExpression, ScheduleExpressionTimezone = "UTC", EndDate, Target } = stored;
  if (State !== "ENABLED") return failed(`state ${State ?? "none"}, not ENABLED`, NO_DIGEST, remedy);
  if (ScheduleExpression !== expected.expression || ScheduleExpressionTimezone !== "UTC" || EndDate !== undefined) {
    const end = EndDate === undefined ? "" : `, until ${EndDate.toISOString()}`;
    const seen = `${ScheduleExpression ?? "no expression"} (${ScheduleExpressionTimezone})${end}`;
    return failed(seen, `it must be ${expected.expression} (UTC)`, remedy);
  }
  if (Target?.Arn !== expected.target || !isSameJson(Target.Input ?? "", expected.input)) {
    return failed(`target ${Target?.Arn ?? "none"}, or its input, is another one`, NO_DIGEST, remedy);
  }
  return Target.RoleArn === arnOfRole(hub.region, account.id, expected.role)
    ? proven(`enabled, ${expected.expression} (UTC)`)
    : failed(`role ${Target.RoleArn ?? "none"}`, `it must use role ${expected.role.name}`, remedy);
}

async function mayStart(subject: Subject, hub: ExpectedHub, { role }: ExpectedDigest): Promise<Finding> {
  const { account } = subject;
  const remedy = redeploy(hub.stack);
  const bus = arn(hub.region, "events", account.id, `event-bus/${hub.bus}`);
  const table = arn(hub.region, "dynamodb", account.id, `table/${ownNames(subject.organization.names).hubNotices}`);
  const refusal =
    firstRefusal(await rolePolicies(subject, role), [{ action: "events:PutEvents", resource: bus }]) ??
    firstRefusal(
      await rolePolicies(subject, hub.role),
      ["dynamodb:UpdateItem", "dynamodb:Query"].map((action) => ({ action, resource: table })),
    );
  if (refusal !== undefined) {
    const { answer, because, wish } = refusal;
    return (answer === "denied" ? failed : unknown)(`${wish}: ${because}`, NO_DIGEST, remedy);
  }
  return (await furtherPolicies(subject, role, remedy)) ?? proven("its only policy allows it");
}

/** No alarm reports a schedule that starts nothing: executions for alarms succeed all the same. */
async function wasSent(subject: Subject, hub: ExpectedHub, { name }: ExpectedDigest): Promise<Finding> {
  const { session, account, now } = subject;
  const { machine, region } = hub;
  const schedule = await session.query(DIGEST_READS.schedule, { Name: name, GroupName: "default" }, region);
  const due = lastDue(schedule?.ScheduleExpression, now());
  if (due === undefined) return unknown("nothing", "its schedule is not a daily one");
  const since = schedule?.LastModificationDate ?? schedule?.CreationDate;
  if (since !== undefined && since.getTime() > due) {
    return proven(`first due at ${new Date(due + DAY).toISOString()}`);
  }
  const executions = await pages(
    (nextToken) => session.query(DIGEST_READS.executions, { stateMachineArn: machine, nextToken }, region),
    ({ executions: items = [], nextToken }) => {
      const isOlder = (items.at(-1)?.startDate?.getTime() ?? 0) < due;
      return { items, next: isOlder ? undefined : nextToken };
    },
  );
  const then = (executions ?? []).filter(({ startDate }) => {
    const at = startDate?.getTime() ?? 0;
    return at >= due - MINUTE && at <= due + LATEST;
  });
  for (const { executionArn, status = "" } of then.reverse()) {
    const answer = await session.query(DIGEST_READS.execution, { executionArn, maxResults: 1 }, region);
    const input = answer?.events?.[0]?.executionStartedEventDetails?.input ?? "";
    if (!isDigest(input, account.id)) continue;
    return status === "SUCCEEDED"
      ? proven(`sent at ${new Date(due).toISOString()}`)
      : failed(`its execution has status ${status}`, NO_DIGEST, executionsCommand(hub));
  }
  return failed(
    `no digest at ${new Date(due).toISOString()}`,
    `${NO_DIGEST}: schedule ${name} started nothing, or its event did not reach state machine and rule`,
    `${redeploy(hub.stack)}; ${executionsCommand(hub)}`,
  );
}

/** The last time of a daily schedule (`cron(30 7 * * ? *)`) whose digest cannot be on its way. */
function lastDue(expression: string | undefined, now: number): number | undefined {
  const [, minutes, hours] = /^cron\((\d+) (\d+) \* \* \? \*\)$/.exec(expression ?? "") ?? [];
  if (minutes === undefined || hours === undefined) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE;
  const latest = now - LATEST;
  return Math.floor((latest - offset) / DAY) * DAY + offset;
}

function isDigest(input: string, account: string): boolean {
  const expected = [`"source":"${DIGEST_EVENT.source}"`, `"account":"${account}"`];
  const text = input.replace(/\s/g, "");
  return expected.every((part) => text.includes(part));
}

function executionsCommand({ machine, region }: ExpectedHub): string {
  return `aws stepfunctions list-executions --region ${region} --state-machine-arn ${machine}`;
}
