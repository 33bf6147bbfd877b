import { randomUUID } from "node:crypto";
import {
  CreateLogStreamCommand,
  type InputLogEvent,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
} from "@aws-sdk/client-cloudwatch-logs";
import type { DeployedFeed, TrailEvent } from "../../signals";
import type { AccountClients } from "./account-clients";
import { Batcher } from "./batcher";

/** The most events of one PutLogEvents call. Source: CloudWatch Logs API. */
const MOST_EVENTS = 10_000;

/** Writes into log groups as trails and EventBridge rules do, creating their streams. */
export class LogWriter {
  private readonly streams = new Map<string, Batcher<InputLogEvent>>();
  /** EventBridge names its streams at random, and continues with the same one for a while. */
  private readonly eventBridgeStream = randomUUID();

  constructor(
    private readonly clients: Pick<AccountClients, "of">,
    private readonly organizationId: string,
  ) {}

  /** Resolves once the event is in the log group; rejects when there is no such group. */
  public write(feed: DeployedFeed, event: TrailEvent): Promise<void> {
    const { message } = feed.envelope ? event.asEnvelope : event.asRecord;
    const stream = this.streamOf(feed, event);
    const key = [feed.account.id, feed.region, feed.logGroup, stream].join("\n");
    const batcher = this.streams.get(key) ?? this.open(feed, stream);
    this.streams.set(key, batcher);
    return batcher.add({ timestamp: event.record.time, message });
  }

  /**
   * A trail's stream is named after the account and region of its events. For an organization trail, the organization's
   * id comes first.
   */
  private streamOf({ source }: DeployedFeed, { account: from, record }: TrailEvent): string {
    if (source.kind === "rule") return this.eventBridgeStream;
    const organization = source.trail.isOrganizationTrail ? `${this.organizationId}_` : "";
    return `${organization}${from}_CloudTrail_${record.region}`;
  }

  private open({ account, region, logGroup }: DeployedFeed, logStreamName: string): Batcher<InputLogEvent> {
    const { logs } = this.clients.of(account.id, region);
    let created = false;
    return new Batcher(MOST_EVENTS, async (logEvents) => {
      if (!created)
        await createStream(() => logs.send(new CreateLogStreamCommand({ logGroupName: logGroup, logStreamName })));
      created = true;
      logEvents.sort((one, other) => (one.timestamp ?? 0) - (other.timestamp ?? 0));
      try {
        await logs.send(new PutLogEventsCommand({ logGroupName: logGroup, logStreamName, logEvents }));
      } catch (error) {
        // The group may have been deleted and created again.
        created = false;
        throw error;
      }
    });
  }
}

async function createStream(create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  }
}
