import { ownNamesOf } from "../own-names-of";
import { Construct } from "constructs";
import { createHourlyCall } from "../heartbeat/hourly-call";
import { HEARTBEAT_EVENT } from "./alarm-events";

export interface HubHeartbeatProps {
  /** The 12-digit id of the account that sends it. */
  readonly accountId: string;

  /** Region of the schedule and of the hub: the home region. */
  readonly region: string;

  /** ARN of the hub's event bus. */
  readonly busArn: string;
}

/**
 * An hourly event on the hub's bus, from another account as alarms are: it passes the bus, its policy, the rule and the
 * state machine, whose successful executions an alarm in the hub's account counts.
 */
export class HubHeartbeat extends Construct {
  constructor(scope: Construct, id: string, { accountId, region, busArn }: HubHeartbeatProps) {
    super(scope, id);
    const own = ownNamesOf(this);
    const { source: Source, detailType: DetailType } = HEARTBEAT_EVENT;
    createHourlyCall(this, {
      name: own.hubHeartbeat,
      description: "Trailwatch: proves each hour that events pass through the alert hub",
      accountId,
      region,
      permission: {
        name: "put-events",
        statement: { Sid: "PutEventsAtHub", Effect: "Allow", Action: "events:PutEvents", Resource: busArn },
      },
      // Parameters in the form of AWS's SDK for Java 2. Source: EventBridge Scheduler User Guide, "Universal targets".
      call: "eventbridge:putEvents",
      input: { Entries: [{ Source, DetailType, Detail: "{}", EventBusName: busArn }] },
    });
  }
}
