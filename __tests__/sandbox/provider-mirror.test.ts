import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findProviderMirror, impliedMirrors, onlyProviderIn, TERRAFORM_PLATFORM } from "../../sandbox/provider-mirror";

const PROVIDER = "registry.terraform.io/hashicorp/aws";

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "trailwatch-mirror-"))));
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** A mirror below the temporary folder with this one file of the provider. */
function mirror(name: string, file = `5.100.0/${TERRAFORM_PLATFORM}/terraform-provider-aws_v5.100.0_x5`): string {
  const path = join(root, name, PROVIDER, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  return join(root, name);
}

/** Looks only below the temporary folder. */
const find = (env: Record<string, string> = {}) =>
  findProviderMirror({ XDG_DATA_DIRS: join(root, "share"), ...env }, join(root, "home"), join(root, "opt"));

const packed = (version: string, platform = TERRAFORM_PLATFORM) => `terraform-provider-aws_${version}_${platform}.zip`;

describe("where it looks", () => {
  test("no mirror anywhere means the registry", () => {
    expect(find()).toBeUndefined();
  });

  test("the named mirror comes first", () => {
    mirror("opt/terraform");
    const named = mirror("named");
    expect(find({ TRAILWATCH_PROVIDER_MIRROR: named })).toBe(named);
  });

  test("an empty name counts as none", () => {
    const inOpt = mirror("opt/terraform");
    expect(find({ TRAILWATCH_PROVIDER_MIRROR: "" })).toBe(inOpt);
  });

  test("Terraform's implied mirrors come before /opt", () => {
    mirror("opt/terraform");
    const implied = mirror("home/.terraform.d/plugins");
    expect(find()).toBe(implied);
  });

  test("a named folder without the provider is refused, with what to do", () => {
    mirror("opt/terraform");
    expect(() => find({ TRAILWATCH_PROVIDER_MIRROR: root })).toThrow(
      /'TRAILWATCH_PROVIDER_MIRROR' must be a folder with .*, got '.*'.*unset/,
    );
  });

  test("a tree two levels below /opt does not count", () => {
    mirror("opt/a/b");
    expect(find()).toBeUndefined();
  });
});

describe("what it accepts", () => {
  test.each(["5.100.0", "5.100.1", "5.101.0", "6.0.0", "6.99.9"])("version %s, packed and unpacked", (version) => {
    const opt = mirror("opt/packed", packed(version));
    expect(find()).toBe(opt);
    expect(
      find({ TRAILWATCH_PROVIDER_MIRROR: mirror("unpacked", `${version}/${TERRAFORM_PLATFORM}/x`) }),
    ).toBeDefined();
  });

  test.each(["4.100.0", "5.99.9", "7.0.0", "6.0.0-beta1", "index.json"])("not version %s", (version) => {
    mirror("opt/packed", packed(version));
    mirror("opt/unpacked", `${version}/${TERRAFORM_PLATFORM}/x`);
    expect(find()).toBeUndefined();
  });

  test("not the provider of another platform", () => {
    mirror("opt/packed", packed("5.100.0", "plan9_mips"));
    mirror("opt/unpacked", "5.100.0/plan9_mips/x");
    expect(find()).toBeUndefined();
  });

  test("a mirror with one version that fits among others", () => {
    mirror("opt/terraform", packed("4.0.0"));
    expect(find()).toBeUndefined();
    expect(find({ TRAILWATCH_PROVIDER_MIRROR: mirror("opt/terraform", packed("6.1.0")) })).toBeDefined();
  });
});

describe("the only provider in a mirror", () => {
  const unpacked = (version: string, platform = TERRAFORM_PLATFORM) => `${version}/${platform}/x`;

  test("is the one that fits, unpacked", () => {
    for (const other of [unpacked("4.0.0"), unpacked("6.0.0", "plan9_mips")]) mirror("one", other);
    expect(onlyProviderIn(mirror("one"))).toBe(join(root, "one", PROVIDER, "5.100.0", TERRAFORM_PLATFORM));
  });

  test.each([unpacked("6.0.0"), packed("6.0.0")])("is none beside %s", (other) => {
    mirror("two", other);
    expect(onlyProviderIn(mirror("two"))).toBeUndefined();
  });

  test("is none that is packed", () => {
    expect(onlyProviderIn(mirror("packed", packed("5.100.0")))).toBeUndefined();
  });
});

describe("Terraform's implied mirrors", () => {
  test("on Linux, by default", () => {
    expect(impliedMirrors({}, "/home/a", "linux")).toEqual([
      "/home/a/.terraform.d/plugins",
      "/home/a/.local/share/terraform/plugins",
      "/usr/local/share/terraform/plugins",
      "/usr/share/terraform/plugins",
    ]);
  });

  test("on Linux, with XDG folders", () => {
    expect(impliedMirrors({ XDG_DATA_HOME: "/data", XDG_DATA_DIRS: "/one:/two" }, "/home/a", "linux")).toEqual([
      "/home/a/.terraform.d/plugins",
      "/data/terraform/plugins",
      "/one/terraform/plugins",
      "/two/terraform/plugins",
    ]);
  });

  test("on macOS", () => {
    expect(impliedMirrors({ XDG_DATA_HOME: "/data" }, "/Users/a", "darwin")).toEqual([
      "/Users/a/.terraform.d/plugins",
      "/Users/a/Library/Application Support/io.terraform/plugins",
      "/Library/Application Support/io.terraform/plugins",
    ]);
  });

  test("on Windows", () => {
    expect(impliedMirrors({ APPDATA: "/AppData" }, "/Users/a", "win32")).toEqual([
      "/AppData/terraform.d/plugins",
      "/AppData/HashiCorp/Terraform/plugins",
    ]);
  });
});
