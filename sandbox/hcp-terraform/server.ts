import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { failureText } from "../../lib/support/failure";
import { refusalOf } from "../../lib/web/request-guard";
import type { Tokens } from "./tokens";
import type { Certificate } from "./certificate";
import { ApiError, MEDIA_TYPE, unprocessable } from "./json-api";
import { type ApiAnswer, type ApiRequest, type Route, routeFor } from "./route";

/** Of configurations and states. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Clients read these from any answer. Source: HCP Terraform, "API changelog"; Terraform's `cloud` block needs 2.5. */
const HEADERS = { "TFP-API-Version": "2.6", "TFP-AppName": "HCP Terraform", "Cache-Control": "no-store" };

/** Opens the server; its routes are set when its address is known. */
export async function openServer(certificate: Certificate, port: number): Promise<Server> {
  const server = createServer({ key: certificate.key, cert: certificate.cert });
  // Go's HTTP client reuses connections for longer than Node's five seconds, and would use closed ones.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new Error(`port ${port} is in use: set another one`) : error);
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  return server;
}

/** Answers requests with these routes; any other call with an error that names it. */
export function serveRoutes(
  server: Server,
  { routes, tokens, onBug }: { routes: readonly Route[]; tokens: Tokens; onBug: (error: unknown) => void },
): void {
  const { port } = server.address() as AddressInfo;
  server.on("request", (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const refusal = refusalOf(incoming, { port, callers: "programs" });
    if (refusal !== undefined) {
      send(outgoing, new ApiError(403, "forbidden", refusal));
      incoming.resume();
      return;
    }
    answer(incoming, routes, tokens)
      .catch((error: unknown) => {
        if (error instanceof ApiError) return error;
        onBug(error);
        return new ApiError(500, "internal error", failureText(error));
      })
      .then((result) => {
        send(outgoing, result);
      })
      .catch(onBug);
  });
}

async function answer(incoming: IncomingMessage, routes: readonly Route[], tokens: Tokens): Promise<ApiAnswer> {
  const { method = "GET" } = incoming;
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "https://localhost");
  const path = pathname.length > 1 ? pathname.replace(/\/$/, "") : pathname;
  const body = await read(incoming);
  const caller = tokens.ownerOf(incoming.headers.authorization ?? "");
  const found = routeFor(routes, method, path);
  if (caller.by === "unknown" && found?.route.isOpen !== true)
    throw new ApiError(401, "unauthorized", "a valid token is needed in the header 'Authorization: Bearer …'");
  // Not 501: clients repeat what fails with 5xx, and take 404 for a missing resource.
  if (found === undefined)
    throw new ApiError(400, "not implemented", `The stand-in for HCP Terraform does not implement ${method} ${path}`);
  const { parameters, route } = found;
  return route.answer({ method, path, query: searchParams, parameters, body, json: () => parsed(body), caller });
}

function parsed(body: ApiRequest["body"]): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw unprocessable("the body must be JSON");
  }
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) throw new ApiError(413, "too large", `a body may have ${MOST_BYTES} bytes`);
  }
  return Buffer.concat(chunks);
}

function send(outgoing: ServerResponse, result: ApiAnswer | ApiError): void {
  if (result instanceof ApiError) {
    outgoing.writeHead(result.status, { ...HEADERS, "Content-Type": MEDIA_TYPE });
    outgoing.end(JSON.stringify(result.document));
    return;
  }
  const { status = 200, document, content, contentType = "application/octet-stream" } = result;
  if (document !== undefined) {
    outgoing.writeHead(status, { ...HEADERS, "Content-Type": MEDIA_TYPE }).end(JSON.stringify(document));
  } else if (content !== undefined) {
    outgoing.writeHead(status, { ...HEADERS, "Content-Type": contentType }).end(content);
  } else outgoing.writeHead(status, HEADERS).end();
}
