import type { IncomingMessage } from "node:http";

/** Sent with every answer: nothing but our own files runs on the page, and no other page holds or reads it. */
export const SECURITY_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;

/**
 * Why a request is refused, in one line for people; undefined: it is not. Other sites can make a browser ask a server on
 * this machine: under a name of theirs that leads here (DNS rebinding, seen in `Host`), or by a form (seen in `Origin`).
 */
export function refusalOf({ method, headers }: IncomingMessage, port: number): string | undefined {
  const { host = "", origin } = headers;
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!own.includes(host)) return `'Host' must be one of ${own.join(", ")}, got '${host}'`;
  if (method === "GET") return undefined;
  return origin === `http://${host}` ? undefined : `'Origin' must be http://${host}, got '${origin ?? ""}'`;
}
