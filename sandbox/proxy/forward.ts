import { request as httpRequest } from "node:http";
import { endToEndHeaders, readBody, type Send } from "./http";

/**
 * Sends requests to the server at a base URL, under that server's own name, or to the server behind a Unix socket,
 * which receives the client's `Host`: moto creates the URLs of queues from it.
 */
export function forwardTo(server: string | { readonly socketPath: string }): Send {
  const [address, own] = typeof server === "string" ? addressOf(server) : [server, {}];
  const once: Send = (request) =>
    new Promise((resolve, reject) => {
      const headers = { ...endToEndHeaders(request.headers), ...own, "content-length": request.body.length };
      const outgoing = httpRequest({
        ...address,
        path: request.url,
        method: request.method,
        headers,
        agent: false,
      });
      outgoing.on("error", reject);
      outgoing.on("response", (answer) => {
        readBody(answer).then((body) => {
          resolve({ status: answer.statusCode ?? 502, headers: endToEndHeaders(answer.headers), body });
        }, reject);
      });
      outgoing.end(request.body);
    });
  return async (request) => {
    for (let again = 0; ; again++) {
      try {
        return await once(request);
      } catch (error) {
        // The server closed the connection before it had the whole request, as moto does when many large ones arrive at
        // once.
        if ((error as NodeJS.ErrnoException).code !== "EPIPE" || again === SEND_AGAIN) throw error;
      }
    }
  };
}

const SEND_AGAIN = 3;

function addressOf(baseUrl: string) {
  const { hostname, port, host } = new URL(baseUrl);
  return [{ hostname, port }, { host }] as const;
}
