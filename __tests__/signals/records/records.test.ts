import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { apiCall } from "../../../detections/example-record";
import { localFile } from "../../../signals/records/find-files";
import type { RecordFile } from "../../../signals/records/record-file";
import { readRecords } from "../../../signals/records/read-records";
import { RecordSplitter } from "../../../signals/records/record-splitter";
import { folderOf } from "../deployment/terraform-folder";

const one = apiCall("kms", "DisableKey", { requestParameters: { text: 'a "quoted" } { ] [ \\" brace, ü' } });
const two = apiCall("kms", "EnableKey", { additionalEventData: { nested: [{ list: [] }, "x"] } });
const both = [one, two];
const envelope = { version: "0", source: "aws.kms", detail: one };

/** The records' names, and the reason why there are not more. */
async function read(file: RecordFile): Promise<{ names: unknown[]; reason?: string }> {
  const names: unknown[] = [];
  try {
    for await (const records of readRecords(file)) names.push(...records.map(({ json }) => json["eventName"]));
    return { names };
  } catch (error) {
    return { names, reason: error instanceof Error ? error.message : "" };
  }
}

const lines = both.map((record) => `${JSON.stringify(record)}\n`).join("");
test.each<[string, string | Buffer | object, string[]]>([
  ["as S3 has them", { Records: both }, ["DisableKey", "EnableKey"]],
  ["indented", JSON.stringify({ Records: both }, null, 2), ["DisableKey", "EnableKey"]],
  ["packed", gzipSync(JSON.stringify({ Records: both })), ["DisableKey", "EnableKey"]],
  ["as a list", both, ["DisableKey", "EnableKey"]],
  ["line by line", lines, ["DisableKey", "EnableKey"]],
  ["one alone, with a byte order mark", `\uFEFF${JSON.stringify(one, null, 2)}`, ["DisableKey"]],
  ["in EventBridge's envelope", envelope, ["DisableKey"]],
  [
    "several files in one",
    JSON.stringify({ Records: both }) + JSON.stringify({ Records: [one] }),
    ["DisableKey", "EnableKey", "DisableKey"],
  ],
  ["none", { Records: [] }, []],
])("reads records %s", async (_how, content, names) => {
  expect(await read(localFile(join(folderOf({ "records.json": content }), "records.json")))).toEqual({ names });
});

test("reads what is no file of this machine, packed or not", async () => {
  const text = Buffer.from(lines);
  for (const bytes of [text, gzipSync(text)]) {
    expect(await read({ name: "far", bytes: 0, open: () => Readable.from([bytes]) })).toEqual({
      names: ["DisableKey", "EnableKey"],
    });
  }
});

test.each<[string, string | Buffer, string, string[]]>([
  ["truncated gzip", gzipSync(JSON.stringify({ Records: both })).subarray(0, -20), "truncated gzip", []],
  ["damaged gzip", Buffer.concat([gzipSync(lines).subarray(0, 12), Buffer.alloc(50, 0xff)]), "damaged gzip", []],
  ["no JSON", "eventName,eventTime\n", "not JSON", []],
  ["JSON cut off", lines.slice(0, -20), "not JSON: it ends in the middle", ["DisableKey"]],
  ["a broken line", `${JSON.stringify(one)}\n{"eventName": oops}\n`, "not JSON", ["DisableKey"]],
  ["other JSON", '{"name":"trailwatch"}', "not CloudTrail: there is an object without", []],
  ["a list of others", "[1, 2]", "not CloudTrail: a list must hold records", []],
])("says why it cannot read %s", async (_what, content, reason, names) => {
  const result = await read(localFile(join(folderOf({ "records.json": content }), "records.json")));
  expect(result.names.slice(0, names.length)).toEqual(names);
  expect(result.reason).toContain(reason);
});

test("says that there is no such file", async () => {
  expect(await read(localFile("/no/such/file.json"))).toEqual({ names: [], reason: "no such file or folder" });
});

test("cuts the same records from chunks of any size", () => {
  const bytes = Buffer.from(`${JSON.stringify({ Records: both, more: [{}] }, null, 1)} `);
  for (const size of [1, 2, 7, 300, bytes.length]) {
    const splitter = new RecordSplitter();
    const records: unknown[] = [];
    const take = (): void => {
      while (splitter.next()) records.push(JSON.parse(splitter.text()));
    };
    for (let at = 0; at < bytes.length; at += size) {
      splitter.add(bytes.subarray(at, at + size));
      take();
    }
    splitter.end();
    take();
    expect(records).toEqual(both);
  }
});
