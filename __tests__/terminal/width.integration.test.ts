import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { apiCall } from "../../detections/example-record";
import { ACCOUNT, folderOf, stackWith, trail } from "../signals/deployment/terraform-folder";
import { Terminal } from "../support/terminal";

const deployment = folderOf({ "main.tf.json": stackWith(trail()) });
const archive = folderOf({
  "records.json": {
    Records: [1, 2].map((number) => ({
      ...apiCall("kms", "DisableKey"),
      recipientAccountId: ACCOUNT,
      eventID: `event-${number}`,
    })),
  },
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((number) => [`broken-${number}.json.gz`, "no gzip"])),
});
const evaluating = [archive, "--deployment", deployment, "--accounts", "accounts"];

/** An organization in which every account has the same mistake. */
const mistaken = folderOf({
  "organization.yaml": readFileSync("accounts/organization.yaml", "utf8"),
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map((number) => [
      `a${number}.yaml`,
      `id: "${number}00000000000"\nname: a${number}\nrole: membre\n`,
    ]),
  ),
});

// The narrowest that is supported: what fits there, fits everywhere. Each case takes a second.
describe.each([60])("in %s columns", (columns) => {
  test.each<[string, readonly string[]]>([
    ["detections", ["detections", "--accounts", "accounts"]],
    ["detections of an account", ["detections", "payments", "--accounts", "accounts"]],
    ["replay", ["replay", ...evaluating]],
    ["replay --explain", ["replay", ...evaluating, "--explain", "event-1"]],
    ["tune", ["tune", ...evaluating]],
    ["a mistake in the configuration", ["detections", "--accounts", mistaken]],
  ])("%s breaks no word, and no line is too wide", async (_name, args) => {
    const terminal = new Terminal(process.execPath, [resolve("bin", "trailwatch.mjs"), ...args], { columns });
    await terminal.ended;
    expect(terminal.lines.length).toBeGreaterThan(2);
    expect(terminal.lines.filter((line) => line.length > columns)).toEqual([]);
    expect(terminal.lines.filter((line) => line.includes("'role' must")).length).toBeLessThan(2);
  });
});
