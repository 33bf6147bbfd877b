import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** One request to an AWS service, read to its end, so that the proxy can identify and change it. */
export interface AwsRequest {
  readonly method: string;
  /** Path and query string as sent, undecoded. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One complete response. */
export interface AwsResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/** Passes a request on and resolves with its answer. */
export type Send = (request: AwsRequest) => Promise<AwsResponse>;

/** Headers that belong to one connection only (RFC 9110, 7.6.1). */
const PER_CONNECTION = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
]);

/** The end-to-end headers, which are passed on. */
export function endToEndHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !PER_CONNECTION.has(name)) kept[name] = value;
  }
  return kept;
}

/** Reads a message's body to its end. */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** One header's value; the first where it was sent several times. */
export function header(request: AwsRequest, name: string): string {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? "";
}

/** The request's path without the query string, and the query's parameters. */
export function target(request: AwsRequest): { path: string; query: URLSearchParams } {
  const mark = request.url.indexOf("?");
  return mark < 0
    ? { path: request.url, query: new URLSearchParams() }
    : { path: request.url.slice(0, mark), query: new URLSearchParams(request.url.slice(mark + 1)) };
}
