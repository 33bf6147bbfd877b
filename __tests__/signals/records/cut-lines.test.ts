import { apiCall } from "../../../detections/example-record";
import { FileFaults, readParts } from "../../../signals/records/file-faults";
import { RecordSplitter } from "../../../signals/records/record-splitter";
import { FIELD } from "../../../signals/records/record-outline";
import { unwrapRecords } from "../../../signals/records/unwrap-records";

const request = { text: 'a "quoted" \\ } [ü', list: [{ a: 1 }, { b: [] }], number: -1.5 };
const [one, two, three, four] = ["one", "two", "three", "four"].map((eventID) => ({
  ...apiCall("kms", "DisableKey", { recipientAccountId: "123456789012", requestParameters: request }),
  eventID,
}));
const json = (value: unknown): string => JSON.stringify(value);
const subscription = (record: unknown): object => ({
  messageType: "DATA_MESSAGE",
  logEvents: [{ message: json(record) }],
});

/** Ways in which a line, or a few, hold one record. */
const LINES: Readonly<Record<string, (record: unknown) => string>> = {
  "are records": json,
  "are files": (record) => json({ Records: [record] }),
  "are files with more keys": (record) => json({ a: [{ b: 1 }], Records: [record], c: { d: [] } }),
  "are lists": (record) => json([record]),
  "are texts": (record) => json(json(record)),
  "an export task writes": (record) => `2026-01-15T10:00:00.000Z ${json(record)}`,
  "aws logs tail writes": (record) => `2026-01-15T10:00:00+00:00 stream ${json(record)}`,
  "a subscription writes": (record) => json(subscription(record)),
  "EventBridge writes": (record) => json({ version: "0", detail: record }),
  "lookup-events writes": (record) => json({ EventId: "1", CloudTrailEvent: json(record) }),
  "are indented": (record) => JSON.stringify(record, null, 2),
  "are indented files": (record) => JSON.stringify({ Records: [record] }, null, 4),
};

/** What is read of a text, in chunks of a size: parsed, or as far as an outline tells all. */
function read(text: string, size: number, isParsed: boolean): { ids: unknown[]; reason: string | undefined } {
  const bytes = Buffer.from(text);
  const splitter = new RecordSplitter();
  const faults = new FileFaults();
  const ids: unknown[] = [];
  const { outline } = splitter;
  const take = (id: unknown): void => {
    ids.push(id);
    faults.records += 1;
  };
  const readAll = (): void => {
    readParts(splitter, faults, () => {
      if (outline.isPlain && !isParsed) {
        take(splitter.bytes.toString("utf8", outline.from(FIELD.id), outline.to(FIELD.id)));
      } else {
        unwrapRecords(splitter.text(), splitter.path, ({ eventId }) => {
          take(eventId);
        });
      }
    });
  };
  let end: string | undefined;
  try {
    for (let at = 0; at < bytes.length; at += size) {
      splitter.add(bytes.subarray(at, at + size));
      readAll();
    }
    splitter.end();
    readAll();
  } catch (error) {
    end = error instanceof Error ? error.message : "";
  }
  return { ids, reason: faults.reason(end) };
}

/** In all ways alike, but for what is left of a record that is cut: an outline does not tell all of its faults. */
function readBothWays(text: string, cut?: string): ReturnType<typeof read> {
  const { ids, reason } = read(text, text.length * 2, true);
  const others = (all: readonly unknown[]): unknown[] => all.filter((id) => id !== cut && id !== undefined);
  for (const [size, isParsed] of [
    [text.length * 2, false],
    [37, true],
  ] as const) {
    expect(others(read(text, size, isParsed).ids)).toEqual(others(ids));
  }
  return { ids: others(ids), reason };
}

const STEP = 53;
/** Alternately: what a line lacks and how it ends have nothing to do with each other. */
const LINE_ENDS = ["\n", "\r\n"];

describe.each(Object.entries(LINES))("of lines that %s", (_what, line) => {
  const [first, second, third, fourth] = [one, two, three, four].map(line) as [string, string, string, string];
  const places = Array.from({ length: Math.floor((second.length - 2) / STEP) }, (_, index) => 1 + index * STEP);

  test.each([
    ["its end", (at: number) => second.slice(0, at)],
    ["its start", (at: number) => second.slice(at)],
    ["its middle", (at: number) => second.slice(0, at) + second.slice(at + STEP)],
  ])("one that lacks %s costs no other", (_part, cut) => {
    for (const [index, at] of places.entries()) {
      const { ids } = readBothWays([first, cut(at), third, fourth].join(LINE_ENDS[index % 2]), "two");
      expect(ids).toEqual(["one", "three", "four"]);
    }
  });

  test("one that is the first costs no other", () => {
    for (const at of places) {
      expect(readBothWays([second.slice(at), third, fourth].join("\n")).ids.slice(-2)).toEqual(["three", "four"]);
    }
  });
});

test("reads on in the next file where one ends in the middle, as zcat writes them", () => {
  const whole = json({ Records: [three, four] });
  const cut = json({ Records: [one, two] });
  const half = cut.indexOf('"two"') - 20;
  for (const at of [half, cut.length - 1, cut.length - 2]) {
    const { ids, reason } = readBothWays(cut.slice(0, at) + whole);
    expect(ids).toEqual([...(at === half ? ["one"] : ["one", "two"]), "three", "four"]);
    expect(reason).toContain("not JSON");
  }
});

test.each(Object.entries(LINES))("names the one that lacks its end, of lines that %s", (_what, line) => {
  const [first, second, third] = [one, two, three].map(line) as [string, string, string];
  for (let at = 1; at < second.length - 2; at += STEP) {
    expect(readBothWays([first, second.slice(0, at), third].join("\n"), "two").reason).toMatch(
      /not JSON|not CloudTrail/,
    );
  }
});

test("says of a line that is cut off what it starts with", () => {
  const { reason } = readBothWays(`${json(one)}\n${json(two).slice(0, 99)}\n${json(three)}\n`);
  expect(reason).toMatch(/^not JSON: cut off in the middle, '\{"eventVersion":.*…'; 2 records were read$/);
});

test("says nothing of brackets that are left of a list with a line that is cut off", () => {
  const { ids, reason } = readBothWays(`[\n${json(one)},\n${json(two).slice(0, 99)}\n${json(three)}\n]\n`);
  expect(ids).toEqual(["one", "three"]);
  expect(reason).not.toContain("more that");
});

test("reads on behind a value in a list that is no record", () => {
  const { ids, reason } = readBothWays(`[${json(one)},null, -1.5e3 ,true,${json(two)}]`);
  expect(ids).toEqual(["one", "two"]);
  expect(reason).toBe(
    "not CloudTrail: a list must hold records, got 'null' (and 2 more that are no records); 2 records were read",
  );
});

test("reads records behind text, and no more than a megabyte of text alone", () => {
  const text = `# Notes\n${"prose\n".repeat(20)}`;
  expect(readBothWays(`${text}${json(one)}\n`)).toEqual({
    ids: ["one"],
    reason: "not JSON: '# Notes'; 1 record was read",
  });
  const long = "prose\n".repeat(300_000);
  expect(read(`${long}${json(one)}`, 65_536, true)).toEqual({
    ids: [],
    reason: "not JSON: 'prose'; the rest is not read",
  });
  expect(read(`${json(one)}\n${long}${json(two)}`, 65_536, true).ids).toEqual(["one", "two"]);
});

test("reads on where records are many among what is none", () => {
  const mixed = Array.from({ length: 150 }, () => `START\n${json(one)}\n`).join("");
  const { ids, reason } = readBothWays(mixed);
  expect(ids).toHaveLength(150);
  expect(reason).toContain("(and 149 more that are no records)");
});
