import type { IncomingHttpHeaders } from "node:http";
import { type Guarded, refusalOf } from "../../../lib/web/request-guard";

const PORT = 4566;
const PROGRAMS: Guarded = { port: PORT, callers: "programs", subdomains: true };
const PAGE: Guarded = { port: PORT, callers: "programs and own pages" };

function refused(guarded: Guarded, headers: IncomingHttpHeaders, method = "GET", url = "/"): string | undefined {
  return refusalOf({ method, url, headers: { host: `127.0.0.1:${PORT}`, ...headers } }, guarded);
}

const OWN = ["127.0.0.1:4566", "localhost:4566", "LocalHost:4566", "[::1]:4566"];
const BELOW_LOCALHOST = ["bucket.localhost:4566", "my.bucket-1.localhost:4566", "123456789012.localhost:4566"];
const FOREIGN = [
  undefined,
  "",
  "127.0.0.1",
  "localhost",
  "127.0.0.1:4567",
  "127.0.0.1:45660",
  "127.0.0.1:04566",
  "127.0.0.2:4566",
  "0.0.0.0:4566",
  "localhost.:4566",
  "localhost.example:4566",
  "127.0.0.1.example:4566",
  "evil.example:4566",
  "evil.example",
  "notlocalhost:4566",
  ".localhost:4566",
  "-a.localhost:4566",
  "evil.example/.localhost:4566",
  "evil.example#.localhost:4566",
  "user@127.0.0.1:4566",
  "127.0.0.1:4566@evil.example",
  "127.0.0.1:4566, evil.example",
  "127.0.0.1:4566 ",
  "::1:4566",
  "[::2]:4566",
  "[::ffff:127.0.0.1]:4566",
  "2130706433:4566",
];

describe("Host", () => {
  test.each(OWN)("%s is the server's own", (host) => {
    expect(refused(PROGRAMS, { host })).toBeUndefined();
    expect(refused(PAGE, { host: host.toLowerCase() })).toBeUndefined();
  });

  test.each(BELOW_LOCALHOST)("%s is a name that the AWS SDKs make of their own; the page has none", (host) => {
    expect(refused(PROGRAMS, { host })).toBeUndefined();
    expect(refused(PAGE, { host })).toContain("'Host' must be one of");
  });

  test.each(FOREIGN)("%s is refused", (host) => {
    for (const guarded of [PROGRAMS, PAGE]) {
      expect(refused(guarded, { host })).toBe(
        `'Host' must be one of 127.0.0.1:4566, localhost:4566, [::1]:4566, got '${host ?? ""}'`,
      );
    }
  });

  test.each([
    ["localhost", true],
    ["[::1]", true],
    ["bucket.localhost", true],
    ["127.0.0.1:80", true],
    ["evil.example", false],
    ["localhost:443", false],
  ])("at port 80, which clients leave out, %s: %s", (host, isOwn) => {
    expect(refused({ ...PROGRAMS, port: 80 }, { host }) === undefined).toBe(isOwn);
  });

  test.each(["http://evil.example/", "http://127.0.0.1:4566/", "*", "evil.example:443", ""])(
    "is not taken from the target '%s'",
    (url) => {
      expect(refused(PROGRAMS, {}, "GET", url)).toBe(`the request's target must be a path, got '${url}'`);
    },
  );
});

describe("a server for programs", () => {
  test.each(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])("answers a program's %s", (method) => {
    expect(refused(PROGRAMS, {}, method)).toBeUndefined();
  });

  test("answers a link that a person opens", () => {
    expect(refused(PROGRAMS, { "sec-fetch-site": "none" })).toBeUndefined();
  });

  test.each([
    "http://evil.example",
    "null",
    "",
    "http://127.0.0.1:4566",
    "http://127.0.0.1:4567",
    "chrome-extension://a",
  ])("refuses what a page sends: Origin '%s'", (origin) => {
    for (const method of ["GET", "POST", "OPTIONS"]) {
      expect(refused(PROGRAMS, { origin }, method)).toBe(`a page must not call this server, got 'Origin: ${origin}'`);
    }
  });

  test.each(["cross-site", "same-site", "same-origin", "", "None"])("refuses Sec-Fetch-Site '%s'", (site) => {
    expect(refused(PROGRAMS, { "sec-fetch-site": site })).toBe(
      `a page must not call this server, got 'Sec-Fetch-Site: ${site}'`,
    );
  });
});

test.each([PROGRAMS, PAGE])("a person who followed a link of another page reads what to do instead", (guarded) => {
  for (const site of ["cross-site", "same-site"]) {
    expect(refused(guarded, { "sec-fetch-site": site, "sec-fetch-mode": "navigate" })).toMatch(
      /; to open this address, copy it into the browser's address bar$/,
    );
  }
});

describe("a server with pages", () => {
  const origin = `http://127.0.0.1:${PORT}`;

  test.each<[string, IncomingHttpHeaders]>([
    ["GET", {}],
    ["GET", { "sec-fetch-site": "none" }],
    ["GET", { "sec-fetch-site": "same-origin" }],
    ["POST", { origin, "sec-fetch-site": "same-origin" }],
    ["POST", { origin }],
  ])("answers %s with %j", (method, headers) => {
    expect(refused(PAGE, headers, method)).toBeUndefined();
  });

  test.each<[string, IncomingHttpHeaders]>([
    ["GET", { origin: "http://evil.example" }],
    ["GET", { "sec-fetch-site": "cross-site" }],
    ["GET", { "sec-fetch-site": "same-site" }],
    ["POST", {}],
    ["POST", { origin: "null" }],
    ["POST", { origin: `http://localhost:${PORT}` }],
    ["POST", { origin, "sec-fetch-site": "cross-site" }],
    ["OPTIONS", { origin: "http://evil.example" }],
    ["OPTIONS", {}],
  ])("refuses %s with %j", (method, headers) => {
    expect(refused(PAGE, headers, method)).toMatch(/^'(Origin|Sec-Fetch-Site)' must be /);
  });
});
