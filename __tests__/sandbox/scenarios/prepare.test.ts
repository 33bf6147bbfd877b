import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadWithSources } from "../../../organization/load";
import { SCENARIOS } from "../../../sandbox/scenarios";
import { limitProblems } from "../../../stacks/limit-problems";

const PREPARED = SCENARIOS.filter(({ prepare }) => prepare !== undefined).map(
  (scenario) => [scenario.id, scenario] as const,
);

test.each(PREPARED)("the settings of scenario %s are valid and within AWS's limits", (_id, scenario) => {
  const folder = join(mkdtempSync(join(tmpdir(), "trailwatch-")), "accounts");
  cpSync("accounts", folder, { recursive: true });
  scenario.prepare?.(folder);
  expect(limitProblems(loadWithSources(folder))).toEqual([]);
});
