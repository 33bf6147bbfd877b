import type { Exchange } from "../../../sandbox/proxy/call";
import type { AwsRequest, AwsResponse } from "../../../sandbox/proxy/http";
import { identify } from "../../../sandbox/proxy/identify";
import { answer } from "../proxy/requests";

/** When the calls of these tests were made. */
export const AT = new Date("2026-01-15T09:30:00.789Z");

/** A call that passed, as the proxy reports it. */
export function exchange(request: AwsRequest, response: AwsResponse = answer({})): Exchange {
  return { call: identify(request), request, response, at: AT };
}

/** The request of a caller with another access key. */
export function by(accessKeyId: string, request: AwsRequest): AwsRequest {
  const { authorization = "" } = request.headers;
  return {
    ...request,
    headers: { ...request.headers, authorization: authorization.replace("AKIAEXAMPLE", accessKeyId) },
  };
}
