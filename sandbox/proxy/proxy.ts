import type { Exchange } from "./call";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { refusalOf } from "../../lib/web/request-guard";
import { expectedMessage, failureText, isInternal } from "../../lib/support/failure";
import type { Call } from "./call";
import { forwardTo } from "./forward";
import { readBody, target, type AwsRequest, type AwsResponse, type Send } from "./http";
import { identify } from "./identify";
import { internalErrorResponse, finalError, isMotoFailure, unreachableResponse, type LastWords } from "./moto-failure";
import { inPathStyle } from "./path-style";
import type { Shim } from "./shim";
import { shimFor } from "./shims";

/** Settings of a proxy. */
export interface ProxyOptions {
  /** The local AWS behind it: its base URL, or a function that sends requests to it. */
  readonly upstream: string | Send;
  readonly shims: readonly Shim[];
  /**
   * Port on the loopback interface.
   *
   * @default - a free one
   */
  readonly port?: number;
  /**
   * The last log output of the local AWS, to distinguish a call that it lacks from one that failed.
   *
   * @default - nothing is known
   */
  readonly lastWords?: LastWords;
  /**
   * The time of a call, in milliseconds since 1970.
   *
   * @default - that of this machine
   */
  readonly now?: () => number;
  /**
   * Answers requests that are not AWS calls, such as the links in mails; undefined for all others.
   *
   * @default - every request is an AWS call
   */
  readonly page?: (request: AwsRequest) => Promise<AwsResponse | undefined>;
  /**
   * Awaited before a call that may change something is passed on.
   *
   * @default - calls are passed on at once
   */
  readonly beforeChange?: (call: Call, request: AwsRequest) => Promise<void>;
  /**
   * Called for each AWS call after it is answered.
   *
   * @default - not called
   */
  readonly onCall?: (exchange: Exchange) => void;
  /**
   * Receives a bug in our code that a request triggers. The client does not see it.
   *
   * @default - it is lost
   */
  readonly onBug?: (error: unknown) => void;
}

/** A running proxy. */
export interface Proxy {
  /** Where AWS clients send their calls. */
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the proxy: every AWS call of the sandbox passes here, is identified, and is corrected by a shim where
 * necessary.
 */
export async function openProxy(options: ProxyOptions): Promise<Proxy> {
  const { upstream } = options;
  const send = typeof upstream === "string" ? forwardTo(upstream) : upstream;
  const server = createServer((incoming, outgoing) => {
    const { port } = server.address() as AddressInfo;
    const refusal = refusalOf(incoming, { port, callers: "programs", subdomains: true });
    if (refusal !== undefined) {
      // The rest of the request is not read.
      outgoing.writeHead(403, { "content-type": "text/plain; charset=utf-8", connection: "close" });
      outgoing.end(`sandbox: ${refusal}`);
      return;
    }
    serve(incoming, outgoing, send, options).catch((error: unknown) => {
      if (isInternal(error)) options.onBug?.(error);
      // Otherwise the client disconnected, or sent half a request: there is no client to answer.
      outgoing.destroy(error instanceof Error ? error : undefined);
    });
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => close(server) };
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  send: Send,
  options: ProxyOptions,
): Promise<void> {
  const at = new Date((options.now ?? Date.now)());
  const received: AwsRequest = {
    method: incoming.method ?? "GET",
    url: incoming.url ?? "/",
    headers: incoming.headers,
    body: await readBody(incoming),
  };
  const page = await options.page?.(received);
  if (page !== undefined) {
    outgoing.writeHead(page.status, page.headers).end(page.body);
    return;
  }
  if (isMotoOwn(received)) {
    outgoing.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
    outgoing.end("sandbox: not part of the AWS API");
    return;
  }
  const request = inPathStyle(received);
  const call = identify(request);
  if (!isRead(call) && isOfBrowser(request)) {
    outgoing.writeHead(403, { "content-type": "text/plain; charset=utf-8" });
    outgoing.end("sandbox: calls from a browser must not change anything; use the AWS CLI");
    return;
  }
  if (!isRead(call)) await options.beforeChange?.(call, request);
  const response = await answer(request, call, send, options);
  outgoing.writeHead(response.status, { ...withoutCors(response.headers), ...contentLength(request, response) });
  outgoing.end(request.method === "HEAD" ? undefined : response.body);
  options.onCall?.({ call, request, response, at });
}

const READ_AGAIN = 3;

/** moto's own pages, which show all data and empty all services; moto finds them by the decoded path. */
function isMotoOwn(request: AwsRequest): boolean {
  const path = target(request).path.replace(/%[0-9a-f]{2}/gi, (escape) =>
    String.fromCharCode(parseInt(escape.slice(1), 16)),
  );
  return /^\/+moto-api/.test(path);
}

/** A bucket may have rules that let pages of other origins read it; the sandbox allows none. */
function withoutCors(headers: AwsResponse["headers"]): AwsResponse["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^access-control-/i.test(name)));
}

/**
 * Whether a browser sent the request. An address that a person opens is not sent by a page, but a site opened this way
 * may redirect to a call: the caller's access key can be in the query, and the local AWS accepts any signature.
 */
function isOfBrowser({ headers }: AwsRequest): boolean {
  return headers["sec-fetch-site"] !== undefined;
}

function isRead(call: Call): boolean {
  return /^(Describe|Get|Head|List)/.test(call.operation);
}

async function answer(request: AwsRequest, call: Call, send: Send, options: ProxyOptions): Promise<AwsResponse> {
  const shim = shimFor(options.shims, call);
  try {
    const attempt = () => (shim === undefined ? send(request) : shim.answer(request, send, call));
    let response = await attempt();
    // moto's threads change what another one lists ("dictionary changed size during iteration"): a read may be retried.
    for (let again = 0; again < READ_AGAIN && isRead(call) && isMotoFailure(response); again++)
      response = await attempt();
    return isMotoFailure(response)
      ? await finalError(call, response, options.lastWords ?? (() => Promise.resolve("")))
      : response;
  } catch (error) {
    return isInternal(error)
      ? internalErrorResponse(call, failureText(error))
      : unreachableResponse(call, expectedMessage(error));
  }
}

/** A shim may have changed the body; the answer to HEAD gives the length of a body that isn't sent. */
function contentLength(request: AwsRequest, response: AwsResponse): { "content-length"?: number } {
  return request.method === "HEAD" || response.status === 204 ? {} : { "content-length": response.body.length };
}

function listen(server: Server, port: number): Promise<void> {
  // Go's HTTP client reuses connections for longer than Node's five seconds, and would use closed ones.
  server.keepAliveTimeout = 120_000;
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "EADDRINUSE"
          ? new Error(`port ${port} is in use: set another one with --port, or omit --port to use a free one`)
          : error,
      );
    });
    server.listen(port, "127.0.0.1", resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
