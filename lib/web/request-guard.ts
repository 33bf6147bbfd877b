import type { IncomingMessage } from "node:http";

/** The names that a guarded server accepts, in addition to `localhost`, `127.0.0.1` and `[::1]` at its own port. */
export interface Guarded {
  readonly port: number;
  /**
   * The allowed callers: programs only, or also the pages that the server itself serves.
   *
   * A browser marks requests from a page with `Origin` or `Sec-Fetch-Site` (Fetch Metadata Request Headers, W3C); a
   * program sends neither.
   */
  readonly callers: "programs" | "programs and own pages";
  /**
   * Whether names below `localhost` are accepted too. The AWS SDKs put a bucket's or an account's name there when the
   * endpoint is `http://localhost:<port>`. No DNS server resolves such a name (RFC 6761, 6.3).
   *
   * @default false
   */
  readonly subdomains?: boolean;
}

/** For a person who followed a link from another page, for example a terminal or a mailbox in the browser. */
const OPEN_IT = "; to open this address, copy it into the browser's address bar";

/** The parts of a request that are checked. */
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
  // RFC 9112, 3.2: with several headers, two servers may use different ones.
  const hosts = headersDistinct?.["host"] ?? [];
  if (hosts.length > 1) return `'Host' must be sent once, got '${hosts.join("', '")}'`;
  if (!isOwnHost(host.toLowerCase(), guarded)) {
    return `'Host' must be one of ${ownHosts(guarded.port).join(", ")}, got '${host}'`;
  }
  // With an absolute URL, a server takes the host from the URL rather than from the header (RFC 9112, 3.2.2).
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
  // A client omits HTTP's default port.
  const full = port === 80 && !/:\d+$/.test(host) ? `${host}:80` : host;
  if (ownHosts(port).includes(full)) return true;
  return subdomains && /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+localhost:\d+$/.test(full) && full.endsWith(`:${port}`);
}
