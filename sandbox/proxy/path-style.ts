import { header, target, type AwsRequest } from "./http";
import { identify } from "./identify";
import { isOfAccount } from "./s3-operations";

/** The name that a client puts before `localhost`. */
const NAME_AHEAD = /^(.+)\.(localhost(?::\d+)?)$/i;

/**
 * An S3 request with its bucket in the path, where everything in the sandbox expects it. The SDKs and the AWS CLI put
 * the bucket's name before the endpoint's host unless that is an IP address: `bucket.localhost`. S3 Control puts the
 * account's id there, which it repeats in a header. Any other request is unchanged.
 */
export function inPathStyle(request: AwsRequest): AwsRequest {
  const [, name, host] = NAME_AHEAD.exec(header(request, "host")) ?? [];
  if (name === undefined || host === undefined || identify(request).service !== "s3") return request;
  const url = isOfAccount(target(request).path) ? request.url : `/${name}${request.url}`;
  return { ...request, url, headers: { ...request.headers, host } };
}
