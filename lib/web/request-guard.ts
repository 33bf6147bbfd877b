import type { IncomingMessage } from "node:http";

/** What a guarded server answers to, beside `localhost`, `127.0.0.1` and `[::1]` at its own port. */
export interface Guarded {
  readonly port: number;
  /**
   * Who calls: programs only, or also the pages that the server itself serves.
   *
   * A browser marks what a page sends by `Origin` or `Sec-Fetch-Site` (Fetch Metadata Request Headers, W3C); a program
   * sends neither.
   */
  readonly callers: "programs" | "programs and own pages";
  /**
   * Whether names below `localhost` are its own too. The AWS SDKs put a bucket's or an account's name there when the
   * endpoint is `http://localhost:<port>`. No DNS server gives out such a name (RFC 6761, 6.3).
   *
   * @default false
   */
  readonly subdomains?: boolean;
}

/** For a person who followed a link of another page, as of a terminal or a mailbox in the browser. */
const OPEN_IT = "; to open this address, copy it into the browser's address bar";

/** What is looked at of a request. */
type Asked = Pick<IncomingMessage, "method" | "url" | "headers"> & Partial<Pick<IncomingMessage, "headersDistinct">>;

/**
 * Why a server on the loopback interface refuses a request, in one line for people; undefined: it accepts it. A page of
 * any other site can make a browser send requests to such a server: under a name of that site which resolves to this
 * machine (DNS rebinding, seen in `Host`), or across origins (seen in `Origin` or `Sec-Fetch-Site`), of which a
 * preflight is one kind.
 */
export function refusalOf(request: Asked, guarded: Guarded): string | undefined {
  const { method, headers, headersDistinct, url = "/" } = request;
  const { host = "", origin } = headers;
  // RFC 9112, 3.2: of several, no two servers need to take the same.
  const hosts = headersDistinct?.["host"] ?? [];
  if (hosts.length > 1) return `'Host' must be sent once, got '${hosts.join("', '")}'`;
  if (!isOwnHost(host.toLowerCase(), guarded)) {
    return `'Host' must be one of ${ownHosts(guarded.port).join(", ")}, got '${host}'`;
  }
  // A server takes the host from a whole URL rather than from the header (RFC 9112, 3.2.2).
  if (!url.startsWith("/")) return `the request's target must be a path, got '${url}'`;

  const site = headers["sec-fetch-site"];
  const advice = headers["sec-fetch-mode"] === "navigate" ? OPEN_IT : "";
  if (guarded.callers === "programs") {
    if (origin !== undefined) return `a page must not call this server, got 'Origin: ${origin}'`;
    return site === undefined || site === "none"
      ? undefined
      : `a page must not call this server, got 'Sec-Fetch-Site: ${site}'${advice}`;
  }
  const own = `http://${host}`;
  if (origin !== own && (origin !== undefined || method !== "GET")) {
    return `'Origin' must be ${own}, got '${origin ?? ""}'`;
  }
  return site === undefined || site === "none" || site === "same-origin"
    ? undefined
    : `'Sec-Fetch-Site' must be none or same-origin, got '${site}'${advice}`;
}

function ownHosts(port: number): string[] {
  return ["127.0.0.1", "localhost", "[::1]"].map((name) => `${name}:${port}`);
}

function isOwnHost(host: string, { port, subdomains = false }: Guarded): boolean {
  // A client leaves the port of HTTP itself out.
  const full = port === 80 && !/:\d+$/.test(host) ? `${host}:80` : host;
  if (ownHosts(port).includes(full)) return true;
  return subdomains && /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+localhost:\d+$/.test(full) && full.endsWith(`:${port}`);
}
