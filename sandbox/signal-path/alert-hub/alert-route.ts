import type { NamesSettings } from "../../../lib/naming/own-resources";
import { ownNames, type OwnNames } from "../../../lib/naming/own-names";
import { arn } from "../../../lib/aws/partitions";
import {
  QueryCommand,
  UpdateItemCommand,
  type QueryCommandInput,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { DescribeStateMachineCommand } from "@aws-sdk/client-sfn";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { raisedAlarmPattern } from "../../../modules/alert-hub/alarm-events";
import { compileEventPattern } from "../../../signals";
import { expectedMessage } from "../../../lib/support/failure";
import type { AccountClients } from "../account-clients";
import type { NotifiedChange } from "../alarm-message";
import type { AlertHubHop, ForwardingHop, HopEvent, MessageText } from "../hop-event";
import { mailText, subscriberHops, topicHop } from "../notification-hops";
import type { SubscriberDelivery } from "../subscriber-delivery";
import { alarmEvent } from "./alarm-event";
import { type Bus, busOf, busRefusal, targetsOf, whyNoTarget } from "./event-buses";
import { findDetails } from "./details-execution";
import type { ExecutionStore } from "./executions";
import { runStateMachine, taskApi, type Task } from "./state-machine";
import type { Sender, WebhookDelivery } from "./webhook-delivery";

/** Dependencies for routing an alarm's event to subscribers. */
export interface AlertRouteParts {
  readonly clients: Pick<AccountClients, "of">;
  readonly organizationId: string;
  /**
   * What the names of the hub's resources derive from.
   *
   * @default - those of an installation without settings
   */
  readonly names?: NamesSettings | undefined;
  /** Whether the organization has an alert hub: an alarm that does not reach it is then lost. */
  readonly hasAlertHub: boolean;
  readonly subscribers: Pick<SubscriberDelivery, "send">;
  readonly webhooks: Pick<WebhookDelivery, "put">;
  readonly executions: Pick<ExecutionStore, "record">;
  readonly emit: (hop: HopEvent) => void;
}

/**
 * The route of an alarm that goes off through EventBridge: rules of its account's default bus, buses of other accounts,
 * state machines, topics. Of permissions of roles, only those to read an account's events are evaluated.
 */
export class AlertRoute {
  private readonly own: OwnNames;
  /** What the hub receives. It does not receive an alarm that only a composite alarm watches. */
  private readonly meantForHub: ReturnType<typeof compileEventPattern>;

  constructor(private readonly parts: AlertRouteParts) {
    this.own = ownNames(parts.names);
    this.meantForHub = compileEventPattern(raisedAlarmPattern(true, this.own));
  }

  /** Follows an alarm's event to the subscribers. */
  public async follow(change: NotifiedChange): Promise<void> {
    const event = alarmEvent(change);
    // No deployed rule matches the end of other alarms, and reading the rules costs calls.
    if (change.to !== "ALARM" && !this.meantForHub.matches(event)) return;
    for (const bus of await this.forwarded(change, event)) await this.takeIn(bus, change, event);
  }

  /** The event buses of other accounts that take the event. */
  private async forwarded(change: NotifiedChange, event: object): Promise<Bus[]> {
    const { clients, organizationId, hasAlertHub } = this.parts;
    const { account, alarm } = change;
    const home = { account, region: alarm.region, name: "default" };
    const taken: Bus[] = [];
    let found = false;
    for (const { rule, arn, roleArn } of await targetsOf(clients, home, event)) {
      const bus = busOf(arn);
      if (bus === undefined) continue;
      found = true;
      const refusal = await busRefusal(clients, bus, { roleArn, organizationId });
      this.emitHubHop(
        { hop: "forwarding", ...home },
        change,
        `rule ${rule} sends it to event bus ${bus.name}`,
        refusal,
      );
      if (refusal === undefined) taken.push(bus);
    }
    if (!found && hasAlertHub && this.meantForHub.matches(event)) {
      const why = await whyNoTarget(clients, home, (arn) => busOf(arn) !== undefined);
      this.emitHubHop({ hop: "forwarding", ...home }, change, "", why);
    }
    return taken;
  }

  /** From the hub's event bus to its state machine; other targets are not supported. */
  private async takeIn(bus: Bus, change: NotifiedChange, event: object): Promise<void> {
    const { clients } = this.parts;
    const isMachine = (arn: string): boolean => /^arn:aws[a-z-]*:states:/.test(arn);
    const machines = (await targetsOf(clients, bus, event)).filter(({ arn }) => isMachine(arn));
    for (const { arn } of machines) await this.run(arn, change, event);
    if (machines.length > 0) return;
    this.emitHubHop({ hop: "alert hub", ...bus }, change, "", await whyNoTarget(clients, bus, isMachine));
  }

  /** Starts a state machine with the event. */
  private async run(stateMachineArn: string, change: NotifiedChange, event: object): Promise<void> {
    const [, , , region = "", account = "", , name = ""] = stateMachineArn.split(":");
    const clients = this.parts.clients.of(account, region);
    let isEmitted = false;
    const emitOnce = (refusal?: string, does = "creates a message"): void => {
      // A state machine may publish more than once, for example also to the chat.
      if (!isEmitted)
        this.emitHubHop({ hop: "alert hub", account, region }, change, `state machine ${name} ${does}`, refusal);
      isEmitted = true;
    };
    let roleArn = "";
    const task: Task = async (resource, args) => {
      switch (taskApi(resource)) {
        case "sns:publish":
          emitOnce();
          return this.publish(String(args["TopicArn"]), args, change);
        case "events:putEvents":
          emitOnce();
          return this.putEvents(args["Entries"], { account, region, roleArn, at: change.at }, change);
        case "dynamodb:updateItem":
          if (args["TableName"] === this.own.hubNotices) emitOnce(undefined, "collects the notice for the digest");
          return clients.dynamoDb.send(new UpdateItemCommand(args as unknown as UpdateItemCommandInput));
        case "aws-sdk:dynamodb:query":
          return clients.dynamoDb.send(new QueryCommand(args as unknown as QueryCommandInput));
        case "sqs:sendMessage":
          return clients.sqs.send(
            new SendMessageCommand({ QueueUrl: String(args["QueueUrl"]), MessageBody: String(args["MessageBody"]) }),
          );
        case "aws-sdk:sfn:startSyncExecution":
          return findDetails(this.parts, { machineArn: String(args["StateMachineArn"]), input: String(args["Input"]) });
        default:
          throw new Error(`the sandbox does not support the task '${resource}'`);
      }
    };
    try {
      const stored = await clients.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
      const { definition = "{}" } = stored;
      roleArn = stored.roleArn ?? "";
      const start = { stateMachineArn, roleArn, input: event, at: change.at };
      const { reason } = await this.parts.executions.record(start, task, (recorded) =>
        runStateMachine(definition, event, recorded),
      );
      emitOnce(`state machine ${name} sent no notification: ${reason}`);
    } catch (error) {
      emitOnce(`state machine ${name}: ${expectedMessage(error)}`);
    }
  }

  private async publish(
    topicArn: string,
    args: Readonly<Record<string, unknown>>,
    change: NotifiedChange,
  ): Promise<object> {
    const { at } = change;
    const subject = typeof args["Subject"] === "string" ? args["Subject"] : "";
    try {
      const isByProtocol = args["MessageStructure"] === "json";
      const message = { subject, message: String(args["Message"]), isByProtocol, at };
      const deliveries = await this.parts.subscribers.send(topicArn, message);
      const text = mailText(String(args["Message"]), args["MessageStructure"]);
      const notification = this.emitTopicHop(change, topicArn, { message: { subject, text } });
      for (const hop of subscriberHops(notification, subject, deliveries)) this.parts.emit(hop);
      return {};
    } catch (error) {
      this.emitTopicHop(change, topicArn, { refusal: expectedMessage(error) });
      throw error;
    }
  }

  /** To webhooks, which are subscribers without a topic. */
  private async putEvents(entries: unknown, sender: Sender, { at, alarm }: NotifiedChange): Promise<object> {
    const deliveries = await this.parts.webhooks.put(entries, sender);
    const topicArn = arn(sender.region, "events", sender.account, `event-bus/${this.own.webhooks}`);
    for (const hop of subscriberHops({ at, topicArn, alarm: alarm.name }, "", deliveries)) this.parts.emit(hop);
    return {};
  }

  /** Emits a hop event: the alarm reached a topic through the hub, or why it did not. */
  private emitTopicHop(
    { at, alarm }: NotifiedChange,
    topicArn: string,
    { refusal, message }: { readonly refusal?: string; readonly message?: MessageText },
  ) {
    const notification = { at, topicArn, alarm: alarm.name };
    const published = refusal === undefined;
    const name = topicArn.slice(topicArn.lastIndexOf(":") + 1);
    const summary = `${name}: ${published ? "published by the alert hub" : "not published by the alert hub"}`;
    const reason = refusal ?? "the alert hub created a message from the alarm's event";
    this.parts.emit(topicHop(notification, { published, summary, reason, by: "alert hub", message }));
    return notification;
  }

  /** Emits a hop event: the alarm's event passed a hop of the hub, or why it did not. */
  private emitHubHop(
    { hop, account, region }: Pick<ForwardingHop | AlertHubHop, "hop" | "account" | "region">,
    { at, alarm }: NotifiedChange,
    way: string,
    refusal: string | undefined,
  ): void {
    const reason = refusal ?? way;
    const summary = `${alarm.name}: ${reason}`;
    this.parts.emit({ hop, at, account, region, summary, alarm: alarm.name, passes: refusal === undefined, reason });
  }
}
