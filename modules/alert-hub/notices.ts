import { ownNamesOf } from "../own-names-of";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { createHourlyCall } from "../heartbeat/hourly-call";
import { DIGEST_EVENT, type NoticesDigest } from "./digest-states";

export interface NoticesProps {
  /** When the digest is sent, in UTC: `07:00`. */
  readonly time: string;

  /** The 12-digit id of the hub's account. */
  readonly accountId: string;

  /** Region of the hub. */
  readonly region: string;

  /** ARN of the hub's event bus. */
  readonly busArn: string;

  /** ARN of the customer managed key that encrypts the table: items contain names of principals and resources. */
  readonly keyArn: string | undefined;
}

/**
 * The table that collects notices, and the schedule of their digest, which starts the state machine by an event on the
 * hub's bus, as alarms do.
 */
export class Notices extends Construct {
  /** What the state machine needs. */
  public readonly digest: NoticesDigest;

  constructor(scope: Construct, id: string, { time, accountId, region, busArn, keyArn }: NoticesProps) {
    super(scope, id);
    const own = ownNamesOf(this);
    const table = new DynamodbTable(this, "table", {
      name: own.hubNotices,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "digestWindow",
      rangeKey: "alarmKey",
      attribute: [
        { name: "digestWindow", type: "S" },
        { name: "alarmKey", type: "S" },
      ],
      ttl: { enabled: true, attributeName: "expiresAt" },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
      ...(keyArn === undefined ? {} : { serverSideEncryption: { enabled: true, kmsKeyArn: keyArn } }),
    });
    const [hours = "0", minutes = "0"] = time.split(":");
    const { source: Source, detailType: DetailType } = DIGEST_EVENT;
    createHourlyCall(this, {
      name: own.hubDigest,
      description: "Trailwatch: sends the digest of notices",
      accountId,
      region,
      permission: {
        name: "put-events",
        statement: { Sid: "PutEventsAtHub", Effect: "Allow", Action: "events:PutEvents", Resource: busArn },
      },
      call: "eventbridge:putEvents",
      schedule: `cron(${Number(minutes)} ${Number(hours)} * * ? *)`,
      input: { Entries: [{ Source, DetailType, Detail: "{}", EventBusName: busArn }] },
    });
    this.digest = { table: table.name, time };
  }
}
