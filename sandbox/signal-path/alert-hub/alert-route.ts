import { DescribeStateMachineCommand } from "@aws-sdk/client-sfn";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { messageOf } from "../../message-of";
import type { AccountClients } from "../account-clients";
import type { NotifiedChange } from "../alarm-message";
import { deliverySummary } from "../file-notice";
import type { HopEvent } from "../hop-event";
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
    const { at, alarm } = change;
    const subject = typeof args["Subject"] === "string" ? args["Subject"] : "";
    try {
      const message = { subject, message: String(args["Message"]), at };
      const deliveries = await this.parts.subscribers.send(topicArn, message);
      const { account, region } = this.tell(change, topicArn, undefined);
      for (const delivery of deliveries) {
        const summary = deliverySummary(delivery);
        this.parts.emit({
          hop: "subscriber",
          at,
          account,
          region,
          summary,
          topicArn,
          subject,
          alarm: alarm.name,
          ...delivery,
        });
      }
      return {};
    } catch (error) {
      this.tell(change, topicArn, messageOf(error));
      throw error;
    }
  }

  /** Tells that the alarm came to a topic by the hub, or why it came no further. */
  private tell({ at, alarm }: NotifiedChange, arn: string, refusal: string | undefined) {
    const [, , , region = "", account = "", name = arn] = arn.split(":");
    this.parts.emit({
      hop: "topic",
      at,
      account,
      region,
      summary: `${name}: ${refusal === undefined ? "published by the alert hub" : "not published by the alert hub"}`,
      topicArn: arn,
      alarm: alarm.name,
      published: refusal === undefined,
      by: "alert hub",
      reason: refusal ?? "the alert hub made a message of the alarm's event",
    });
    return { account, region };
  }
}
