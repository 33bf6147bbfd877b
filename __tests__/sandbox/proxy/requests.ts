import type { AwsRequest, AwsResponse } from "../../../sandbox/proxy/http";

/** What a request of a test says; the rest is as an SDK would send it. */
export interface RequestParts {
  readonly service?: string;
  readonly region?: string;
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** The header of a signed request. */
export function authorization(service: string, region = "eu-west-1"): string {
  return `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

/** A signed request. */
export function signed(parts: RequestParts): AwsRequest {
  const { service, region, method = "POST", url = "/", headers = {}, body = "" } = parts;
  const signature = service === undefined ? {} : { authorization: authorization(service, region) };
  return { method, url, headers: { ...signature, ...headers }, body: Buffer.from(body) };
}

/** A call of a JSON protocol. */
export function jsonCall(service: string, operation: string, input: unknown): AwsRequest {
  const headers = { "x-amz-target": `Example_20131101.${operation}`, "content-type": "application/x-amz-json-1.1" };
  return signed({ service, headers, body: JSON.stringify(input) });
}

/** A call of the query protocol. */
export function queryCall(service: string, operation: string, input: Record<string, string> = {}): AwsRequest {
  const body = new URLSearchParams({ Action: operation, Version: "2010-03-31", ...input }).toString();
  return signed({ service, headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" }, body });
}

/** An answer with a JSON object or a text as its body. */
export function answer(body: unknown, status = 200): AwsResponse {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status, headers: { "content-type": "text/plain" }, body: Buffer.from(text) };
}
