import { PLAIN } from "../../../lib/naming/own-names";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTrailCommand, GetTrailStatusCommand, StartLoggingCommand } from "@aws-sdk/client-cloudtrail";
import { DescribeAlarmsCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateLogGroupCommand, PutMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeRuleCommand, PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { conditionsFor } from "../../../detections/detection";
import { predicate } from "../../../detections/predicate";
import { ServiceClients } from "../../../lib/aws/service-clients";
import type { Account } from "../../../organization/organization";
import { ACTIONS } from "../../../sandbox/actions";
import type { SandboxAction, Undo } from "../../../sandbox/actions/action";
import { type Moto, startMoto } from "../../../sandbox/moto";
import { openProxy, type Proxy } from "../../../sandbox/proxy/proxy";
import { allShims } from "../../../sandbox/proxy/shims";
import { Recorder } from "../../../sandbox/recorder/recorder";
import { nameOfExpected, subscriptionTo } from "../../../sandbox/scenarios/expected-alarm";
import { sessionNameOf } from "../../../sandbox/scenarios/narration";
import { signIn } from "../../../sandbox/scenarios/session";
import { Actions } from "../../../sandbox/steps/actions";
import { sharedState } from "../../../sandbox/shared-state";
import type { RecordJson } from "../../../sandbox/signal-path/hop-event";
import { watchedAccount } from "../../../stacks/watched-account";
import { testOrganization } from "../../support/organization";

// Each action's real calls to a real moto: their records must raise the alarm that the page promises.

const organization = testOrganization({ packs: { member: ["secrets", "access", "data", "guard"] } });
/** Of several rules for Secrets Manager, the one for reads. */
const READS_RULE = `${PLAIN.name}-2`;
const workFolder = mkdtempSync(join(tmpdir(), "trailwatch-actions-"));
const shared = sharedState();
const recorder = new Recorder();
let records: RecordJson[] = [];
let moto: Moto;
let door: Proxy;

async function clientsIn(account: Account, role: string, session: string): Promise<ServiceClients> {
  const settings = await signIn({ endpoint: door.endpoint, organization }, account, role, session);
  return new ServiceClients(() => settings);
}

function expectedOf(action: SandboxAction) {
  const expected = action.expects(organization);
  if (expected === undefined) throw new Error(`the test's organization has no alarm for '${action.id}'`);
  return expected;
}

beforeAll(async () => {
  const command = process.env["TRAILWATCH_MOTO_SERVER"] ?? "moto_server";
  moto = await startMoto({ command, workFolder, env: process.env });
  door = await openProxy({
    upstream: moto.send,
    shims: allShims(shared),
    lastWords: moto.lastWords,
    onCall: (exchange) => records.push(...recorder.record(exchange)),
  });
  for (const account of organization.accounts) await deployIn(account);
}, 120_000);

afterAll(async () => {
  await door.stop();
  await moto.stop();
  rmSync(workFolder, { recursive: true });
});

/** What actions are done to, as the stacks deploy it. */
async function deployIn(account: Account): Promise<void> {
  const aws = await clientsIn(account, "Terraform", "deployment");
  await aws.secrets.send(new CreateSecretCommand({ Name: "MyProjectSecrets", SecretString: "hush" }));
  const logGroupName = PLAIN.eventsLogGroup;
  await aws.logs.send(new CreateLogGroupCommand({ logGroupName }));
  const metric = { metricName: "reads", metricNamespace: "Trailwatch", metricValue: "1" };
  await aws.logs.send(
    new PutMetricFilterCommand({
      ...{ logGroupName, filterName: "trailwatch-reads", filterPattern: "x", metricTransformations: [metric] },
    }),
  );
  for (const detection of ["alarm-changed", "root-use", "secret-deleted"]) {
    const AlarmName = nameOfExpected({ account, detection }, organization);
    const rule = {
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanThreshold" as const,
    };
    const ours = { Namespace: "Trailwatch", MetricName: detection, Statistic: "Sum" as const };
    await aws.cloudWatch.send(new PutMetricAlarmCommand({ AlarmName, ...ours, ...rule }));
  }
  for (const [Name, eventName] of [
    [`${PLAIN.name}-1`, "DeleteSecret"],
    [READS_RULE, "GetSecretValue"],
  ] as const) {
    const detail = { eventSource: ["secretsmanager.amazonaws.com"], eventName: [eventName] };
    const State = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" as const;
    await aws.events.send(new PutRuleCommand({ Name, State, EventPattern: JSON.stringify({ detail }) }));
  }
  if (account.role !== "management") return;
  const Bucket = "trail-bucket";
  await aws.s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
  );
  await aws.cloudTrail.send(new CreateTrailCommand({ Name: PLAIN.organizationTrail, S3BucketName: Bucket }));
  await aws.cloudTrail.send(new StartLoggingCommand({ Name: PLAIN.organizationTrail }));
}

async function act(action: SandboxAction): Promise<Undo | undefined> {
  const { account } = expectedOf(action);
  const clients = await clientsIn(account, action.actor.role, action.actor.session);
  records = [];
  return action.run(clients, { account, organization, times: action.times?.(organization) ?? 1 });
}

test.each(ACTIONS.map((action) => [action.id, action] as const))(
  "%s raises its alarm, and can be reversed",
  async (_id, action) => {
    const expected = expectedOf(action);
    const subscription = subscriptionTo(expected, organization);
    const undo = await act(action);
    if (subscription === undefined || !("condition" in subscription.detection)) throw new Error("no condition");
    const conditions = conditionsFor(subscription.detection, watchedAccount(organization, expected.account));
    const matching = records.filter((record) => conditions.some((each) => predicate(each)(record)));
    expect(matching.length).toBeGreaterThanOrEqual(subscription.threshold);
    for (const record of matching) {
      expect(record).toMatchObject({ recipientAccountId: expected.account.id });
      expect(sessionNameOf(record)).toBe(action.actor.session);
      const [service, name] = action.call.split(":");
      expect(record).toMatchObject({ eventName: name });
      expect(String(record["eventSource"])).toMatch(
        service === "cloudwatch" ? /^monitoring/ : new RegExp(`^${service ?? ""}`),
      );
    }
    // A call that the local AWS lacks would be shown as failed.
    expect(matching.filter(({ errorCode }) => errorCode !== undefined)).toEqual([]);
    expect(undo === undefined).toBe(action.id === "read-secret");
    await undo?.run(await clientsIn(expected.account, action.actor.role, action.actor.session));
  },
  30_000,
);

test("stopping the trail can be reversed, as its button says", async () => {
  const action = ACTIONS.find(({ id }) => id === "stop-trail");
  if (action === undefined) throw new Error("no action");
  const undo = await act(action);
  const { account } = expectedOf(action);
  const clients = await clientsIn(account, action.actor.role, action.actor.session);
  const isLogging = async () =>
    (await clients.cloudTrail.send(new GetTrailStatusCommand({ Name: PLAIN.organizationTrail }))).IsLogging;
  expect(await isLogging()).toBe(false);
  expect(undo?.title).toBe("Start the trail again");
  await undo?.run(clients);
  expect(await isLogging()).toBe(true);
});

test("disabling the rule stops reads of secrets, and its reversal restores the rule's state", async () => {
  const action = ACTIONS.find(({ id }) => id === "disable-rule");
  if (action === undefined) throw new Error("no action");
  const { account } = expectedOf(action);
  const clients = await clientsIn(account, action.actor.role, action.actor.session);
  const rule = () => clients.events.send(new DescribeRuleCommand({ Name: READS_RULE }));
  const before = await rule();
  const undo = await act(action);
  expect(await rule()).toMatchObject({ State: "DISABLED" });
  await undo?.run(clients);
  // EnableRule would set ENABLED, which leaves out read-only events.
  expect(await rule()).toMatchObject({ State: before.State, EventPattern: before.EventPattern });
});

test("an action that is done twice is reversed as a whole", async () => {
  const actions = new Actions({ endpoint: door.endpoint, organization });
  for (const id of ["disable-rule", "disable-alarm"]) {
    expect(await actions.run(id, 1, () => undefined)).toBeUndefined();
    expect(await actions.run(id, 1, () => undefined)).toBeUndefined();
    expect(await actions.undo(id)).toBeUndefined();
    expect(await actions.undo(id)).toBe("there is nothing to reverse");
  }
  const action = ACTIONS.find(({ id }) => id === "disable-rule");
  if (action === undefined) throw new Error("no action");
  const clients = await clientsIn(expectedOf(action).account, "Administrator", "auditor");
  expect(await clients.events.send(new DescribeRuleCommand({ Name: READS_RULE }))).toMatchObject({
    State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
  });
  const { MetricAlarms = [] } = await clients.cloudWatch.send(new DescribeAlarmsCommand({}));
  expect(MetricAlarms.filter(({ ActionsEnabled }) => ActionsEnabled !== true)).toEqual([]);
}, 30_000);
