import { arn } from "../../../lib/aws/partitions";
import {
  DescribeApiDestinationCommand,
  DescribeConnectionCommand,
  DescribeEventBusCommand,
} from "@aws-sdk/client-eventbridge";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { GetQueueUrlCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { evaluate } from "../../../lib/aws/policy-evaluator";
import { expectedMessage } from "../../../lib/support/failure";
import { isRecord } from "../../../lib/support/is-record";
import type { AccountClients } from "../account-clients";
import { postOnThisMachine, type Post } from "../http-delivery";
import type { Delivery } from "../subscriber-delivery";
import { type Bus, type ReachedTarget, targetsOf } from "./event-buses";

/** What a state machine passes to `events:putEvents`. */
interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly EventBusName: string;
  readonly Detail: unknown;
}

/** The state machine that puts events, and when. */
export interface Sender {
  readonly account: string;
  readonly region: string;
  readonly roleArn: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** An identity with any permission: the permissions of roles are not evaluated. */
const ANYTHING = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*", Principal: "*" }] });

/**
 * Delivers events of a state machine to webhooks: through rules of their event bus and API destinations to https
 * endpoints. What an endpoint does not accept goes to the target's dead-letter queue at once: further attempts of
 * EventBridge would fail again.
 */
export class WebhookDelivery {
  constructor(
    private readonly clients: Pick<AccountClients, "of">,
    private readonly post: Post = postOnThisMachine,
  ) {}

  /**
   * Puts the events on their buses as the role, and returns what became of each webhook's request.
   *
   * @throws Error when a bus does not exist or refuses the role
   */
  public async put(entries: unknown, sender: Sender): Promise<Delivery[]> {
    const events = (Array.isArray(entries) ? entries : []) as readonly Entry[];
    return (await Promise.all(events.map((entry) => this.putEvent(entry, sender)))).flat();
  }

  private async putEvent({ Source, DetailType, EventBusName, Detail }: Entry, sender: Sender): Promise<Delivery[]> {
    const { account, region, roleArn, at } = sender;
    const bus = { account, region, name: EventBusName };
    await this.admit(bus, roleArn);
    const event = {
      version: "0",
      source: Source,
      "detail-type": DetailType,
      account,
      region,
      time: new Date(at).toISOString(),
      detail: typeof Detail === "string" ? (JSON.parse(Detail) as unknown) : Detail,
    };
    const targets = await targetsOf(this.clients, bus, event);
    return Promise.all(
      targets.filter(({ arn }) => arn.includes(":api-destination/")).map((target) => this.invoke(bus, target, event)),
    );
  }
  private async admit({ account, region, name }: Bus, principal: string): Promise<void> {
    const { Policy = "{}" } = await this.clients
      .of(account, region)
      .events.send(new DescribeEventBusCommand({ Name: name }));
    const { answer, because } = evaluate([ANYTHING, Policy], {
      principal,
      action: "events:PutEvents",
      resource: arn(region, "events", account, `event-bus/${name}`),
      context: { "aws:PrincipalArn": principal },
    });
    if (answer !== "allowed") throw new Error(`event bus ${name} does not accept the event: ${because}`);
  }

  private async invoke(bus: Bus, target: ReachedTarget, event: object): Promise<Delivery> {
    const [, name = ""] = target.arn.split("/");
    const to = { protocol: "webhook", endpoint: name };
    try {
      const { endpoint, send } = await this.requestTo(bus, name);
      to.endpoint = endpoint;
      return { ...to, delivered: true, reason: await send(bodyOf(event, target.inputPath)) };
    } catch (error) {
      const kept = await this.keep(target.deadLetterArn, event);
      return { ...to, delivered: false, reason: `${expectedMessage(error)}; ${kept}` };
    }
  }

  /** The endpoint of an API destination, and a function that posts a body with the connection's secret. */
  private async requestTo({ account, region }: Bus, Name: string) {
    const { events, secrets } = this.clients.of(account, region);
    const destination = await events.send(new DescribeApiDestinationCommand({ Name }));
    const [, connectionName = ""] = destination.ConnectionArn?.split("/") ?? [];
    const connection = await events.send(new DescribeConnectionCommand({ Name: connectionName }));
    const { SecretString = "{}" } = await secrets.send(new GetSecretValueCommand({ SecretId: connection.SecretArn }));
    const secret = JSON.parse(SecretString) as Secret;
    if (connection.ConnectionState !== "AUTHORIZED" || secret.api_key_name === undefined) {
      throw new Error(`connection ${connectionName} is not authorized: it has no secret`);
    }
    const headers = { "content-type": "application/json; charset=utf-8", [secret.api_key_name]: secret.api_key_value };
    const added = (secret.InvocationHttpParameters?.BodyParameters ?? []).map(({ Key, Value }) => [Key, Value]);
    const endpoint = destination.InvocationEndpoint ?? "";
    return {
      endpoint,
      send: (body: unknown) =>
        this.post(endpoint, headers, JSON.stringify(isRecord(body) ? { ...body, ...Object.fromEntries(added) } : body)),
    };
  }

  /** Puts an event into a dead-letter queue; returns where it is, in words. */
  private async keep(queueArn: string | undefined, event: object): Promise<string> {
    if (queueArn === undefined) return "the event is lost: the target has no dead-letter queue";
    const [, , , region = "", account = "", QueueName = ""] = queueArn.split(":");
    try {
      const { sqs } = this.clients.of(account, region);
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
      return `the event is in queue ${QueueName}`;
    } catch (error) {
      return `the event is lost: ${expectedMessage(error)}`;
    }
  }
}

/** The secret of a connection, as moto writes it. */
interface Secret {
  readonly api_key_name?: string;
  readonly api_key_value: string;
  readonly InvocationHttpParameters?: {
    readonly BodyParameters?: readonly { readonly Key: string; readonly Value: string }[];
  };
}

/** The part of an event at an input path such as `$.detail.body`; the event if there is none. */
function bodyOf(event: object, inputPath: string | undefined): unknown {
  const steps = inputPath?.split(".").slice(1) ?? [];
  return steps.reduce<unknown>((value, step) => (isRecord(value) ? value[step] : undefined), event);
}
