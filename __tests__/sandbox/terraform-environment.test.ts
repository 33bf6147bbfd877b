/** @jest-environment-options {"modules": "own"} */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findProviderMirror, onlyProviderIn } from "../../sandbox/provider-mirror";
import { terraformEnvironment } from "../../sandbox/terraform-environment";

// Which mirrors there are is tested with provider-mirror; here it must not depend on this machine.
jest.mock("../../sandbox/provider-mirror");

let folder: string;
let cache: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwatch-terraform-"));
  cache = join(folder, "cache");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const withMirror = (mirror: string | undefined) => jest.mocked(findProviderMirror).mockReturnValue(mirror);

describe("with a mirror", () => {
  beforeEach(() => withMirror('/mirrors/of "ours"'));

  test("takes the AWS provider from there and nothing else", () => {
    const { mirror, variables } = terraformEnvironment(folder, {});
    expect(mirror).toBe('/mirrors/of "ours"');
    expect(readFileSync(variables.TF_CLI_CONFIG_FILE ?? "", "utf8")).toMatchInlineSnapshot(`
     "provider_installation {
       filesystem_mirror {
         path    = "/mirrors/of \\"ours\\""
         include = ["registry.terraform.io/hashicorp/aws"]
       }
       direct {
         exclude = ["registry.terraform.io/hashicorp/aws"]
       }
     }
     "
    `);
  });

  test("does not check the only provider there in each command", () => {
    jest.mocked(onlyProviderIn).mockReturnValueOnce("/mirrors/5.100.0/linux_amd64");
    const { variables } = terraformEnvironment(folder, {});
    const override =
      '  dev_overrides {\n    "registry.terraform.io/hashicorp/aws" = "/mirrors/5.100.0/linux_amd64"\n  }\n';
    expect(readFileSync(variables.TF_CLI_CONFIG_FILE ?? "", "utf8")).toContain(
      `provider_installation {\n${override}  filesystem_mirror {\n`,
    );
  });

  test("replaces the environment's own configuration file", () => {
    const own = join(folder, "own.tfrc");
    writeFileSync(own, "");
    const { variables } = terraformEnvironment(folder, { TF_CLI_CONFIG_FILE: own });
    expect(variables.TF_CLI_CONFIG_FILE).toBe(join(folder, "terraform.tfrc"));
  });

  test("keeps links into the mirror out of the permanent cache", () => {
    const { variables } = terraformEnvironment(folder, {});
    expect(variables.TF_PLUGIN_CACHE_DIR).toBe(join(folder, "plugin-cache"));
  });
});

describe("without a mirror", () => {
  beforeEach(() => withMirror(undefined));

  test("leaves the user's configuration alone and writes none", () => {
    const { mirror, variables } = terraformEnvironment(folder, { TF_PLUGIN_CACHE_DIR: cache });
    expect(mirror).toBeUndefined();
    expect(variables).toEqual({
      CHECKPOINT_DISABLE: "1",
      GOGC: "400",
      TF_IN_AUTOMATION: "1",
      TF_PLUGIN_CACHE_DIR: cache,
      TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
    });
    expect(readdirSync(folder)).toEqual(["cache"]);
  });

  test("leaves a named configuration file that exists", () => {
    const own = join(folder, "own.tfrc");
    writeFileSync(own, "");
    const { variables } = terraformEnvironment(folder, { TF_CLI_CONFIG_FILE: own, TF_PLUGIN_CACHE_DIR: cache });
    expect(variables).not.toHaveProperty("TF_CLI_CONFIG_FILE");
  });

  test("replaces a named configuration file that is missing with an empty one", () => {
    const env = { TF_CLI_CONFIG_FILE: join(folder, "missing.tfrc"), TF_PLUGIN_CACHE_DIR: cache };
    const { variables } = terraformEnvironment(join(folder, "new"), env);
    expect(readFileSync(variables.TF_CLI_CONFIG_FILE ?? "", "utf8")).toBe("");
  });

  test("keeps the downloaded provider in the project between runs", () => {
    const { variables } = terraformEnvironment(folder, {});
    expect(variables.TF_PLUGIN_CACHE_DIR).toBe(resolve(".trailwatch", "plugin-cache"));
  });
});

test("keeps the user's setting for Go's garbage collection", () => {
  expect(terraformEnvironment(folder, { GOGC: "50", TF_PLUGIN_CACHE_DIR: cache }).variables.GOGC).toBe("50");
});

test("creates the cache folder, which Terraform does not do", () => {
  withMirror(undefined);
  terraformEnvironment(folder, { TF_PLUGIN_CACHE_DIR: cache });
  expect(existsSync(cache)).toBe(true);
});
