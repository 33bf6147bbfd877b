import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBlindspots, unaccepted } from "../../blindspots/blindspots";
import { ACCEPTED_RISKS } from "../../blindspots/accepted";
import { readResources } from "../../blindspots/path-resource";
import { synthesizeStacks } from "../../main";
import { readDeployment } from "../../signals";
import { variantNamed } from "../support/variants";

const folder = mkdtempSync(join(tmpdir(), "trailwatch-blindspots-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Variants whose accounts have pack `guard`, without which no call is detected. */
const WATCHED = [
  "the shipped example with chat channels, and deployed by CI",
  "alert hub in a member, with change windows",
  "alert hub and its chat in the management account",
  "change windows without a hub",
  "every pack that each feed carries, in every account",
  "several regions",
  "data events with alarms, beside others of the same type",
  "an existing trail and archive, as Control Tower has them",
  "HCP Terraform workspaces",
];

const used = new Set<string>();

// Each takes a minute where other tests run beside it.
test.each(WATCHED)(
  "%s: no call that weakens the monitoring is silent",
  async (name) => {
    const outdir = join(folder, "out");
    rmSync(outdir, { recursive: true, force: true });
    synthesizeStacks(variantNamed(name).organization(), outdir);
    const found = await findBlindspots(readDeployment(outdir), readResources(outdir));
    expect(found.unknownTypes).toEqual([]);
    expect(found.calls.length).toBeGreaterThan(1000);
    const silent = unaccepted(found).map(
      ({ call, type, effect, account }) => `${account}: ${call} (${type}): ${effect}`,
    );
    expect([...new Set(silent)]).toEqual([]);
    for (const { call, type, accepted } of found.calls) if (accepted !== undefined) used.add(`${call} ${type}`);
  },
  600_000,
);

test("every accepted risk is one", () => {
  expect(ACCEPTED_RISKS.map(({ call, type }) => `${call} ${type}`).filter((risk) => !used.has(risk))).toEqual([]);
});
