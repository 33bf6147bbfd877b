import { mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InstalledProviders } from "../../../../lib/terraform/run/installed-providers";
import { temporaryFolder } from "../../../delivery/bootstrap/terraform-stub";

const AWS = "registry.terraform.io/hashicorp/aws";
const PACKAGE = join(".terraform", "providers", AWS, "5.100.0", "linux_amd64");
const LOCK_FILE = ".terraform.lock.hcl";

/** A stack's folder, synthesized only. */
function stack({ required = { aws: { source: "hashicorp/aws" } }, lock }: { required?: object; lock?: string } = {}) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
  if (lock !== undefined) writeFileSync(join(folder, LOCK_FILE), lock);
  return folder;
}

/** A stack's folder as Terraform leaves it, with a link to a package in the cache, or a copy of one. */
function initialized(kind: "link" | "copy" = "link") {
  const folder = stack({ lock: "locked" });
  const cached = temporaryFolder();
  mkdirSync(join(folder, PACKAGE, ".."), { recursive: true });
  if (kind === "link") symlinkSync(cached, join(folder, PACKAGE));
  else {
    mkdirSync(join(folder, PACKAGE));
    writeFileSync(join(folder, PACKAGE, "provider"), "");
  }
  const installed = new InstalledProviders();
  installed.add(folder);
  return { folder, cached, installed };
}

test("a further folder gets the link and the lock file, and its initialization installs the others only", () => {
  const { installed, cached } = initialized();
  const further = stack();
  const variables = installed.link(further);
  expect(Object.keys(JSON.parse(variables.TF_REATTACH_PROVIDERS ?? "") as object)).toEqual([AWS]);
  expect(readlinkSync(join(further, PACKAGE))).toBe(cached);
  expect(readFileSync(join(further, LOCK_FILE), "utf8")).toBe("locked");
});

test("the same folder, or one with the same lock file, can be initialized again", () => {
  const { folder, installed } = initialized();
  const further = stack({ lock: "locked" });
  for (const one of [folder, further, further]) expect(installed.link(one)).toHaveProperty("TF_REATTACH_PROVIDERS");
});

test.each([
  ["other providers", () => stack({ required: { aws: { source: "hashicorp/aws", version: "6.0.0" } } })],
  ["another lock file", () => stack({ lock: "locked otherwise" })],
  ["no synthesized stack", temporaryFolder],
])("a folder with %s is initialized in full", (_, folder) => {
  expect(initialized().installed.link(folder())).toEqual({});
});

test("a folder that has another package, or a broken link, is initialized in full", () => {
  const { installed } = initialized();
  for (const target of [temporaryFolder(), "/nowhere"]) {
    const further = stack();
    mkdirSync(join(further, PACKAGE, ".."), { recursive: true });
    symlinkSync(target, join(further, PACKAGE));
    expect(installed.link(further)).toEqual({});
  }
});

test("a folder is initialized in full if no other was, or if Terraform copied the package there", () => {
  expect(new InstalledProviders().link(stack())).toEqual({});
  expect(initialized("copy").installed.link(stack())).toEqual({});
});
