import { lookup } from "node:dns";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** A subscriber that does not answer must not delay the others. */
const POST_MILLISECONDS = 15_000;

/** Posts a message to an http or https subscriber, and resolves with its answer. */
export type Post = (endpoint: string, headers: Readonly<Record<string, string>>, body: string) => Promise<string>;

/**
 * This machine's own addresses (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). IPv4 addresses are included in their IPv6-mapped
 * form.
 */
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** Whether an IP address is one of this machine's loopback interface. */
export function isLoopback(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && LOOPBACK.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** Posts to endpoints on this machine only: a host name must resolve to this machine with all its addresses. */
export const postOnThisMachine: Post = (endpoint, headers, body) => {
  const host = new URL(endpoint).hostname.replace(/^\[|\]$/g, "");
  // IP addresses are connected to without a lookup.
  if (isIP(host) !== 0 && !isLoopback(host)) return Promise.reject(outside(host));
  return post(endpoint, { headers, body, lookup: lookupLoopback });
};

/** Posts to any endpoint. */
export const postAnywhere: Post = (endpoint, headers, body) => post(endpoint, { headers, body });

/** Connects to the address that was checked: a name may resolve to another address a moment later. */
const lookupLoopback: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) {
      callback(error, []);
      return;
    }
    const foreign = addresses.find(({ address }) => !isLoopback(address));
    const [first] = addresses;
    if (foreign !== undefined || first === undefined) callback(outside(foreign?.address ?? hostname), []);
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

function outside(address: string): Error {
  return new Error(
    `the sandbox delivers to this machine only, got ${address}: start it with --deliver-outside to deliver there too`,
  );
}

interface Posted {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly lookup?: LookupFunction;
}

/** Does not follow redirects: they lead to another endpoint. */
function post(endpoint: string, { headers, body, lookup }: Posted): Promise<string> {
  const request = new URL(endpoint).protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = request(endpoint, {
      method: "POST",
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      agent: false,
      signal: AbortSignal.timeout(POST_MILLISECONDS),
      lookup,
    });
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      response.resume();
      const { statusCode: status = 0 } = response;
      if (status >= 200 && status < 300) resolve(`the endpoint answered ${status}`);
      else reject(new Error(`the endpoint answered ${status}${status < 400 ? "; a redirection is not followed" : ""}`));
    });
    outgoing.end(body);
  });
}
