/** @jest-environment-options {"modules": "own"} */
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { TerraformStack } from "cdktf";
import { synthesizeSlices } from "../../../stacks/synthesis/slices";
import "../../support/synth";

jest.mock("node:fs", () => {
  const actual = jest.requireActual<typeof fs>("node:fs");
  return { ...actual, fsyncSync: jest.fn(actual.fsyncSync) };
});

const outdir = fs.mkdtempSync(join(tmpdir(), "trailwatch-whole-files-"));
afterAll(() => {
  fs.rmSync(outdir, { recursive: true });
});

function synthesize(name: string): void {
  synthesizeSlices(
    [
      (app) => {
        const stack = new TerraformStack(app, "stack");
        new AwsProvider(stack, "aws");
        new SnsTopic(stack, "topic", { name });
      },
    ],
    outdir,
  );
}

const files = ["manifest.json", join("stacks", "stack", "cdk.tf.json")];
const texts = (): string[] => files.map((file) => fs.readFileSync(join(outdir, file), "utf8"));

test.each([
  ["the first", 0],
  ["the last", 1],
])("what was synthesized stays whole when the disk is full at %s of the files", (_which, before) => {
  synthesize("old");
  const [manifest = "", stack = ""] = texts();
  expect(stack).toContain('"old"');
  const actual = jest.requireActual<typeof fs>("node:fs");
  for (let file = 0; file < before; file += 1) jest.mocked(fs.fsyncSync).mockImplementationOnce(actual.fsyncSync);
  jest.mocked(fs.fsyncSync).mockImplementationOnce(() => {
    throw Object.assign(new Error("full"), { code: "ENOSPC", syscall: "fsync" });
  });
  expect(() => {
    synthesize("new");
  }).toThrow("cannot be written: the disk is full (ENOSPC)");
  expect(texts()).toEqual([manifest, before === 0 ? stack : stack.replace('"old"', '"new"')]);
  expect(fs.readdirSync(outdir)).toEqual(["manifest.json", "stacks"]);
  expect(fs.readdirSync(join(outdir, "stacks", "stack"))).toEqual(["cdk.tf.json"]);
});
