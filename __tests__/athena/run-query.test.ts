import type { AthenaApi, QueryState } from "../../athena/aws/athena-api";
import { callFailure, queryFailure } from "../../athena/aws/failures";
import { runQuery } from "../../athena/run-query";

function double(states: readonly QueryState["state"][], reason?: string) {
  const left = [...states];
  const stopped: string[] = [];
  const api: AthenaApi = {
    scanLimit: () => Promise.resolve(undefined),
    start: () => Promise.resolve("query-1"),
    state: () => Promise.resolve({ state: left.shift() ?? "RUNNING", scannedBytes: 5, ...(reason ? { reason } : {}) }),
    stop: (id) => Promise.resolve(void stopped.push(id)),
    rows: (_id, token) => Promise.resolve(token === undefined ? { rows: [["1"]], next: "2" } : { rows: [["2"]] }),
  };
  return { api, stopped };
}

async function rowsOf(api: AthenaApi, signal?: AbortSignal): Promise<unknown[]> {
  const rows: unknown[] = [];
  const options = { pollMilliseconds: 1, signal };
  for await (const page of runQuery(api, "SELECT 1", options)) rows.push(...page);
  return rows;
}

test("waits for the query, and returns the rows of all pages", async () => {
  const { api, stopped } = double(["QUEUED", "RUNNING", "SUCCEEDED"]);
  expect(await rowsOf(api)).toEqual([["1"], ["2"]]);
  expect(stopped).toEqual([]);
});

test("an aborted query is stopped", async () => {
  const { api, stopped } = double([]);
  const interruption = new AbortController();
  const rows = rowsOf(api, interruption.signal);
  interruption.abort(new Error("interrupted"));
  await expect(rows).rejects.toThrow();
  expect(stopped).toEqual(["query-1"]);
});

test("a query whose state can no longer be read is stopped", async () => {
  const { api, stopped } = double([]);
  const throttled = { ...api, state: () => Promise.reject(new Error("Rate exceeded")) };
  await expect(rowsOf(throttled)).rejects.toThrow("Rate exceeded");
  expect(stopped).toEqual(["query-1"]);
});

test("a query that fails says why, and is not stopped again", async () => {
  const { api, stopped } = double(["FAILED"], "HIVE_CURSOR_ERROR: broken file");
  await expect(rowsOf(api)).rejects.toThrow("Athena's query query-1 failed: HIVE_CURSOR_ERROR: broken file");
  expect(stopped).toEqual([]);
});

test.each([
  ["Bytes scanned limit was exceeded", "at the workgroup's limit of 100 GB"],
  [
    "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.trailwatch.trail' does not exist",
    "npx cdktf deploy log-archive",
  ],
  ["Access Denied (Service: Amazon S3; Status Code: 403)", "may not read the archive with these credentials"],
  ["", "no reason was given"],
])("the error for a query that ended with '%s' says what to do", (reason, remedy) => {
  expect(queryFailure("query-1", reason, 100e9).message).toContain(remedy);
});

test.each([
  ["CredentialsProviderError", "Could not load credentials", "use credentials of account log-archive"],
  ["ExpiredTokenException", "expired", "sign in again"],
  ["UnrecognizedClientException", "invalid", "does not know these credentials"],
  ["AccessDeniedException", "not authorized to perform: athena:GetWorkGroup", "athena:GetWorkGroup); docs/athena.md"],
  ["InvalidRequestException", "WorkGroup is not found.", "it must be log-archive (222222222222)"],
  ["TooManyRequestsException", "Rate exceeded", "try again in a minute"],
  ["Error", "socket hang up", "failed: socket hang up"],
])("the error for a call that fails with %s says what to do", (name, message, remedy) => {
  const place = {
    workgroup: "trailwatch",
    database: "trailwatch",
    region: "eu-west-1",
    account: "log-archive (222222222222)",
  };
  expect(callFailure(Object.assign(new Error(message), { name }), place).message).toContain(remedy);
});
