import { inPathStyle } from "../../../sandbox/proxy/path-style";
import { signed } from "./requests";

const at = (host: string, url: string) => signed({ service: "s3", method: "GET", url, headers: { host } });

test.each([
  ["bucket.localhost:4566", "/", "localhost:4566", "/bucket/"],
  ["my.bucket-1.localhost:4566", "/a/b?x=%20y", "localhost:4566", "/my.bucket-1/a/b?x=%20y"],
  ["bucket.LOCALHOST:4566", "/?list-type=2", "LOCALHOST:4566", "/bucket/?list-type=2"],
  ["bucket.localhost", "/key", "localhost", "/bucket/key"],
  // S3 Control has the account's id there.
  [
    "123456789012.localhost:4566",
    "/v20180820/configuration/publicAccessBlock",
    "localhost:4566",
    "/v20180820/configuration/publicAccessBlock",
  ],
])("S3's %s%s is %s%s", (host, url, pathHost, path) => {
  const request = inPathStyle(at(host, url));
  expect([request.headers.host, request.url]).toEqual([pathHost, path]);
});

test.each(["127.0.0.1:4566", "localhost:4566", "[::1]:4566"])("at %s the bucket is in the path already", (host) => {
  const request = at(host, "/bucket/key");
  expect(inPathStyle(request)).toBe(request);
});

test("another service's host stays as it is", () => {
  const request = signed({
    service: "logs",
    headers: { host: "streaming.localhost:4566", "x-amz-target": "Logs_20140328.StartLiveTail" },
  });
  expect(inPathStyle(request)).toBe(request);
});
