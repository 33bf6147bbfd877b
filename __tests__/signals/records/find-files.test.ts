import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { findFiles } from "../../../signals/records/find-files";
import { readRecords } from "../../../signals/records/read-records";
import type { SkippedFile } from "../../../signals/records/skipped-names";
import { apiCall } from "../../../detections/example-record";
import { folderOf } from "../deployment/terraform-folder";

const record = JSON.stringify(apiCall("kms", "DisableKey"));

interface Walked {
  /** Each file that was read, with its number of records or the reason why it could not be. */
  readonly files: Record<string, number | string>;
  readonly skipped: Record<string, string>;
}

async function walk(folder: string, path = folder): Promise<Walked> {
  const within = (name: string): string => name.slice(folder.length + 1);
  const [files, skipped]: [Walked["files"], Walked["skipped"]] = [{}, {}];
  const onSkipped = ({ file, reason }: SkippedFile): void => {
    skipped[within(file)] = reason.replaceAll(folder, "");
  };
  for (const file of findFiles(path, onSkipped)) {
    try {
      let count = 0;
      for await (const records of readRecords(file)) count += records.length;
      files[within(file.name)] = count;
    } catch (error) {
      files[within(file.name)] = (error as Error).message;
    }
  }
  return { files, skipped };
}

test("opens every file below a folder, whatever it is called", async () => {
  const names = ["000000.gz", "a.ndjson", "b.log", "c.JSON.GZ", "d", "e.json/f g\nh", "i.txt"];
  const folder = folderOf(Object.fromEntries(names.map((name) => [name, record])));
  expect(await walk(folder)).toEqual({ files: Object.fromEntries(names.map((name) => [name, 1])), skipped: {} });
});

test("skips digests and what is hidden, and says so", async () => {
  const folder = folderOf({
    "AWSLogs/1/CloudTrail/a.json.gz": record,
    "AWSLogs/1/CloudTrail-Digest/b.json.gz": record,
    "AWSLogs/1/CloudTrail-Insight/c.json.gz": record,
    "1_CloudTrail-Digest_eu-west-1_x.json.gz": record,
    "export/aws-logs-write-test": "Permission Check Successful",
    "export/task/stream/000000.gz": record,
    "spark/_SUCCESS": "",
    ".DS_Store": "x",
    ".git/config": "x",
  });
  expect(await walk(folder)).toEqual({
    files: {
      "AWSLogs/1/CloudTrail/a.json.gz": 1,
      "AWSLogs/1/CloudTrail-Insight/c.json.gz": 1,
      "export/task/stream/000000.gz": 1,
    },
    skipped: {
      "AWSLogs/1/CloudTrail-Digest": "a digest of CloudTrail, without records",
      "1_CloudTrail-Digest_eu-west-1_x.json.gz": "a digest of CloudTrail, without records",
      "export/aws-logs-write-test": "a test of CloudWatch Logs, without records",
      "spark/_SUCCESS": "the mark of a job, without records",
      ".DS_Store": "hidden",
      ".git": "hidden",
    },
  });
});

test("reads a hidden file that is given by its path", async () => {
  const folder = folderOf({ ".records": record });
  expect(await walk(folder, join(folder, ".records"))).toEqual({ files: { ".records": 1 }, skipped: {} });
});

test("follows links to folders and files, each folder once, and out of loops", async () => {
  const folder = folderOf({ "a/records": record, "z/records": record });
  const elsewhere = folderOf({ records: record, "more/records": record });
  symlinkSync(elsewhere, join(folder, "b"));
  symlinkSync(elsewhere, join(folder, "c"));
  symlinkSync(folder, join(elsewhere, "back"));
  symlinkSync("..", join(folder, "a", "up"));
  symlinkSync(join(folder, "z", "records"), join(folder, "file"));
  expect(await walk(folder)).toEqual({
    files: { "a/records": 1, "b/records": 1, "b/more/records": 1, file: 1, "z/records": 1 },
    skipped: { "a/up": "the same folder as ", "b/back": "the same folder as ", c: "the same folder as /b" },
  });
});

test("names what cannot be opened, and reads the rest", async () => {
  const folder = folderOf({ "a/records": record, "z/records": record });
  symlinkSync("two", join(folder, "one"));
  symlinkSync("one", join(folder, "two"));
  symlinkSync("nowhere", join(folder, "broken"));
  symlinkSync("/dev/zero", join(folder, "zero.json"));
  expect((await walk(folder)).files).toEqual({
    "a/records": 1,
    one: "a link that leads back to itself",
    two: "a link that leads back to itself",
    broken: "a link to what is not there",
    "zero.json": "a device: only regular files are read; pipe records into '-' instead",
    "z/records": 1,
  });
});

test("opens no socket", async () => {
  const folder = folderOf({});
  const server = createServer();
  await new Promise<void>((listening) => server.listen(join(folder, "socket"), listening));
  const { files } = await walk(folder);
  await new Promise((closed) => server.close(closed));
  expect(files["socket"]).toMatch(/^a socket: only regular files are read/);
});

test("names a folder that it may not read, and reads the rest", async () => {
  const folder = folderOf({ "a/records": record, "z/records": record });
  mkdirSync(join(folder, "locked"));
  chmodSync(join(folder, "locked"), 0);
  // Root may read everything.
  const user = process.geteuid?.() ?? 1;
  for (const path of [folder, join(folder, "..")]) chmodSync(path, 0o755);
  if (user === 0) process.seteuid?.(65534);
  const { files } = await walk(folder).finally(() => {
    process.seteuid?.(user);
    chmodSync(join(folder, "locked"), 0o755);
  });
  expect(files).toEqual({ "a/records": 1, locked: "no permission to read it", "z/records": 1 });
});
