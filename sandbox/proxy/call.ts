import type { AwsRequest, AwsResponse } from "./http";

/** Wire formats of the AWS APIs; each has its own error format. */
export type Protocol = "json" | "query" | "cbor" | "rest-xml" | "rest-json";

/** The API call of a request, with the names of AWS's API references. */
export interface Call {
  /**
   * The service's signing name: `cloudtrail`, `monitoring`, `s3`. CloudTrail's event source is mostly
   * `<it>.amazonaws.com`.
   */
  readonly service: string;
  readonly region: string;
  /** `CreateTrail`; `<method> <path>` where the operation cannot be identified. */
  readonly operation: string;
  /** Who calls: access key id, empty for an unsigned call. */
  readonly accessKeyId: string;
  readonly protocol: Protocol;
}

/** The name of a call for people and policies: `cloudtrail:LookupEvents`. */
export function callName(call: Call): string {
  return `${call.service}:${call.operation}`;
}

/** One API call that passed, with its response. */
export interface Exchange {
  readonly call: Call;
  readonly request: AwsRequest;
  readonly response: AwsResponse;
  readonly at: Date;
}
