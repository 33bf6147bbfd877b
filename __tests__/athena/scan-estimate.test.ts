import type { CountsQuery } from "../../athena/counts/counts-query";
import { priceOf, scanOf, type ListPage } from "../../athena/scan-estimate";

const FOLDER = "AWSLogs/o-exampleorgid/";
const query = (regions?: string[]) =>
  ({
    accounts: [{ id: "111111111111", feeds: [] }],
    regions,
    days: { first: "2026/01/15", last: "2026/01/16" },
  }) as unknown as CountsQuery;

const keys = ["eu-west-1", "us-east-1"].flatMap((region) =>
  ["14", "15", "16", "17"].map((day) => `${FOLDER}111111111111/CloudTrail/${region}/2026/01/${day}/a.json.gz`),
);

/** A bucket that lists two keys at a time. */
const list: ListPage = ({ Prefix, Delimiter, StartAfter = "", ContinuationToken = "" }) => {
  if (Delimiter !== undefined) {
    const regions = ["eu-west-1", "us-east-1"].map((region) => ({ Prefix: `${Prefix}${region}/` }));
    return Promise.resolve({ CommonPrefixes: regions });
  }
  const found = keys.filter((key) => key.startsWith(Prefix) && key > StartAfter && key > ContinuationToken);
  const page = found.slice(0, 2);
  const Contents = page.map((Key) => ({
    Key,
    Size: 10,
    StorageClass: Key.includes("us-") ? "GLACIER_IR" : "STANDARD",
  }));
  return Promise.resolve({ Contents, ...(found.length > 2 ? { NextContinuationToken: page.at(-1) } : {}) });
};

test("counts the files of the query's days in all regions, and those in cold storage", async () => {
  expect(await scanOf(query(), FOLDER, list)).toEqual({ objects: 4, bytes: 40, coldObjects: 2, coldBytes: 20 });
});

test("does not count regions that the query excludes", async () => {
  expect(await scanOf(query(["eu-west-1"]), FOLDER, list)).toEqual({
    ...{ objects: 2, bytes: 20, coldObjects: 0, coldBytes: 0 },
  });
});

test("the price includes Athena's scan, S3 requests and retrieval from cold storage", () => {
  const warm = { objects: 1000, bytes: 1e12, coldObjects: 0, coldBytes: 0 };
  expect(priceOf(warm)).toBeCloseTo(5.0004, 6);
  expect(priceOf({ ...warm, coldObjects: 1000, coldBytes: 1e12 })).toBeCloseTo(35.01, 6);
});
