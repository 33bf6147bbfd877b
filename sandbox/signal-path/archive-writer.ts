import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { TrailEvent } from "../../signals";
import { isInternal } from "../../lib/support/failure";
import type { AccountClients } from "./account-clients";
import { digestFileKey, logFile, logFileKey, type FilePlace } from "./archive-file";
import type { LiveTrail } from "./deployed/deployed-account";
import { type DeliveredFile, type Digest, digestMetadata, DigestWriter } from "./digest";
import type { FileDelivered } from "./file-notice";
import type { TrailDeliveries } from "./trail-deliveries";

/** Called for each delivered log file. */
export type OnFile = (file: FileDelivered) => Promise<void>;

interface Waiting {
  readonly place: FilePlace;
  readonly owner: string;
  readonly messages: string[];
  oldest: number;
  newest: number;
  readonly delivered: PromiseWithResolve;
}

interface PromiseWithResolve {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

interface Chain {
  readonly place: FilePlace;
  readonly owner: string;
  files: DeliveredFile[];
  from: number;
  previous: Digest | undefined;
}

/** Puts records into the buckets of trails as log files, and digests of these files. */
export class ArchiveWriter {
  private waiting = new Map<string, Waiting>();
  private readonly chains = new Map<string, Chain>();
  private readonly digests = new DigestWriter();

  constructor(
    private readonly clients: Pick<AccountClients, "of">,
    private readonly organizationId: string,
    private readonly deliveries: TrailDeliveries,
    private readonly onFile: OnFile,
  ) {}

  /**
   * Takes a record for a trail of an account. Resolves once the file with the record was delivered, or delivery failed.
   */
  public add(owner: string, trail: LiveTrail, { record, account, asRecord }: TrailEvent): Promise<void> {
    const { region, time } = record;
    const key = [trail.arn, account, region].join("\n");
    const place = { trail, organizationId: this.organizationId, account, region };
    const file = this.waiting.get(key) ?? { place, owner, messages: [], oldest: time, newest: time, delivered: open() };
    this.waiting.set(key, file);
    file.messages.push(asRecord.message);
    file.oldest = Math.min(file.oldest, time);
    file.newest = Math.max(file.newest, time);
    return file.delivered.promise;
  }

  /** Delivers a file for every account and region that has records. */
  public async deliverFiles(now: number): Promise<void> {
    const { waiting } = this;
    this.waiting = new Map();
    await Promise.all([...waiting].map(([key, file]) => this.deliverFile(key, file, now)));
  }

  /** Delivers a digest of the files since the last one, where there are any. */
  public async deliverDigests(now: number): Promise<void> {
    await Promise.all([...this.chains.values()].map((chain) => this.deliverDigest(chain, now)));
  }

  private async deliverFile(chainKey: string, { place, owner, messages, delivered, ...times }: Waiting, now: number) {
    const { trail } = place;
    const { oldest, newest } = times;
    const key = logFileKey(place, now);
    const content = logFile(messages);
    try {
      await this.put({ place, owner }, { key, content });
      this.deliveries.note(trail.arn, "file", now);
      if (trail.validatesFiles) {
        const chain = this.chains.get(chainKey) ?? { place, owner, files: [], from: now, previous: undefined };
        this.chains.set(chainKey, chain);
        chain.files.push({ key, content, oldest, newest });
      }
      await this.onFile({ owner, trail, key, at: now });
    } catch (error) {
      this.deliveries.note(trail.arn, "file", now, nameOf(error));
    } finally {
      delivered.resolve();
    }
  }

  private async deliverDigest(chain: Chain, now: number): Promise<void> {
    const { place, files, from, previous } = chain;
    if (files.length === 0) return;
    const { trail } = place;
    const digest = this.digests.write({ place, key: digestFileKey(place, now), from, to: now, files, previous });
    Object.assign(chain, { files: [], from: now, previous: digest });
    try {
      await this.put(chain, digest, digestMetadata(digest));
      this.deliveries.note(trail.arn, "digest", now);
    } catch (error) {
      this.deliveries.note(trail.arn, "digest", now, nameOf(error));
    }
  }

  private async put(
    { place: { trail }, owner }: Pick<Chain, "place" | "owner">,
    { key, content }: Pick<DeliveredFile, "key" | "content">,
    Metadata: Record<string, string> = {},
  ): Promise<void> {
    const { s3 } = this.clients.of(owner, trail.region);
    const encryption =
      trail.kmsKeyId === undefined ? {} : ({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: trail.kmsKeyId } as const);
    await s3.send(
      new PutObjectCommand({
        Bucket: trail.bucket,
        Key: key,
        Body: content,
        Metadata,
        ...encryption,
        ContentType: "application/json",
        ContentEncoding: "gzip",
      }),
    );
  }
}

/** CloudTrail shows S3's error code, such as `NoSuchBucket`. Source: CloudTrail API, GetTrailStatus. */
function nameOf(error: unknown): string {
  if (isInternal(error)) throw error;
  return (error as Error).name;
}

function open(): PromiseWithResolve {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((given) => {
    resolve = given;
  });
  return { promise, resolve };
}
