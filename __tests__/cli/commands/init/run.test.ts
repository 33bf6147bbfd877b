import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInit } from "../../../../cli/commands/init/run";
import { packageFile } from "../../../../lib/support/package-file";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwatch-init-"));
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string): void => {
  writeFileSync(join(folder, name), text);
};
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

test("an empty folder gets an app, its packages, and the example of the documentation", () => {
  runInit(folder);
  expect(readdirSync(join(folder, "accounts"))).toEqual(readdirSync("accounts"));
  expect(read("accounts/payments.yaml")).toBe(readFileSync("accounts/payments.yaml", "utf8"));
  const { version, dependencies, optionalDependencies, overrides } = packageFile();
  expect(JSON.parse(read("package.json"))).toEqual({
    private: true,
    scripts: { synth: "node --import tsx main.ts", bootstrap: "node node_modules/trailwatch/dist/bootstrap.js" },
    dependencies: { tsx: dependencies["tsx"], trailwatch: version },
    devDependencies: { ...overrides, "cdktf-cli": optionalDependencies["cdktf-cli"] },
    overrides,
  });
  expect(JSON.parse(read("cdktf.json"))).toMatchObject({ app: "node --import tsx main.ts" });
});

test("entries of package.json and lines of .gitignore that are there stay", () => {
  write("package.json", '{ "name": "mine", "scripts": { "test": "jest" }, "dependencies": { "tsx": "4.0.0" } }');
  write(".gitignore", "*.secret\nnode_modules/\n");
  runInit(folder);
  expect(JSON.parse(read("package.json"))).toMatchObject({
    name: "mine",
    scripts: { test: "jest", synth: "node --import tsx main.ts" },
    dependencies: { tsx: "4.0.0" },
  });
  expect(read(".gitignore")).toMatch(/^\*\.secret\nnode_modules\/\ncdktf\.out\/\n/);
  expect(read(".gitignore").match(/node_modules/g)).toHaveLength(1);
});

test("whatever is in the way is listed at once, and nothing is written", () => {
  write("cdktf.json", "{}");
  write("package.json", '{ "scripts": { "synth": "other", "bootstrap": "other" } }');
  expect(() => {
    runInit(folder);
  }).toThrow(
    [
      "'cdktf.json' must not exist yet",
      "'scripts.synth' in package.json must not have another value yet",
      "'scripts.bootstrap' in package.json must not have another value yet",
      "Nothing was written: use an empty folder, or move these away.",
    ].join("\n"),
  );
  expect(readdirSync(folder).sort()).toEqual(["cdktf.json", "package.json"]);
});

test.each([
  ["{", /^'package.json' must be JSON \(/],
  ["[]", /^'package.json' must hold an object$/],
  ['{ "scripts": 1 }', /^'scripts' in package.json must be an object$/],
])("a package.json that cannot be completed is an error: %s", (text, message) => {
  write("package.json", text);
  expect(() => {
    runInit(folder);
  }).toThrow(message);
  expect(existsSync(join(folder, "accounts"))).toBe(false);
});
