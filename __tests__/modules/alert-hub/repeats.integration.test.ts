import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, UpdateItemCommand, type UpdateItemCommandInput } from "@aws-sdk/client-dynamodb";
import { REPEATS_KEY } from "../../../modules/alert-hub/repeats";
import { stateMachine } from "../../../modules/alert-hub/state-machine";
import { MANAGEMENT_CREDENTIALS } from "../../../sandbox/environment";
import { type Moto, startMoto } from "../../../sandbox/moto";
import { AccountClients } from "../../../sandbox/signal-path/account-clients";
import { runStateMachine } from "../../../sandbox/signal-path/alert-hub/state-machine";
import { alarmEvent } from "../../support/alarm-events";
import { TOPICS } from "../../support/hub-messages";
import { KNOWN } from "../../support/known-alarms";

// DynamoDB's own expressions and conditions, by moto.

const MACHINE = JSON.stringify(
  stateMachine({
    known: KNOWN,
    topics: TOPICS,
    detailsMachineArn: "details",
    repeatsTable: "repeats",
    undeliveredUrl: "queue",
  }),
);

let moto: Moto;
let clients: AccountClients;
const work = mkdtempSync(join(tmpdir(), "trailwatch-repeats-"));

beforeAll(async () => {
  const env = { ...process.env };
  moto = await startMoto({ command: env["TRAILWATCH_MOTO_SERVER"] ?? "moto_server", workFolder: work, env });
  clients = new AccountClients({ socketPath: moto.socketPath, credentials: MANAGEMENT_CREDENTIALS });
  await dynamoDb().send(
    new CreateTableCommand({
      TableName: "repeats",
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: REPEATS_KEY, KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: REPEATS_KEY, AttributeType: "S" }],
    }),
  );
});

afterAll(async () => {
  clients.destroy();
  await moto.stop();
  rmSync(work, { recursive: true, force: true });
});

const dynamoDb = () => clients.of("222222222222", "eu-west-1").dynamoDb;

/** The `repeat` of the published document. */
async function repeatAt(time: string): Promise<unknown> {
  let message = "{}";
  await runStateMachine(MACHINE, alarmEvent({ event: { time } }), async (resource, args) => {
    if (resource === "arn:aws:states:::dynamodb:updateItem") {
      return dynamoDb().send(new UpdateItemCommand(args as unknown as UpdateItemCommandInput));
    }
    message = String(args["Message"]);
    return {};
  });
  const { https = "{}" } = JSON.parse(message) as Record<string, string>;
  return (JSON.parse(https) as { readonly repeat?: unknown }).repeat;
}

test("the conditions begin an hour, count in it, and begin another one after it", async () => {
  const since = "2026-11-22T10:02:00.000Z";
  expect(await repeatAt("2026-11-22T10:02:00Z")).toEqual({ count: 1, events: 0, since });
  expect(await repeatAt("2026-11-22T10:30:00Z")).toEqual({ count: 2, events: 0, since });
  expect(await repeatAt("2026-11-22T11:01:59Z")).toEqual({ count: 3, events: 0, since });
  expect(await repeatAt("2026-11-22T11:02:00Z")).toMatchObject({ count: 1, since: "2026-11-22T11:02:00.000Z" });
});
