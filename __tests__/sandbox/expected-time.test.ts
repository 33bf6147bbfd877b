import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExpectedTime } from "../../sandbox/expected-time";

const folder = mkdtempSync(join(tmpdir(), "trailwatch-time-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("a start is expected to take as long as the last one with the same options", () => {
  const all = new ExpectedTime(folder, ["accounts", undefined]);
  expect(all.text()).toMatch(/^Ready to use in 1 to 3 minutes; /);
  all.remember(83.4);
  expect(new ExpectedTime(folder, ["accounts", undefined]).text()).toBe(
    "Ready to use in about 83 s, as the last time.",
  );
  const one = new ExpectedTime(folder, ["accounts", "payments"]);
  expect(one.text()).toContain("1 to 3 minutes");
  one.remember(40);
  expect(all.text()).toContain("about 83 s");
});

test.each(["", "[]", "7", '{"[\\"a\\"]":"soon"}', '{"[\\"a\\"]":null}'])("a damaged file says nothing: %s", (text) => {
  writeFileSync(join(folder, "deployment-seconds.json"), text);
  const expected = new ExpectedTime(folder, ["a"]);
  expect(expected.text()).toContain("1 to 3 minutes");
  expected.remember(12);
  expect(expected.text()).toContain("about 12 s");
});
