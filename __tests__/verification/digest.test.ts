import { runChecks } from "../../verification/checks/check";
import { digestChecks } from "../../verification/checks/digest";
import type { ExpectedHub } from "../../verification/expected/expected-hub";
import { readHub } from "../../verification/expected/read-hub";
import { leastPrivilege } from "../../verification/least-privilege";
import { readStacks } from "../../lib/terraform/read/read-stacks";
import { AlertHubStack } from "../../stacks/alert-hub-stack";
import { testOrganization } from "../support/organization";
import { named, resourceOf, synthApp, testApp } from "../support/synth";
import { FakeAws } from "./support/fake-aws";
import { subjectWith } from "./support/subject";

const organization = testOrganization({ alertHub: { account: "log-archive", noticesDigest: "07:30" } });
const app = testApp();
if (organization.alertHub !== undefined) {
  new AlertHubStack(app, "alert-hub", { organization, alertHub: organization.alertHub });
}
const json = named(synthApp(app), "alert-hub");
const [stack] = readStacks(app.outdir);
const hub = stack && readHub(stack);
const account = organization.accounts.find(({ name }) => name === "log-archive");

const NOW = Date.parse("2026-01-15T10:00:00Z");
const DUE = Date.parse("2026-01-15T07:30:00Z");
const DEPLOYED_AT = new Date("2026-01-10T00:00:00Z");
const POLICIES: Readonly<Record<string, string>> = { "trailwatch-alert-hub": "publish" };

const target = () => ({
  Arn: hub?.digest?.target,
  Input: hub?.digest?.input,
  RoleArn: `arn:aws:iam::${account?.id ?? ""}:role/trailwatch-alert-hub-digest`,
});
const schedule = (changes = {}) => ({
  State: "ENABLED",
  ScheduleExpression: "cron(30 7 * * ? *)",
  ScheduleExpressionTimezone: "UTC",
  Target: target(),
  CreationDate: DEPLOYED_AT,
  ...changes,
});
const event = (source: string, id = account?.id) => JSON.stringify({ source, account: id, detail: {} });
const executions = (at: number, status = "SUCCEEDED") => ({
  executions: [
    { executionArn: "heartbeat", startDate: new Date(DUE + 30_000), status: "SUCCEEDED" },
    { executionArn: "digest", startDate: new Date(at), status },
  ],
});

type Answers = ConstructorParameters<typeof FakeAws>[0];

const DEPLOYED: Answers = {
  "scheduler:GetSchedule": () => schedule(),
  "iam:GetRolePolicy": ({ RoleName, PolicyName }) => ({
    PolicyDocument: encodeURIComponent(
      String(resourceOf(json, "aws_iam_role_policy", { name: String(PolicyName) }).policy).replace(/\$\{[^}]*\}/g, "x"),
    ),
    RoleName,
  }),
  "iam:ListRolePolicies": ({ RoleName }) => ({ PolicyNames: [POLICIES[String(RoleName)] ?? "put-events"] }),
  "iam:ListAttachedRolePolicies": () => ({ AttachedPolicies: [] }),
  "states:ListExecutions": () => executions(DUE + 20_000),
  "states:GetExecutionHistory": ({ executionArn }) => ({
    events: [
      {
        executionStartedEventDetails: {
          input: event(executionArn === "digest" ? "trailwatch.digest" : "trailwatch.heartbeat"),
        },
      },
    ],
  }),
};

async function check(changes: Answers = {}, now = NOW) {
  if (hub === undefined || account === undefined) throw new Error("there is no hub");
  const aws = new FakeAws({ ...DEPLOYED, ...changes });
  const subject = { ...subjectWith(aws, () => now), organization, account };
  return { results: await runChecks(digestChecks(hub), subject), aws };
}

test("a digest that was sent is proven, for the last time that it was due", async () => {
  const { results } = await check();
  expect(results.map(({ status, check: name, seen }) => `${status} ${name}: ${seen}`)).toEqual([
    "proven schedule trailwatch-alert-hub-digest starts the digest: enabled, cron(30 7 * * ? *) (UTC)",
    "proven role trailwatch-alert-hub-digest may do so: its only policy allows it",
    "proven the last digest was sent: sent at 2026-01-15T07:30:00.000Z",
  ]);
});

test.each([
  ["19 minutes later it may be on its way: the one of the day before counts", DUE + 19 * 60_000, "2026-01-14T07:30"],
  ["20 minutes later it counts", DUE + 20 * 60_000, "2026-01-15T07:30"],
  ["before its time, the one of the day before counts", Date.parse("2026-01-15T00:00:00Z"), "2026-01-14T07:30"],
])("%s", async (_what, now, due) => {
  const { results } = await check({ "states:ListExecutions": () => ({ executions: [] }) }, now);
  expect(results[2]?.seen).toBe(`no digest at ${due}:00.000Z`);
});

test("a schedule that is newer than the last time has its first digest to come", async () => {
  const later = () => schedule({ LastModificationDate: new Date(DUE + 1000) });
  const { results, aws } = await check({ "scheduler:GetSchedule": later });
  expect(results[2]).toMatchObject({ status: "proven", seen: "first due at 2026-01-16T07:30:00.000Z" });
  expect(aws.inputsOf("states:ListExecutions")).toEqual([]);
});

test.each<readonly [string, Answers, number, RegExp]>([
  ["the schedule is gone", { "scheduler:GetSchedule": () => undefined }, 0, /^no such schedule/],
  ["it is disabled", { "scheduler:GetSchedule": () => schedule({ State: "DISABLED" }) }, 0, /DISABLED/],
  [
    "it is a yearly one",
    { "scheduler:GetSchedule": () => schedule({ ScheduleExpression: "cron(30 7 1 1 ? *)" }) },
    0,
    /cron\(30 7 1 1/,
  ],
  ["it ends", { "scheduler:GetSchedule": () => schedule({ EndDate: new Date(NOW) }) }, 0, /until 2026/],
  [
    "it uses another role",
    { "scheduler:GetSchedule": () => schedule({ Target: { ...target(), RoleArn: "arn:aws:iam::1:role/x" } }) },
    0,
    /role\/x/,
  ],
  [
    "it calls something else",
    { "scheduler:GetSchedule": () => schedule({ Target: { ...target(), Arn: "arn:aws:sqs:::q" } }) },
    0,
    /arn:aws:sqs/,
  ],
  ["the role may do nothing", { "iam:GetRolePolicy": () => undefined }, 1, /no statement allows it/],
  ["the role may do more", { "iam:ListRolePolicies": () => ({ PolicyNames: ["put-events", "more"] }) }, 1, /more/],
  ["nothing was started", { "states:ListExecutions": () => ({ executions: [] }) }, 2, /^no digest at 2026-01-15/],
  ["it was started hours later", { "states:ListExecutions": () => executions(DUE + 3_600_000) }, 2, /^no digest/],
  ["its execution failed", { "states:ListExecutions": () => executions(DUE, "FAILED") }, 2, /status FAILED/],
  [
    "another account forged it",
    {
      "states:GetExecutionHistory": () => ({
        events: [{ executionStartedEventDetails: { input: event("trailwatch.digest", "999999999999") } }],
      }),
    },
    2,
    /^no digest/,
  ],
])("where %s, that is the only failure", async (_what, changes, index, seen) => {
  const { results } = await check(changes);
  expect(results.filter(({ status }) => status === "failed")).toEqual([results[index]]);
  expect(results[index]?.seen).toMatch(seen);
});

test("a hub without a digest has no such check, and least privilege no such call", () => {
  const without = testOrganization({ alertHub: { account: "log-archive" } });
  expect(digestChecks({ ...hub, digest: undefined } as ExpectedHub)).toEqual([]);
  const actions = (one: typeof organization) =>
    leastPrivilege({ organization: one, live: false, notify: false }).Statement.flatMap(({ Action }) => Action);
  const calls = ["scheduler:GetSchedule", "states:ListExecutions", "states:GetExecutionHistory"];
  expect(actions(organization)).toEqual(expect.arrayContaining(calls));
  expect(actions(without).filter((action) => calls.includes(action))).toEqual([]);
});
