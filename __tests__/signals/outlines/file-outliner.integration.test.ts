import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { Evaluator, readDeployment, replay, type EvaluatorOptions, type ReplayReport } from "../../../signals";
import { FileOutliner } from "../../../signals/outlines/file-outliner";
import { timeAt } from "../../../signals/records/event-time";
import { Scanner } from "../../../signals/replay/prefilter/scanner";
import { ACCOUNT, folderOf, stackWith, trail } from "../deployment/terraform-folder";

const filter = (name: string, pattern: string, more = {}) => ({
  name: `trailwatch-${name}`,
  log_group_name: "${aws_cloudwatch_log_group.group.name}",
  pattern,
  metric_transformation: { name, namespace: "Trailwatch", value: "1", ...more },
});

/**
 * One filter by name, which adds zeros; one by texts at the ends of others; one by names that need a text; and an alarm on
 * missing events.
 */
const stack = stackWith({
  ...trail(),
  aws_cloudwatch_log_metric_filter: {
    named: filter("key-disabled", '{ $.eventName = "DisableKey" }', { default_value: "0" }),
    texts: filter(
      "odd-text",
      '{ $.x = "cut*" || $.userIdentity.arn = "*/ab" || $.requestParameters.keyId = "DisableKe*" }',
    ),
    hinted: filter(
      "hinted",
      '{ ($.eventName = "DescribeKey" || $.eventName = "Zür*") && ($.z.eventID = "inner" || $.z.eventID = "a*") }',
    ),
  },
  aws_cloudwatch_metric_alarm: {
    alarm: {
      alarm_name: "trailwatch-workloads-key-disabled",
      namespace: "Trailwatch",
      metric_name: "key-disabled",
      statistic: "Sum",
      period: 60,
      evaluation_periods: 1,
      threshold: 1,
      comparison_operator: "LessThanThreshold",
      treat_missing_data: "breaching",
    },
  },
});
const deployment = readDeployment(folderOf({ "main.tf.json": stack }));
const folder = mkdtempSync(join(tmpdir(), "trailwatch-outlines-"));
const file = join(folder, "records.json.gz");

afterAll(() => {
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Everything that a file changes: the report, and for tuning the matches and the days. */
async function resultOf(options: EvaluatorOptions): Promise<string> {
  const evaluator = new Evaluator(deployment, options);
  await replay(evaluator, [file]);
  const matches = evaluator.detections.map((_, number) => evaluator.matches.groupsOf(number));
  return JSON.stringify([evaluator.report(), matches, evaluator.matches.daysOf(() => true)]);
}

/** How many files were scanned as a whole. */
let outlined = 0;

/** Whether both ways have the same result. */
async function agrees(content: Buffer, options: EvaluatorOptions): Promise<void> {
  writeFileSync(file, content);
  const without = jest.spyOn(FileOutliner.prototype, "outline").mockReturnValue(undefined);
  const split = await resultOf(options);
  without.mockRestore();
  const scans = jest.spyOn(Scanner.prototype, "scanWhole");
  expect(await resultOf(options)).toBe(split);
  outlined += scans.mock.results.filter(({ value }) => value === true).length;
  scans.mockRestore();
}

const OPTIONS: readonly EvaluatorOptions[] = [
  {},
  { account: ACCOUNT },
  { from: Date.parse("2026-01-15T09:31:00Z"), to: Date.parse("2026-01-15T09:33:00Z") },
  { keepMatches: true },
];

const TIMES = ["2026-01-15T09:30:00Z", "2026-01-15T09:31:59Z", "2026-01-15T09:33:00Z", "2026-02-30T00:00:00Z"];
const ODD_TIMES = [
  "2026-01-15T24:00:00Z",
  "2026-01-15T09:30:00.5Z",
  "2026-01-15 09:30:00",
  "2026-01-15T09:60:00Z",
  "-",
];
const NAMES = ["DisableKey", "DescribeKey", "DisableKe", "Zürich", 'a\\"b', "\\u0044isableKey", "", "a\\/b"];

const time = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...TIMES) }, fc.constantFrom(...ODD_TIMES));
const extra = fc.oneof(
  { weight: 6, arbitrary: fc.constant("") },
  fc.constantFrom(
    ',"requestParameters":{"keyId":"DisableKey","a":[1,-0,1.0,{"b":[]}]}',
    ',"eventName":"DisableKey"',
    ',"detail":{"eventTime":"2026-01-15T09:30:00Z","eventName":"DisableKey"}',
    ',"Records":[{"eventTime":"2026-01-15T09:30:00Z","eventName":"DisableKey"}]',
    ',"x":"{\\"Records\\":[{\\"eventName\\":\\"DisableKey\\"}]}","y":"日本\\n\\t😀"',
    `,"deep":${"[".repeat(70)}${"]".repeat(70)}`,
    ` ,\t"z" : { "eventID" : "inner" }`,
    ',"eventSource":"aws:s3"',
    ',"a":',
    ',"a":{{}}',
    ',"a":[-1.5e+3,true,false,null,{},[]]',
    ',"a":01',
    ',"a":"\\x"',
    ',"a":"\t"',
    ',"a":[1,]',
    ',"b":"cut off\n{"',
  ),
);
const whole = fc
  .tuple(time, fc.constantFrom(...NAMES), fc.nat(5), fc.constantFrom(ACCOUNT, "999999999999", "é"), extra)
  .map(
    ([eventTime, name, id, account, more]) =>
      `{"eventVersion":"1.08","eventTime":"${eventTime}","eventSource":"kms.amazonaws.com","eventName":"${name}",` +
      `"awsRegion":"eu-west-1"${more},"eventID":"${id}","readOnly":false,"eventType":"AwsApiCall","recipientAccountId":"${account}"}`,
  );
const odd = fc.constantFrom(
  "{}",
  "null",
  "12",
  '"text"',
  "[]",
  '{"eventTime":"2026-01-15T09:30:00Z","eventName":"DisableKey"}',
  '{"eventTime":5,"eventName":"DisableKey","eventID":"1","awsRegion":"a","recipientAccountId":"b"}',
  `{"detail":{"eventTime":"2026-01-15T09:30:00Z","eventName":"DisableKey","recipientAccountId":"${ACCOUNT}"}}`,
  '{"events":[{"message":"{}"}]}',
  '{"digestStartTime":"2026-01-15T09:30:00Z"}',
  "}",
  "]",
);
const record = fc.oneof({ weight: 30, arbitrary: whole }, odd);
const rarely = (usual: string, ...others: string[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
const text = fc
  .tuple(
    rarely('{"Records":[', '{ "Records" : [', '\uFEFF{"Records":[', "[", "", '{"x":1,"Records":[', ' {"Records":[\r\n'),
    fc.array(record, { maxLength: 6 }),
    rarely(",", ", ", "\n", ",\r\n", "", ",,", "\t,"),
    rarely("]}", "]}\n", "]", "", '],"x":[]}', "]}]}", '],"records":[{}]}', ",]}", "]}\0"),
  )
  .map(([opening, records, separator, closing]) => opening + records.join(separator) + closing);
const changed = fc
  .tuple(text, fc.nat(), fc.constantFrom('"', "\\", "{", "}", "[", "]", ",", ":", "\n", " ", ""))
  .map(([whole, place, by]) => {
    const at = place % (whole.length + 1);
    return whole.slice(0, at) + by + whole.slice(at + 1);
  });
const packed = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: text }, changed),
    fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.nat(7)),
    fc.nat(),
  )
  .map(([content, how, place]) => {
    const gzip = gzipSync(content);
    const at = place % gzip.length;
    const forms = [
      gzip,
      gzip.subarray(0, at),
      Buffer.concat([gzip, gzip]),
      Buffer.concat([gzip, Buffer.alloc(9)]),
      Buffer.concat([gzip, Buffer.from("garbage")]),
      Buffer.from(content),
      gzipSync(gzip),
      Buffer.from(gzip).fill(place % 256, at, at + 1),
    ];
    return forms[how] ?? gzip;
  });

test("has the same result as reading record by record, whatever a file holds", async () => {
  await fc.assert(
    fc.asyncProperty(packed, fc.constantFrom(...OPTIONS), (content, options) => agrees(content, options)),
    { numRuns: 100 },
  );
  expect(outlined).toBeGreaterThan(15);
});

test.each([
  ...[
    ":1",
    ":01",
    ":1.",
    ":1.e1",
    ":.1",
    ":+1",
    ":-",
    ":1e",
    ":1e+",
    ":1 2",
    ":tru",
    ":nul",
    ":NaN",
    ":'1'",
    "::1",
    ":",
  ],
  ...[
    ":{{}}",
    ":[1,]",
    ":[,1]",
    ":{,}",
    ':{"b":1,}',
    ':{"b"}',
    ':["b":1]',
    ":[}",
    ":{]",
    ":[1",
    ":1]",
    " 1",
    ",1",
    ',"b":1',
  ],
  ...[':"\\x"', ':"\\u12g4"', ':"\t"', ':"\0"', ':"b', ":1,b:1", ":1,"],
])("a record that continues with '\"a\"%s' is reported, or read, in both ways", async (rest) => {
  const record = `{"eventTime":"2026-01-15T09:30:00Z","eventName":"DescribeKey","eventID":"1","awsRegion":"a","recipientAccountId":"${ACCOUNT}"`;
  // The first in a minute is parsed anyway.
  await agrees(gzipSync(`{"Records":[${record}},${record},"a"${rest}}]}`), {});
  const [{ records, unreadable }] = JSON.parse(await resultOf({})) as [ReplayReport];
  expect({ records, unreadable: unreadable.length }).toEqual(
    rest === ":1" ? { records: 2, unreadable: 0 } : { records: 1, unreadable: 1 },
  );
});

test("a huge record, and more records than there is room for, have the same result", async () => {
  const [one] = fc.sample(whole, { numRuns: 1, seed: 1 });
  const huge = `{"a":"${"x".repeat(17 * 1024 * 1024)}","eventTime":"2026-01-15T09:30:00Z"}`;
  await agrees(gzipSync(`{"Records":[${one ?? ""},${huge}]}`), {});
  await agrees(gzipSync(`{"Records":[${Array.from({ length: 17_000 }, () => one).join(",")}]}`), {});
  await agrees(Buffer.alloc(0), {});
});

test("a name that needs a text suffices only in a record with a text of its own group", () => {
  const text = (value: string) => ({ text: value, starts: true, ends: true });
  const outliner = FileOutliner.of({
    ...{ pieces: [], names: ["Alone"], namePieces: [] },
    hinted: [
      { names: ["Get", "Alone"], namePieces: [{ text: "Put", starts: true, ends: false }], pieces: [text("mine")] },
      { names: ["Set"], namePieces: [], pieces: [text("yours"), { text: "-end", starts: false, ends: true }] },
    ],
  });
  const given = [
    "Get mine",
    "Get yours",
    "Get minesweeper",
    "PutKey mine",
    "PutKey yours",
    "Set the-end",
    "Alone x",
    "No mine",
  ];
  const records = given.map((each, id) => {
    const [name = "", value = ""] = each.split(" ");
    const fields = {
      eventTime: TIMES[0],
      eventName: name,
      eventID: String(id),
      awsRegion: "a",
      recipientAccountId: "1",
    };
    return { ...fields, requestParameters: { list: [{ value }] } };
  });
  const content = gzipSync(JSON.stringify({ Records: records }));
  writeFileSync(file, content);
  const outline = outliner?.outline(file, content.length);
  const found = given.map((_, number) => {
    const { mayMeet, mayFit } = outline?.moveTo(number) ?? {};
    return mayMeet === true ? "meets" : mayFit === true ? "may fit" : "";
  });
  expect(found).toEqual(["meets", "", "", "may fit", "", "meets", "meets", ""]);
});

/** The outlined records with these fields, as JSON, each between two that are plain. */
function outlinesOf(fields: readonly string[]): { readonly time: number; readonly hasUnusualNumber: boolean }[] {
  const plain = `{"eventTime":"2026-01-15T09:30:00Z","eventName":"a","eventID":"1","awsRegion":"a","recipientAccountId":"1"}`;
  const records = fields.map((each) => plain.replace(/"eventTime":[^,]+/, each));
  const content = gzipSync(`{"Records":[${records.join(`,${plain},`)}]}`);
  writeFileSync(file, content);
  const outliner = FileOutliner.of({ pieces: [], names: [], namePieces: [] });
  const outline = outliner?.outline(file, content.length);
  return fields.map((_, number) => {
    const { time: found = 0, hasUnusualNumber = false } = outline?.moveTo(2 * number) ?? {};
    return { time: found, hasUnusualNumber };
  });
}

test("times are those that JavaScript reads", () => {
  const seconds = fc.integer({ min: 0, max: Date.parse("2150-01-01T00:00:00Z") / 1000 });
  const usual = seconds.map((each) => new Date(each * 1000).toISOString().replace(".000", ""));
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[\\d/:]{${length}}$`));
  const odd = fc
    .tuple(digits(4), ...["-", "-", "T", ":", ":"].map(() => fc.oneof(digits(2), fc.constantFrom("02", "29", "30"))))
    .map(([year, month, day, hour, minute, second]) => `${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const leap = fc.constantFrom(
    "1970-01-01T00:00:00Z",
    "2000-02-29T23:59:59Z",
    "2023-02-29T00:00:00Z",
    "2099-12-31T23:59:59Z",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(usual, odd, leap), { minLength: 1, maxLength: 50 }), (times) => {
      const found = outlinesOf(times.map((each) => `"eventTime":"${each}"`));
      const read = times.map((each) => timeAt(Buffer.from(each), 0, each.length));
      expect(found.map((each) => each.time)).toEqual(read);
    }),
    { numRuns: 20 },
  );
});

test.each([
  ...["1.0", "0.5", "-0", "-0.1", "1e3", "1E3", "-2e-1", "1234567890123456", "-1234567890123456", "[1,[-0]]"].map(
    (number) => [number, true] as const,
  ),
  ...["0", "-1", "10", "123456789012345", "[0,1]", '"1.0"', "null", "true"].map((number) => [number, false] as const),
])("a record with %s: %s that JavaScript may write it differently", (number, isUnusual) => {
  const [found] = outlinesOf([`"eventTime":"2026-01-15T09:30:00Z","n":${number}`]);
  expect(found?.hasUnusualNumber).toBe(isUnusual);
});

test("what is checked in is what its sources compile to", () => {
  const output = join(folder, "outline-wasm.ts");
  const { status, stderr } = spawnSync(process.execPath, ["scripts/build-wasm.mjs", output], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(readFileSync(output, "utf8")).toBe(readFileSync(resolve("signals/outlines/outline-wasm.ts"), "utf8"));
});
