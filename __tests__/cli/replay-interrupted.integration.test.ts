import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { apiCall } from "../../detections/example-record";
import { accountsFolder } from "../organization/accounts-folder";
import { folderOf, stackWith, trail } from "../signals/deployment/terraform-folder";

test("Ctrl-C ends a replay on several threads at once, without a word", async () => {
  const deployment = folderOf({ "main.tf.json": stackWith(trail()) });
  const record = apiCall("kms", "DisableKey");
  // Large enough for threads, which then wait for work while the standard input has no end.
  const records = Array.from({ length: 8 }, () => ({ ...record, padding: "x".repeat(1024 * 1024) }));
  const archive = folderOf({ "records.json": { Records: records } });
  const args = ["replay", archive, "-", "--workers", "2", "--deployment", deployment, "--accounts", accountsFolder()];
  const child = spawn(process.execPath, [resolve("bin", "trailwatch.mjs"), ...args]);
  const written: string[] = [];
  child.stdout.on("data", (text) => written.push(String(text)));
  child.stderr.on("data", (text) => {
    written.push(String(text));
    // Progress: it is at work.
    child.kill("SIGINT");
  });

  // A shell's exit code for this is 130.
  expect(await once(child, "close")).toEqual([null, "SIGINT"]);
  expect(written.join("")).toMatch(/^\d files, [\d.]+ MB\n$/);
});
