import { request as httpRequest } from "node:http";
import { endToEndHeaders, readBody, type Send } from "./http";

/** Sends requests to the local AWS at a base URL. The `Host` header stays the client's, as signatures cover it. */
export function forwardTo(baseUrl: string): Send {
  return (request) =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(baseUrl);
      const headers = { ...endToEndHeaders(request.headers), "content-length": request.body.length };
      const outgoing = httpRequest({
        hostname,
        port,
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
}
