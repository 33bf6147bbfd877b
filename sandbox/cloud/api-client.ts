import { request } from "node:https";

/** Where HCP Terraform's API is, and who calls it. */
export interface ApiAddress {
  /** For example `https://localhost:4800`. */
  readonly url: string;
  readonly token: string;
  /** The certificate to trust, in PEM. */
  readonly certificate: string;
}

/** An answer of the API. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Calls the API. `body` is sent as JSON, or as it is if it is a buffer. */
export function callApi(
  { url, token, certificate }: ApiAddress,
  call: `${"GET" | "POST" | "PATCH" | "PUT" | "DELETE"} ${string}`,
  body?: unknown,
): Promise<ApiResponse> {
  const [method = "GET", path = "/"] = call.split(" ");
  const content = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const headers = {
    ...(token === "" ? {} : { Authorization: `Bearer ${token}` }),
    "Content-Type": "application/vnd.api+json",
    // Node sends no length by itself with a DELETE.
    "Content-Length": content?.length ?? 0,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, url), { method, headers, ca: certificate, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(content);
  });
}
