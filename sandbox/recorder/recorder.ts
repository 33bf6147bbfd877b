import { globalArn } from "../../lib/aws/partitions";
import { randomUUID } from "node:crypto";
import type { Exchange } from "../proxy/call";
import type { RecordJson } from "../signal-path/hop-event";
import { accountOf, foreignAccount, iamUserCaller, type Caller } from "./caller";
import { Callers, type Success } from "./callers";
import { kindOf } from "./event-kind";
import { nestedText } from "./fields";
import { failureOf } from "./outcome";
import { createRecord, type View } from "./record";
import { resourcesOf, type Resource } from "./resources";
import { s3Target } from "./s3-input";
import { requestInput, responseOutput } from "./wire";

/** The identity that moto uses for a key pair that it did not issue. */
const MOTO_USER = globalArn("us-east-1", "iam", "123456789012", "user/moto");

/** Options of a recorder. */
export interface RecorderOptions {
  /**
   * ARN of the IAM user for a key that no call issued, such as the sandbox's own credentials.
   *
   * @default - moto's, in the account that moto uses as its own
   */
  readonly strangerArn?: string;
}

/**
 * Writes the CloudTrail records of the calls that pass the proxy. It learns from these calls whose access keys are
 * whose. Source: CloudTrail User Guide, "CloudTrail record contents", and real records.
 */
export class Recorder {
  private readonly callers: Callers;
  private readonly bucketOwners = new Map<string, string>();

  public constructor({ strangerArn = MOTO_USER }: RecorderOptions = {}) {
    this.callers = new Callers(iamUserCaller(strangerArn));
  }

  /**
   * The records of one call. A call that CloudTrail does not record has none. Other calls have one in the caller's
   * account, and a second one in the account of the role or bucket if that is another.
   */
  public record(exchange: Exchange): readonly RecordJson[] {
    const { call } = exchange;
    const failure = failureOf(exchange);
    // A call that the local AWS does not implement is not an AWS call.
    if (failure?.errorCode.startsWith("Sandbox") === true) return [];
    const input = requestInput(exchange);
    const output = failure === undefined ? responseOutput(exchange) : {};
    if (failure === undefined) this.learn({ call, input, output, at: exchange.at }, exchange);

    const kind = kindOf(call);
    if (kind === "not recorded") return [];
    const caller = call.accessKeyId === "" ? federated(call.operation, input) : this.callers.of(call.accessKeyId);
    const owners = { account: caller.account, ownerOfBucket: (bucket: string) => this.bucketOwners.get(bucket) };
    const resources = failure?.errorCode === "NoSuchBucket" ? [] : resourcesOf({ exchange, input, output, ...owners });
    const observed = { exchange, input, output, failure, resources, kind };
    // CloudTrail does not record a refused role in the role's account, but records refused S3 calls for the bucket's
    // owner.
    const hasOwnerRecord = failure === undefined || call.service === "s3";
    return views(caller, call.accessKeyId, hasOwnerRecord ? resources : []).map((view) => createRecord(observed, view));
  }

  private learn(success: Success, { request }: Exchange): void {
    this.callers.learn(success);
    if (success.call.service !== "s3") return;
    const { bucket = "" } = s3Target(request);
    const { operation, accessKeyId } = success.call;
    if (operation === "CreateBucket") this.bucketOwners.set(bucket, this.callers.of(accessKeyId).account);
    if (operation === "DeleteBucket") this.bucketOwners.delete(bucket);
  }
}

/** The accounts in whose trails a call is recorded: the caller's, and the owner's of the called resource. */
function views(caller: Caller, accessKeyId: string, resources: readonly Resource[]): View[] {
  const userIdentity = accessKeyId === "" ? caller.identity : withKey(caller, accessKeyId);
  const own = { userIdentity, recipientAccountId: caller.account };
  const owner = resources.find(({ accountId }) => accountId !== undefined && accountId !== caller.account)?.accountId;
  if (owner === undefined) return [own];
  const sharedEventID = randomUUID();
  return [
    { ...own, sharedEventID },
    { userIdentity: foreignAccount(caller), recipientAccountId: owner, sharedEventID },
  ];
}

/** The key comes after the account, as in real records. */
function withKey({ identity }: Caller, accessKeyId: string): Caller["identity"] {
  const { userName, sessionContext, ...first } = identity;
  return {
    ...first,
    accessKeyId,
    userName,
    sessionContext,
  };
}

/** A caller with an identity elsewhere but no AWS credentials yet: recorded in the account of the role. */
function federated(operation: string, input: Success["input"]): Caller {
  const type = operation === "AssumeRoleWithSAML" ? "SAMLUser" : "WebIdentityUser";
  return { account: accountOf(nestedText(input, "RoleArn") ?? ""), identity: { type } };
}
