import { join } from "node:path";
import { Readable } from "node:stream";
import { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { apiCall } from "../../../detections/example-record";
import { Evaluator, readDeployment, replay, replayPooled, type ReplayReport } from "../../../signals";
import { OutlineThread } from "../../../signals/outlines/outline-thread";
import { batchesOf } from "../../../signals/pool/pooled-replay";
import { localFile } from "../../../signals/records/find-files";
import type { RecordFile } from "../../../signals/records/record-file";
import { ACCOUNT, folderOf, stackWith, trail } from "../deployment/terraform-folder";

const deployment = readDeployment(folderOf({ "main.tf.json": stackWith(trail()) }));
const NAMES = ["DisableKey", "EnableKey", "DescribeKey"];
const UNKNOWN_ACCOUNT = "999999999999";

const record = (number: number): object => ({
  ...apiCall("kms", NAMES[number % NAMES.length] ?? "", {
    recipientAccountId: number % 10 === 0 ? UNKNOWN_ACCOUNT : ACCOUNT,
    eventTime: new Date(Date.UTC(2026, 0, 15, 9, number)).toISOString().replace(".000Z", "Z"),
  }),
  eventID: `event-${number}`,
});
const records = (from: number): object[] => Array.from({ length: 20 }, (_, index) => record(from + index));

/** Each file repeats half of the one before. */
const files = Object.fromEntries(
  Array.from({ length: 30 }, (_, index) => [
    `${index % 3}/${String(index).padStart(2, "0")}.json.gz`,
    gzipSync(JSON.stringify({ Records: records(10 * index) })),
  ]),
);
const lines = records(1000).map((each) => `${JSON.stringify(each)}\n`);
const archive = folderOf({
  ...files,
  "0/broken.json.gz": gzipSync(JSON.stringify({ Records: records(500) })).subarray(0, -20),
  "1/lines.jsonl": `${lines.join("")}{"eventName": oops}\n`,
  "2/envelope.json": { version: "0", detail: record(2000) },
});

async function reported(run: (evaluator: Evaluator) => Promise<void>): Promise<ReplayReport> {
  const evaluator = new Evaluator(deployment);
  await run(evaluator);
  return evaluator.report();
}

/** One thread outlines, and from the third on each scans. */
const pooled = (evaluator: Evaluator, workers = 3): Promise<void> =>
  replayPooled(evaluator, [archive], { workers, startBytes: 0 });

afterEach(() => {
  jest.restoreAllMocks();
});

test("several threads report what one does, and what parsing every record does", async () => {
  const alone = await reported((evaluator) => replay(evaluator, [archive]));
  const parsed = await reported((evaluator) => replay(evaluator, [archive], { onEvent: () => undefined }));
  expect(await reported(pooled)).toEqual(alone);
  const answered = jest.spyOn(OutlineThread.prototype, "release");
  expect(await reported((evaluator) => pooled(evaluator, 2))).toEqual(alone);
  expect(answered).toHaveBeenCalled();
  expect(parsed).toEqual(alone);
  expect(alone).toMatchObject({
    records: 640,
    duplicates: 290,
    unknownAccounts: { [UNKNOWN_ACCOUNT]: 36 },
    unreadable: [
      { file: join(archive, "0/broken.json.gz"), reason: "truncated gzip; 19 records were read" },
      { file: join(archive, "1/lines.jsonl"), reason: `not JSON: '{"eventName": oops}'; 20 records were read` },
    ],
  });
  expect(alone.detections[0]?.matched).toBeGreaterThan(50);
});

test("says how far it is, to the end", async () => {
  const done: number[] = [];
  await reported((evaluator) =>
    replayPooled(evaluator, [archive], {
      workers: 2,
      startBytes: 0,
      onProgress: ({ files: count }) => done.push(count),
    }),
  );
  expect(done.at(-1)).toBe(33);
});

test("files are outlined here when the thread for it ends", async () => {
  const alone = await reported((evaluator) => replay(evaluator, [archive]));
  const asked = jest.spyOn(Worker.prototype, "postMessage").mockImplementation(function (this: Worker) {
    void this.terminate();
  });
  expect(await reported((evaluator) => pooled(evaluator, 2))).toEqual(alone);
  expect(asked).toHaveBeenCalled();
});

/** An evaluator whose workers are set up with another deployment. */
const withWorkersOf = (broken: unknown): Evaluator =>
  Object.create(new Evaluator(deployment), { setup: { value: { deployment: broken, options: {} } } }) as Evaluator;

test("says so when a thread fails", async () => {
  const broken = {
    ...deployment,
    accounts: deployment.accounts.map((account) => ({
      ...account,
      filters: account.filters.map((filter) => ({ ...filter, pattern: "{ oops" })),
    })),
  };
  await expect(pooled(withWorkersOf(broken))).rejects.toThrow(
    /^a worker thread failed \(.+\): try again with '--workers 1'$/,
  );
});

test("a bug in a thread is one, and nothing to try again", async () => {
  await expect(pooled(withWorkersOf({}))).rejects.toThrow(/^Cannot read properties of undefined|is not iterable/);
});

/** A file that a bug shows in when it is opened. */
const buggy = (): RecordFile => ({
  name: "a.json",
  bytes: 1,
  open: () => (undefined as unknown as { open: () => Readable }).open(),
});
async function* found(): AsyncGenerator<RecordFile> {
  yield await Promise.resolve(buggy());
}

test("a bug is never the reason why a file cannot be read", async () => {
  const options = { findFiles: found, workers: 1, startBytes: 0 };
  const evaluator = new Evaluator(deployment);
  for (const run of [
    replay(evaluator, ["a.json"], options),
    replay(evaluator, ["a.json"], { ...options, onEvent: () => undefined }),
    replayPooled(evaluator, ["a.json"], options),
    replayPooled(evaluator, ["a.json"], { ...options, workers: 2 }),
  ]) {
    await expect(run).rejects.toThrow(/^Cannot read properties of undefined/);
  }
  expect(evaluator.report().unreadable).toEqual([]);
});

test("hands on files in batches, and alone what only this thread can open", async () => {
  const megabyte = 1024 * 1024;
  const remote = { name: "s3://bucket/key", bytes: 1, open: () => process.stdin };
  const given = [localFile("a", 1), localFile("b", megabyte), localFile("c", 1), remote, remote, localFile("d", 1)];
  const batches: string[] = [];
  for await (const batch of batchesOf(Readable.from(given))) batches.push(batch.map(({ name }) => name).join(" "));
  expect(batches).toEqual(["a b", "c", "s3://bucket/key", "s3://bucket/key", "d"]);
});
