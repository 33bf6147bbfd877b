import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageFile } from "../../lib/support/package-file";
import { synthesizeStacks } from "../../main";
import { loadOrganization } from "../../organization/load";
import { lossesOf, recordOf, stacksIn, type ReleaseRecord } from "../../releases/record";
import { unexplained, UPGRADE_NOTES } from "../../releases/upgrade-notes";

// What the last release deployed for its account files, and what the code of today makes of the same files.

const releases = readdirSync("releases", { withFileTypes: true }).filter((entry) => entry.isDirectory());
const folder = join("releases", releases[0]?.name ?? "");
const release = JSON.parse(readFileSync(join(folder, "record.json"), "utf8")) as ReleaseRecord;
const outdir = mkdtempSync(join(tmpdir(), "trailwatch-upgrade-"));
synthesizeStacks(loadOrganization(join(folder, "accounts")), outdir);
const stacks = stacksIn(outdir);
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

test("there is one record, of a release whose code this can be an upgrade of", () => {
  expect(releases).toHaveLength(1);
  const minorOf = (version: string): number => {
    const [major = 0, minor = 0] = version.split(".").map(Number);
    return major * 1000 + minor;
  };
  expect(minorOf(releases[0]?.name ?? "")).toBeLessThanOrEqual(minorOf(packageFile().version));
});

test("an upgrade deletes or replaces no alarm, filter, topic, subscription, rule, log group or trail, but those with a note", () => {
  expect(unexplained(lossesOf(release, stacks), UPGRADE_NOTES)).toEqual([]);
});

test("a note explains something: others would hide a loss to come", () => {
  const losses = lossesOf(release, stacks);
  expect(UPGRADE_NOTES.filter((note) => unexplained(losses, [note]).length === losses.length)).toEqual([]);
});

describe("a loss", () => {
  const STACK = "monitoring-payments";
  const [address = "", identity = ""] =
    Object.entries(release[STACK] ?? {}).find(([name]) => name.startsWith("aws_cloudwatch_metric_alarm.")) ?? [];
  const [type = "", name = ""] = address.split(".");
  const loss = { stack: STACK, address, identity };

  /** The stacks, with other alarms and other `moved` blocks in one. */
  function changed(change: (alarms: Record<string, Record<string, unknown>>) => void, moved: object = {}) {
    const stack = structuredClone(stacks[STACK]);
    if (stack === undefined) throw new Error(`no stack ${STACK}`);
    change(stack.resource?.[type] as Record<string, Record<string, unknown>>);
    return { ...stacks, [STACK]: { ...stack, ...moved } };
  }
  const renamed = (alarms: Record<string, Record<string, unknown>>): void => {
    alarms["other"] = alarms[name] ?? {};
    Reflect.deleteProperty(alarms, name);
  };

  test("is another address, another name, a stack that is gone, and a state elsewhere", () => {
    expect(lossesOf(release, changed(renamed))).toEqual([loss]);
    expect(
      lossesOf(
        release,
        changed((alarms) => Object.assign(alarms[name] ?? {}, { alarm_name: "x" })),
      ),
    ).toEqual([loss]);
    const { [STACK]: gone, ...others } = stacks;
    expect(lossesOf(release, others)).toHaveLength(Object.keys(release[STACK] ?? {}).length);
    const elsewhere = { ...stacks, [STACK]: { ...gone, terraform: { backend: { s3: { key: "elsewhere" } } } } };
    expect(lossesOf(release, elsewhere)).toMatchObject([{ stack: STACK, address: "terraform.backend" }]);
  });

  test("is none with a moved block, and needs no fix with a note", () => {
    const moved = { moved: [{ from: address, to: `${type}.other` }] };
    expect(lossesOf(release, changed(renamed, moved))).toEqual([]);
    const note = { stack: "monitoring-*", address: `${type}.*`, note: "Its alarm is replaced." };
    expect(unexplained([loss], [note])).toEqual([]);
    expect(unexplained([loss], [{ ...note, stack: "alert-hub" }])).toEqual([loss]);
  });
});

test("the record is that of the code, where the release is the code's own version", () => {
  if (releases[0]?.name !== packageFile().version) return;
  expect(Object.keys(recordOf(stacks))).toEqual(Object.keys(release));
});
