import { DescribeStateMachineCommand } from "@aws-sdk/client-sfn";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { messageOf } from "../../message-of";
import type { AccountClients } from "../account-clients";
import type { NotifiedChange } from "../alarm-message";
import type { HopEvent } from "../hop-event";
import { subscriberHops, topicHop } from "../notification-hops";
import type { Subscribers } from "../subscribers";
import { alarmEvent } from "./alarm-event";
import { busOf, busRefusal, targetsOf } from "./event-buses";
import { runStateMachine } from "./state-machine";

/** What it needs to bring an alarm's event to people. */
export interface AlertRouteParts {
  readonly clients: Pick<AccountClients, "of">;
  readonly organizationId: string;
  readonly subscribers: Pick<Subscribers, "send">;
  readonly emit: (hop: HopEvent) => void;
}

/**
 * The way of an alarm that goes off through EventBridge: rules of its account's default bus, buses of other accounts,
 * state machines, topics. What roles may do is not judged.
 */
export class AlertRoute {
  constructor(private readonly parts: AlertRouteParts) {}

  /** Follows an alarm's event to the subscribers. */
  public async follow(change: NotifiedChange): Promise<void> {
    // Nothing is deployed that listens for the end of an alarm, and looking costs calls.
    if (change.to !== "ALARM") return;
    const { clients, organizationId } = this.parts;
    const event = alarmEvent(change);
    const home = { account: change.account, region: change.alarm.region, name: "default" };
    for (const { Arn = "", RoleArn: roleArn } of await targetsOf(clients, home, event)) {
      const bus = busOf(Arn);
      if (bus === undefined) continue;
      const refusal = await busRefusal(clients, bus, { roleArn, organizationId });
      if (refusal !== undefined) {
        this.tell(change, Arn, refusal);
        continue;
      }
      for (const target of await targetsOf(clients, bus, event)) await this.run(target.Arn ?? "", event, change);
    }
  }

  /** Starts a state machine with the event; another target is not known here. */
  private async run(stateMachineArn: string, event: object, change: NotifiedChange): Promise<void> {
    const [, , service, region = "", account = ""] = stateMachineArn.split(":");
    if (service !== "states") return;
    const clients = this.parts.clients.of(account, region);
    const { definition = "{}" } = await clients.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    await runStateMachine(definition, event, async (resource, args) => {
      switch (resource) {
        case "arn:aws:states:::sns:publish":
          return this.publish(String(args["TopicArn"]), args, change);
        case "arn:aws:states:::sqs:sendMessage":
          return clients.sqs.send(
            new SendMessageCommand({ QueueUrl: String(args["QueueUrl"]), MessageBody: String(args["MessageBody"]) }),
          );
        default:
          throw new Error(`the sandbox knows no task '${resource}'`);
      }
    });
  }

  private async publish(
    topicArn: string,
    args: Readonly<Record<string, unknown>>,
    change: NotifiedChange,
  ): Promise<object> {
    const { at } = change;
    const subject = typeof args["Subject"] === "string" ? args["Subject"] : "";
    try {
      const message = { subject, message: String(args["Message"]), at };
      const deliveries = await this.parts.subscribers.send(topicArn, message);
      const notification = this.tell(change, topicArn, undefined);
      for (const hop of subscriberHops(notification, subject, deliveries)) this.parts.emit(hop);
      return {};
    } catch (error) {
      this.tell(change, topicArn, messageOf(error));
      throw error;
    }
  }

  /** Tells that the alarm came to a topic by the hub, or why it came no further. */
  private tell({ at, alarm }: NotifiedChange, topicArn: string, refusal: string | undefined) {
    const notification = { at, topicArn, alarm: alarm.name };
    const published = refusal === undefined;
    const name = topicArn.slice(topicArn.lastIndexOf(":") + 1);
    const summary = `${name}: ${published ? "published by the alert hub" : "not published by the alert hub"}`;
    const reason = refusal ?? "the alert hub made a message of the alarm's event";
    this.parts.emit(topicHop(notification, { published, summary, reason, by: "alert hub" }));
    return notification;
  }
}
