import { apiCall, iamUser } from "../../detections/example-record";
import type { CloudTrailRecord } from "../../detections/predicate";

/** A call of an intruder, with the parameters that make it theirs; by an IAM user, unless the call says who. */
export interface ReplayedCall {
  /** Service and operation, as CloudTrail writes them, such as `iam:CreateAccessKey`. */
  readonly call: string;
  /** @default null */
  readonly request?: object | null;
  /** @default null */
  readonly response?: object;
  /** Region in which CloudTrail records it. @default the home region */
  readonly region?: string;
  /** @default AwsApiCall */
  readonly eventType?: string;
  /** How often it occurs within five minutes. @default 1 */
  readonly times?: number;
  /** @default none: the call succeeded */
  readonly errorCode?: string;
  /** The caller; account and ARN are of account 111122223333, and are replaced. @default an IAM user */
  readonly by?: object;
  /** Further fields of the record, such as `userAgent`. @default none */
  readonly more?: object;
}

/** The Region of global services. */
export const GLOBAL = "us-east-1";

/** An account that is not of the organization. */
export const STRANGER = "999988887777";

/** The account's number in the builders of records. */
const BUILT_FOR = /111122223333/g;

/** The records that the call leaves behind in the account. */
export function recordsOf(call: ReplayedCall, account: string, homeRegion: string): readonly CloudTrailRecord[] {
  return Array.from({ length: call.times ?? 1 }, () => recordOf(call, account, homeRegion));
}

function recordOf(replayed: ReplayedCall, account: string, homeRegion: string): CloudTrailRecord {
  const [service = "", operation = ""] = replayed.call.split(":");
  const { request = null, response = null, region = homeRegion, eventType = "AwsApiCall", errorCode } = replayed;
  const userIdentity = JSON.stringify(replayed.by ?? iamUser("mallory")).replace(BUILT_FOR, account);
  return apiCall(service, operation, {
    userIdentity: JSON.parse(userIdentity) as object,
    awsRegion: region,
    recipientAccountId: account,
    sourceIPAddress: "203.0.113.7",
    ...{ requestParameters: request, responseElements: response, eventType },
    ...(errorCode === undefined ? {} : { errorCode }),
    ...replayed.more,
  });
}
