import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { apiCall } from "../../../detections/example-record";
import { Evaluator, readDeployment, replay, type ReplayReport } from "../../../signals";
import { FileFaults } from "../../../signals/records/file-faults";
import { RecordSplitter } from "../../../signals/records/record-splitter";
import { ACCOUNT, folderOf, stackWith, trail } from "../deployment/terraform-folder";

const deployment = readDeployment(folderOf({ "main.tf.json": stackWith(trail()) }));
const [one, two, three] = ["one", "two", "three"].map((eventID) => ({
  ...apiCall("kms", "DisableKey", { recipientAccountId: ACCOUNT, requestParameters: { text: 'a "quoted" \\ } ü' } }),
  eventID,
}));
/** JSON, and JSON within JSON. */
const json = (value: unknown): string => JSON.stringify(value);
const both = [one, two];

async function evaluated(content: string | Buffer, parsesAll = false): Promise<ReplayReport> {
  const evaluator = new Evaluator(deployment);
  const path = join(folderOf({ file: content }), "file");
  await replay(evaluator, [path], parsesAll ? { onEvent: () => undefined } : {});
  return evaluator.report();
}

/** What both ways of reading make of it. */
async function read(content: string | Buffer): Promise<{ records: number; duplicates: number; reason?: string }> {
  const report = await evaluated(content);
  expect(await evaluated(content, true)).toMatchObject({ records: report.records, duplicates: report.duplicates });
  const { records, duplicates, unreadable } = report;
  const [{ reason } = { reason: undefined }] = unreadable;
  return { records, duplicates, reason };
}

const lookedUp = (...records: unknown[]): object => ({
  Events: records.map((record) => ({ EventId: "1", Resources: [], EventTime: "2026", CloudTrailEvent: json(record) })),
});
const logged = (...records: unknown[]): object => ({
  events: records.map((record) => ({ timestamp: 1, message: json(record), eventId: "1" })),
  searchedLogStreams: [],
});
const delivered = (...messages: string[]): object => ({
  ...{ messageType: "DATA_MESSAGE", owner: ACCOUNT, logGroup: "g", logStream: "s", subscriptionFilters: ["f"] },
  logEvents: messages.map((message) => ({ id: "1", timestamp: 1, message })),
});
const control = {
  ...{ messageType: "CONTROL_MESSAGE", owner: "CloudwatchLogs", logGroup: "", logStream: "", subscriptionFilters: [] },
  logEvents: [{ id: "", timestamp: 1, message: "CWL CONTROL MESSAGE: Checking health of destination Firehose." }],
};
const enveloped = (record: unknown): object => ({
  ...{ version: "0", "detail-type": "AWS API Call via CloudTrail", source: "aws.kms", resources: [] },
  detail: record,
});
const packed = (value: unknown): string => gzipSync(json(value)).toString("base64");
const row = (...fields: [string, string][]): object[] => fields.map(([field, value]) => ({ field, value }));
const exported = (...messages: unknown[]): string =>
  messages.map((message) => `2026-01-15T10:00:00.000Z ${json(message)}\n`).join("");

const notification = {
  ...{ eventVersion: "2.1", eventSource: "aws:s3", eventTime: "2026-01-15T09:30:00.000Z" },
  ...{ eventName: "ObjectCreated:Put", s3: { object: { key: "a.json.gz" } } },
};

test.each<[string, number, string | Buffer | object]>([
  ["other keys before", 2, { "@timestamp": "x", list: [{ Records: 1 }], Records: both }],
  ["other keys behind", 2, { Records: both, more: [{}], count: 2 }],
  ["lower-case", 2, { records: both }],
  ["several lists in an object", 3, { Records: [one], more: 1, records: [two], events: [{ message: json(three) }] }],
  ["lists of jq -s", 3, [{ Records: both }, { Records: [three] }]],
  ["a list of all kinds", 3, [{ Records: [one] }, two, lookedUp(three)]],
  ["lookup-events", 2, lookedUp(one, two)],
  ["pages of lookup-events", 3, `${JSON.stringify(lookedUp(one, two), null, 4)}\n${json(lookedUp(three))}`],
  ["a list of pages of lookup-events", 3, [lookedUp(one, two), { Events: [] }, lookedUp(three)]],
  ["events of lookup-events, one a line", 2, both.map((each) => `${json({ CloudTrailEvent: json(each) })}\n`).join("")],
  ["--query 'Events[].CloudTrailEvent'", 2, both.map(json)],
  ["that, line by line", 2, both.map((each) => `${json(json(each))}\n`).join("")],
  ["that, as --output text", 2, `${json(one)}\t${json(two)}\n`],
  ["filter-log-events", 2, logged(one, two)],
  ["filter-log-events of EventBridge's log group", 2, logged(enveloped(one), two)],
  ["get-log-events", 2, { ...logged(one, two), nextForwardToken: "f/1", nextBackwardToken: "b/1" }],
  ["a subscription", 2, delivered(json(one), json(two))],
  [
    "what Firehose writes",
    3,
    [delivered(json(one)), control, delivered(json(two), json(enveloped(three)))].map(json).join(""),
  ],
  ["a control message alone", 0, control],
  ["SNS", 1, { Type: "Notification", MessageId: "1", Message: json(enveloped(one)), Timestamp: "x" }],
  [
    "SQS, also behind SNS",
    2,
    { Messages: [{ Body: json(enveloped(one)) }, { Body: json({ Message: json(enveloped(two)) }) }] },
  ],
  ["Lambda's events of SQS and SNS", 2, { Records: [{ body: json(enveloped(one)) }, { Sns: { Message: json(two) } }] }],
  ["Lambda's events of a log group", 1, { awslogs: { data: packed(delivered(json(one))) } }],
  [
    "Lambda's events of Kinesis and Firehose",
    3,
    [
      { Records: [{ kinesis: { data: packed(delivered(json(one))) }, eventName: "aws:kinesis:record" }] },
      { records: [{ data: packed(two) }, { data: Buffer.from(json(three)).toString("base64") }] },
    ],
  ],
  ["kinesis get-records", 2, { Records: both.map((each) => ({ SequenceNumber: "1", Data: packed(each) })) }],
  ["events put-events", 1, { Entries: [{ DetailType: "AWS API Call via CloudTrail", Detail: json(one) }] }],
  [
    "Logs Insights",
    2,
    {
      results: [row(["@timestamp", "x"], ["@message", json(one)]), row(["@message", json(two)], ["@ptr", "y"])],
      statistics: {},
    },
  ],
  ["an export task", 2, exported(one, two)],
  ["an export task of envelopes, packed", 2, gzipSync(exported(enveloped(one), enveloped(two)))],
  [
    "aws logs tail",
    2,
    `2026-01-15T10:00:00+00:00 o-1_CloudTrail_eu-west-1 ${json(one)}\n2026-01-15T10:00:00 ${json(two)}\n`,
  ],
  ["envelopes in a list", 2, both.map(enveloped)],
  ["envelopes one a line", 2, both.map((each) => `${json(enveloped(each))}\n`).join("")],
  ["Windows line ends, blank lines and commas", 2, `${json(one)}\r\n\r\n,${json(two)},\r\n`],
  ["a comma behind the last", 2, `{"Records":[${json(one)},${json(two)},]}`],
  ["UTF-16, little end first", 2, Buffer.from(`\uFEFF${json({ Records: both })}`, "utf16le")],
  ["UTF-16, big end first", 2, Buffer.from(`\uFEFF${json({ Records: both })}`, "utf16le").swap16()],
  ["UTF-16 without a mark", 2, Buffer.from(json(both), "utf16le")],
  ["UTF-16, packed", 2, gzipSync(Buffer.from(`\uFEFF${json(both)}`, "utf16le"))],
  [
    "a byte order mark, and another in the middle",
    2,
    `\uFEFF${json({ Records: [one] })}\uFEFF${json({ Records: [two] })}`,
  ],
  ["double gzip", 2, gzipSync(gzipSync(json({ Records: both })))],
  ["several gzip files in one", 2, Buffer.concat(both.map((each) => gzipSync(json(each))))],
  ["a list of nothing", 0, []],
  ["no records", 0, { Records: [] }],
])("reads %s", async (_what, records, content) => {
  const bytes = typeof content === "string" || Buffer.isBuffer(content) ? content : json(content);
  expect(await read(bytes)).toEqual({ records, duplicates: 0 });
});

test("counts an event once, however often it is wrapped, at the time that the record says", async () => {
  const report = await evaluated([{ Records: both }, lookedUp(one), enveloped(two), logged(one)].map(json).join("\n"));
  expect(report).toMatchObject({ records: 5, duplicates: 3, detections: [{ detection: "key-disabled", matched: 2 }] });
  expect(report.detections[0]?.first).toBe(Date.parse("2026-01-15T09:30:00Z"));
});

test.each<[string, number, string, string | Buffer | object]>([
  [
    "a line that is cut off",
    1,
    "not JSON: it ends in the middle; 1 record was read",
    `${json(one)}\n${json(two).slice(0, 99)}`,
  ],
  [
    "a broken line, and goes on",
    2,
    `not JSON: '{"eventName": oops}'; 2 records were read`,
    `${json(one)}\n{"eventName": oops}\n${json(two)}`,
  ],
  ["what follows the records", 2, "not JSON: ']} x'; 2 records were read", `${json({ Records: both })} ]} x`],
  [
    "log events that are no records",
    1,
    "not JSON: 'START', where a record is expected (and 1 more that is no record); 1 record was read",
    { events: [{ message: "START" }, { message: json(one) }, { message: "END" }] },
  ],
  [
    "lines of an export that are no records",
    1,
    "not JSON: '2026-01-15T10:00:00.000Z START' (and 1 more",
    `2026-01-15T10:00:00.000Z START\n${exported(one)}END\n`,
  ],
  [
    "events of other services",
    1,
    "(EventBridge, 'GuardDuty Finding'); 1 record was read",
    [enveloped(one), { "detail-type": "GuardDuty Finding", detail: { id: 1 } }],
  ],
  [
    "records without a time",
    1,
    "'eventTime' must be a time, got '\"noon\"'; 1 record was read",
    [one, { ...two, eventTime: "noon" }],
  ],
  [
    "more than a hundred of others",
    1,
    "the rest is not read; 1 record was read",
    `${json(one)}\n${'{"a":1}\n'.repeat(200)}${json(two)}`,
  ],
  [
    "Logs Insights without the message",
    0,
    "results of Logs Insights without '@message'",
    { results: [row(["eventName", "x"])] },
  ],
])("names %s", async (_what, records, reason, content) => {
  const bytes = typeof content === "string" || Buffer.isBuffer(content) ? content : json(content);
  const result = await read(bytes);
  expect(result.records).toBe(records);
  expect(result.reason).toContain(reason);
});

test.each<[string, string | object, string]>([
  ["nothing", "", "empty"],
  ["blanks", " \r\n\n", "empty"],
  ["an empty object", {}, "and without any other key"],
  ["many keys", { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, "with the keys 'a', 'b', 'c', 'd', 'e' and 1 more"],
  [
    "Elasticsearch",
    { hits: { hits: [{ _source: one }] } },
    "unwrap it: jq -c '.hits.hits[]._source' <file> | trailwatch replay -",
  ],
  ["a list of other wrappers", [{ _source: one }], "jq -c '.[]._source' <file>"],
  ["a list in a known object", { Records: [{ "my key": one }] }, `jq -c '.Records[]["my key"]' <file>`],
  ["a key that would end the quotes", { "a'; reboot; '": one }, `jq -c '.["a\\u0027; reboot; \\u0027"]' <file>`],
  [
    "texts within texts",
    { hits: [{ event: { original: json({ result: json(enveloped(one)) }) } }] },
    "jq -c '.hits[].event.original // empty | fromjson | .result // empty | fromjson | .detail' <file>",
  ],
  ["gzip in a text", { payload: packed(one) }, "jq -r '.payload' <file> | while read"],
  ["damaged gzip in a text", { awslogs: { data: "H4sIAAAAAAAA" } }, "not JSON: gzip in base64, 'H4sIAAAAAAAA'"],
  ["records by key", { a: one, b: [two] }, "jq -c '.. | objects | select(.eventTime and .eventName)' <file>"],
  ["S3's notifications", { Records: [notification] }, "a notification of S3, which names a file"],
  ["Security Lake", { class_uid: 6003, api: { operation: "DisableKey" } }, "OCSF of Security Lake"],
  ["CloudTrail Lake", { QueryResultRows: [[{ eventName: "DisableKey" }]] }, "columns of CloudTrail Lake"],
  ["Athena", { ResultSet: { Rows: [{ Data: [{ VarCharValue: "x" }] }] } }, "use '--engine athena'"],
  ["AWS Config", { fileVersion: "1.0", configurationItems: [{}] }, "a snapshot or history of AWS Config"],
  ["a digest", { awsAccountId: "1", digestStartTime: "x" }, "a digest, which holds hashes of CloudTrail's files"],
  ["numbers", [1, 2], "a list must hold records, got '1'"],
  ["a number", "42", "not JSON: '42'"],
  [
    "CSV",
    "User name,AWS access key,Event time\nkim,,x\n",
    "a CSV file, 'User name,AWS access key,Event time'; CloudTrail's console",
  ],
  ["CSV of CloudWatch's console", "timestamp,message\n1,x\n", "a CSV file, 'timestamp,message'"],
  ["prose with a comma", "Hello, world\n", "not JSON: 'Hello, world'"],
  ["CSV of one column", '"_col0"\n"x"\n', "a CSV file, '\"_col0\"'"],
  ["base64", packed(one), "unpack it: while read -r data"],
  ["quoted CSV", '"User name","AWS access key","Event time"\n', "a CSV file"],
  ["YAML", "Events:\n- CloudTrailEvent: x\n", "run the AWS CLI with '--output json'"],
  ["text output", "EVENTS\tx\ty\n", "a table, "],
  ["table output", "-----------------\n| LookupEvents |\n", "run the AWS CLI with '--output json'"],
  ["HTML", "<!DOCTYPE html>", "markup such as HTML or XML"],
  ["prose", "# Hello\n", "not JSON: '# Hello'"],
  ["deep lists", "[".repeat(100_000), "more lists in lists than records have"],
  ["deep objects", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, "with the key 'a'"],
  ["many wrappers", `${'{"detail":{"message":'.repeat(20)}1${"}}".repeat(20)}`, "without 'eventTime'"],
])("says what it found instead of records: %s", async (_what, content, reason) => {
  const result = await read(typeof content === "string" ? content : json(content));
  expect(result.records).toBe(0);
  expect(result.reason).toContain(reason);
});

test.each([
  ["PK\x03\x04", "a ZIP archive, which is not read; unpack it: unzip <file>"],
  ["\x28\xb5\x2f\xfd", "packed with zstd, which is not read; unpack it: zstd -dc <file> | trailwatch replay -"],
  ["BZh9", "packed with bzip2"],
  ["PAR1", "Parquet"],
  [`${"a".repeat(257)}ustar\0`, "a tar archive"],
  ["\x01\x02\x03", "neither text nor a packing that is known"],
])("names a packing that it does not read: %j", async (start, reason) => {
  for (const bytes of [Buffer.from(`${start}  `, "latin1"), gzipSync(Buffer.from(`${start}  `, "latin1"))]) {
    expect((await read(bytes)).reason).toContain(reason);
  }
});

test("keeps a record that nests deeper than the stack", async () => {
  const deep = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
  const record = json(one).replace(/\}$/, `,"additionalEventData":${deep}}`);
  expect(await read(`${record}\n${json(two)}`)).toEqual({ records: 2, duplicates: 0 });
});

test("cuts wrapped records alike from chunks of any size", () => {
  const mixed = [{ more: [], Records: both, rest: 1 }, lookedUp(one, two), json(one), [enveloped(two)], delivered("x")];
  const bytes = Buffer.from(`\uFEFF${mixed.map(json).join("\n")}\n${exported(three)}`);
  const cut = (size: number): string[] => {
    const splitter = new RecordSplitter();
    const parts: string[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      splitter.add(bytes.subarray(at, at + size));
      while (splitter.next()) parts.push(`${splitter.path} ${splitter.text()}`);
    }
    splitter.end();
    while (splitter.next()) parts.push(`${splitter.path} ${splitter.text()}`);
    return parts;
  };
  const whole = cut(bytes.length);
  expect(whole).toHaveLength(8);
  for (const size of [1, 2, 7, 300]) expect(cut(size)).toEqual(whole);
});

test("reads a wrapper that is larger than any record may be", async () => {
  const long = { ...two, additionalEventData: { text: "x".repeat(500_000) } };
  const text = json(lookedUp(one, ...Array.from({ length: 40 }, () => long)));
  expect(text.length).toBeGreaterThan(17 * 1024 * 1024);
  expect(await evaluated(text)).toMatchObject({ records: 41, duplicates: 39, unreadable: [] });
});

test("goes on behind a record that overflows the stack", () => {
  const faults = new FileFaults();
  faults.note(new RangeError("Maximum call stack size exceeded"));
  expect(faults.reason()).toBe("a record that nests too deep to be evaluated");
  expect(() => {
    faults.note(new RangeError("Invalid array length"));
  }).toThrow("Invalid array length");
});
