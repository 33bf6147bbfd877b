import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { ServiceClients } from "../../../lib/aws/service-clients";
import { WebhookDelivery } from "../../../sandbox/signal-path/alert-hub/webhook-delivery";

const ROLE = "arn:aws:iam::222222222222:role/trailwatch-alert-hub";
const QUEUE = "arn:aws:sqs:eu-west-1:222222222222:trailwatch-webhooks-undelivered";
const DENY = {
  Sid: "OnlyAlertHub",
  Effect: "Deny",
  Principal: "*",
  Action: "events:PutEvents",
  Resource: "arn:aws:events:eu-west-1:222222222222:event-bus/trailwatch-webhooks",
  Condition: { ArnNotEquals: { "aws:PrincipalArn": ROLE } },
};

let server: Server;
let status = 202;
const received: { readonly headers: IncomingHttpHeaders; readonly body: unknown }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body: JSON.parse(body) as unknown });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
beforeEach(() => {
  status = 202;
  received.length = 0;
});
afterAll(() => server.close());

interface Deployed {
  readonly secret?: object;
  readonly state?: string;
  readonly roleArn?: string;
  readonly endpoint?: string;
  readonly hasQueue?: boolean;
}

/** What becomes of an alert, and what is in the dead-letter queue. */
async function put({ secret = { api_key_name: "X-Key", api_key_value: "s3cret" }, ...deployed }: Deployed = {}) {
  const { state = "AUTHORIZED", roleArn = ROLE, hasQueue = true } = deployed;
  const { endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook` } = deployed;
  const kept: unknown[] = [];
  const pattern = { source: ["trailwatch.alert"], detail: { format: ["trailwatch"], topic: ["alert"] } };
  const answers: Readonly<Record<string, (input: Record<string, unknown>) => object>> = {
    DescribeEventBusCommand: () => ({ Policy: JSON.stringify({ Statement: [DENY] }) }),
    ListRulesCommand: () => ({ Rules: [{ Name: "rule", EventPattern: JSON.stringify(pattern), State: "ENABLED" }] }),
    ListTargetsByRuleCommand: () => ({
      Targets: [
        {
          Arn: "arn:aws:events:eu-west-1:222222222222:api-destination/trailwatch-webhook-pager/1",
          InputPath: "$.detail.body",
          ...(hasQueue ? { DeadLetterConfig: { Arn: QUEUE } } : {}),
        },
      ],
    }),
    DescribeApiDestinationCommand: () => ({ InvocationEndpoint: endpoint, ConnectionArn: "arn:connection/pager/1" }),
    DescribeConnectionCommand: () => ({ ConnectionState: state, SecretArn: "secret" }),
    GetSecretValueCommand: () => ({ SecretString: JSON.stringify(secret) }),
    GetQueueUrlCommand: () => ({ QueueUrl: "queue" }),
    SendMessageCommand: ({ MessageBody }) => ({ kept: kept.push(JSON.parse(String(MessageBody))) }),
  };
  const client = {
    send: (command: { readonly input: Record<string, unknown> }) =>
      Promise.resolve(answers[command.constructor.name]?.(command.input) ?? {}),
  };
  const clients = { of: () => ({ events: client, secrets: client, sqs: client }) as unknown as ServiceClients };
  const sender = { account: "222222222222", region: "eu-west-1", roleArn, at: 0 };
  const entry = (topic: string) => ({
    Source: "trailwatch.alert",
    DetailType: "Trailwatch alert",
    EventBusName: "trailwatch-webhooks",
    Detail: { format: "trailwatch", topic, body: { title: topic } },
  });
  const deliveries = await new WebhookDelivery(clients).put([entry("alert"), entry("notice")], sender);
  return { deliveries, kept };
}

test("the body is posted with the secret in its header, for the topics of the rule only", async () => {
  const { deliveries, kept } = await put();
  expect(deliveries).toMatchObject([{ protocol: "webhook", delivered: true, reason: "the endpoint answered 202" }]);
  expect(received.map(({ body }) => body)).toEqual([{ title: "alert" }]);
  expect(received[0]?.headers).toMatchObject({
    "x-key": "s3cret",
    "content-type": "application/json; charset=utf-8",
  });
  expect(kept).toEqual([]);
});

test("parameters of the connection are added to the body", async () => {
  const BodyParameters = [{ Key: "routing_key", Value: "s3cret", IsValueSecret: true }];
  await put({
    secret: { api_key_name: "X-Key", api_key_value: "s3cret", InvocationHttpParameters: { BodyParameters } },
  });
  expect(received.map(({ body }) => body)).toEqual([{ title: "alert", routing_key: "s3cret" }]);
});

test.each<readonly [string, Deployed, number, RegExp]>([
  ["the endpoint answers 500", {}, 500, /answered 500; the event is in queue trailwatch-webhooks-undelivered$/],
  ["the endpoint is elsewhere", { endpoint: "https://192.0.2.1/" }, 202, /delivers to this machine only/],
  ["the connection is not authorized", { state: "DEAUTHORIZED" }, 202, /is not authorized: it has no secret/],
  ["the connection's secret was removed", { secret: {} }, 202, /is not authorized: it has no secret/],
])("%s: the event is in the dead-letter queue", async (_why, deployed, answer, reason) => {
  status = answer;
  const { deliveries, kept } = await put(deployed);
  expect(deliveries).toMatchObject([{ delivered: false, reason: expect.stringMatching(reason) as string }]);
  expect(deliveries[0]?.reason).not.toContain("s3cret");
  expect(kept).toMatchObject([{ source: "trailwatch.alert", detail: { topic: "alert" } }]);
});

test("without a dead-letter queue the event is lost", async () => {
  status = 500;
  const { deliveries } = await put({ hasQueue: false });
  expect(deliveries[0]?.reason).toContain("the event is lost: the target has no dead-letter queue");
});

test("another role cannot forge an alert", async () => {
  const roleArn = "arn:aws:iam::222222222222:role/mallory";
  await expect(put({ roleArn })).rejects.toThrow(/does not accept the event: statement 'OnlyAlertHub' denies it/);
  expect(received).toEqual([]);
});
