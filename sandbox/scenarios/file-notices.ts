import { ownNames } from "../../lib/naming/own-names";
import { gunzipSync } from "node:zlib";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createClient, LOCAL_AWS } from "../../lib/aws/client";
import { MANAGEMENT_CREDENTIALS } from "../environment";
import type { Mail } from "../mailbox/mailbox";
import type { Sandbox } from "../sandbox";
import type { HopEvent } from "../signal-path/hop-event";

/** CloudTrail's message about a delivered file. */
interface Notice {
  readonly s3Bucket: string;
  readonly s3ObjectKey: readonly string[];
}

/** CloudTrail's own notifications. Each names a file and contains nothing of its content. */
export class FileNotices {
  /** How many were delivered. */
  public readonly count: number;

  constructor(
    private readonly sandbox: Sandbox,
    hops: readonly HopEvent[],
  ) {
    const topic = ownNames(sandbox.organization.names).logFilesTopic;
    this.count = hops.filter(
      (hop) => hop.hop === "subscriber" && hop.delivered && isLogFiles(hop.topicArn, topic),
    ).length;
  }

  /**
   * The first mail that names a file with an event. Each file is fetched, unpacked and searched, as a recipient would
   * have to do.
   */
  public async firstWith(eventId: string): Promise<Mail | undefined> {
    const { endpoint, organization, mailbox } = this.sandbox;
    const s3 = createClient(S3Client, {
      ...LOCAL_AWS,
      endpoint,
      region: organization.homeRegion,
      credentials: MANAGEMENT_CREDENTIALS,
    });
    try {
      for (const mail of mailbox.messages()) {
        const notice = noticeIn(mail);
        for (const Key of notice?.s3ObjectKey ?? []) {
          const { Body } = await s3.send(new GetObjectCommand({ Bucket: notice?.s3Bucket, Key }));
          const file = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString("utf8");
          if (file.includes(eventId)) return mail;
        }
      }
      return undefined;
    } finally {
      s3.destroy();
    }
  }
}

function isLogFiles(topicArn: string, topic: string): boolean {
  return topicArn.endsWith(`:${topic}`);
}

function noticeIn({ text }: Mail): Notice | undefined {
  const json = /^\{"s3Bucket".*\}$/m.exec(text)?.[0];
  return json === undefined ? undefined : (JSON.parse(json) as Notice);
}
