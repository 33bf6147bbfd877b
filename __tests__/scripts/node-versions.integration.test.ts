import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { satisfies } from "semver";

interface Package {
  readonly engines?: { readonly node?: string } | readonly string[];
}

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Package> };
const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };

/** Packages of the lock file that do not support a version of Node.js. */
function unsupported(version: string): string[] {
  return Object.entries(lock.packages).flatMap(([name, one]) => {
    const range = name === "" || one.engines === undefined || !("node" in one.engines) ? undefined : one.engines.node;
    return range === undefined || satisfies(version, range) ? [] : [`${name} ${range}`];
  });
}

/** What scripts/versions.mjs, which setup runs before any package is installed, says of each version. */
function inRange(versions: readonly string[], range: string): boolean[] {
  const code = `import { isInRange } from "./scripts/versions.mjs";
    console.log(JSON.stringify(${JSON.stringify(versions)}.map((one) => isInRange(one, ${JSON.stringify(range)}))))`;
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }),
  ) as boolean[];
}

describe("engines", () => {
  test.each(["20.19.0", "22.13.0", "24.0.0", "24.22.3", "26.12.1"])(
    "Node.js %s is supported by each package",
    (version) => {
      expect(satisfies(version, engines.node)).toBe(true);
      expect(unsupported(version)).toEqual([]);
    },
  );

  test.each(["20.18.3", "21.7.3", "22.12.0", "23.4.0"])("Node.js %s is not, by some package", (version) => {
    expect(satisfies(version, engines.node)).toBe(false);
    expect(unsupported(version)).not.toEqual([]);
  });

  test("setup reads the range as npm does", () => {
    const versions = [
      "18.20.8",
      "20.18.3",
      "20.19.0",
      "20.20.2",
      "21.7.3",
      "22.12.9",
      "22.13.0",
      "23.11.1",
      "24.0.0",
      "26.1.0",
    ];
    expect(inRange(versions, engines.node)).toEqual(versions.map((one) => satisfies(one, engines.node)));
  });

  test(".nvmrc names a supported version", () => {
    expect(satisfies(`${readFileSync(".nvmrc", "utf8").trim()}.99.0`, engines.node)).toBe(true);
  });
});
