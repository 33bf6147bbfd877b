import { readFileSync } from "node:fs";
import { allShims } from "../../sandbox/proxy/shims";
import { sharedState } from "../../sandbox/shared-state";

test("docs/sandbox.md lists every shim with the text of the code", () => {
  const table = allShims(sharedState()).map(
    ({ service, operations, why, does }) =>
      `| ${operations.map((operation) => `\`${service}:${operation}\``).join(", ")} | ${why} | ${does} |`,
  );
  const documented = readFileSync("docs/sandbox.md", "utf8")
    .split("\n")
    // Prettier lines tables up.
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => /^\| `\w+:\w+`/.test(line));
  expect(documented).toEqual(table);
});
