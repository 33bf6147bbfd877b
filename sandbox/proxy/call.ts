import type { AwsRequest, AwsResponse } from "./http";

/** Wire formats of the AWS APIs; an error has a shape of its own in each. */
export type Protocol = "json" | "query" | "cbor" | "rest-xml" | "rest-json";

/** Which API call a request is, in the words of AWS's API references. */
export interface Call {
  /** Name that signs the request: `cloudtrail`, `monitoring`, `s3`. CloudTrail's event source is mostly `<it>.amazonaws.com`. */
  readonly service: string;
  readonly region: string;
  /** `CreateTrail`; `<method> <path>` where the operation cannot be identified. */
  readonly operation: string;
  /** Who calls: access key id, empty for an unsigned call. */
  readonly accessKeyId: string;
  readonly protocol: Protocol;
}

/** How people and policies name a call: `cloudtrail:LookupEvents`. */
export function nameOf(call: Call): string {
  return `${call.service}:${call.operation}`;
}

/** One API call that passed, with what was answered. */
export interface Exchange {
  readonly call: Call;
  readonly request: AwsRequest;
  readonly response: AwsResponse;
  readonly at: Date;
}
