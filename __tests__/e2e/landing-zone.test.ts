import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { DescribeTrailsCommand } from "@aws-sdk/client-cloudtrail";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { parse } from "yaml";
import { clientsOf } from "../../bench/support/sandbox-clients";
import { writeOrganization } from "../../bench/support/generated-organization";
import { runScenario } from "../../sandbox/run-scenario";
import type { Sandbox } from "../../sandbox/sandbox";
import { readSecretScenario } from "../../sandbox/scenarios/read-secret";
import { SettableClock } from "../../sandbox/signal-path/settable-clock";
import { startSandbox } from "../../sandbox/start-sandbox";

// From `adopt` to a mail in an organization with AWS Control Tower, with the smallest deployment that has an alarm.

const MINUTE = 60_000;
// Other tests use the processors meanwhile.
jest.setTimeout(15 * MINUTE);

const FOLDER = ".trailwatch/e2e-landing-zone";
const ACCOUNTS = `${FOLDER}-accounts`;

interface Settings {
  readonly trail: { readonly existing: object };
  readonly archive: { readonly existing: object };
}

let sandbox: Sandbox;
/** Never synchronously: the local AWS answers from this process. */
const execute = promisify(execFile);

beforeAll(async () => {
  rmSync(ACCOUNTS, { recursive: true, force: true });
  const packs = "packs: { management: [], log-archive: [], member: [secrets] }\n";
  const settings = `${packs}athena: { enabled: false }\n`;
  writeOrganization(ACCOUNTS, 3, { homeRegion: "us-east-1", settings });
  const file = join(ACCOUNTS, "organization.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^state: .*/m, "state: { backend: local }"));
  sandbox = await startSandbox({
    ...{ accountsFolder: ACCOUNTS, workFolder: FOLDER, env: process.env, landingZone: "control-tower" },
  });
});

afterAll(async () => {
  await sandbox.stop();
  rmSync(ACCOUNTS, { recursive: true, force: true });
});

const organizationFile = () => join(sandbox.accountsFolder, "organization.yaml");
const trailsAndBuckets = async () => {
  const [management, logArchive] = [await clientsOf(sandbox, "management"), await clientsOf(sandbox, "log-archive")];
  const { trailList = [] } = await management.cloudTrail.send(new DescribeTrailsCommand({}));
  const { Buckets = [] } = await logArchive.s3.send(new ListBucketsCommand({}));
  return { trails: trailList.map(({ Name }) => Name), buckets: Buckets.map(({ Name = "" }) => Name) };
};

test("adopt writes the settings that use the landing zone into an organization.yaml that has none of them", async () => {
  const text = readFileSync(organizationFile(), "utf8");
  const ofZone = parse(text) as Settings;
  const own = { ...ofZone, trail: undefined, archive: { bucket: "example-org-trailwatch-archive" } };
  writeFileSync(organizationFile(), JSON.stringify(own));
  const adopt = ["bin/trailwatch.mjs", "adopt", "--accounts", sandbox.accountsFolder, "--write", "--yes"];
  const { stdout } = await execute(process.execPath, adopt, { env: sandbox.env });
  expect(stdout).toContain("Reuse\n  trail aws-controltower-BaselineCloudTrail (management)\n");
  const written = parse(readFileSync(organizationFile(), "utf8")) as Settings;
  const { retentionDays, ...archive } = ofZone.archive.existing as { readonly retentionDays: number };
  expect([written.trail, written.archive, retentionDays]).toEqual([ofZone.trail, { existing: archive }, 365]);
});

test("a deployment with them creates no second trail and no archive", async () => {
  const before = await trailsAndBuckets();
  const stacks = (await sandbox.synthesize()).map(({ id }) => id);
  // Without packs and queries, the others have nothing to deploy.
  expect(stacks).toEqual(["monitoring-team-0001", "organization-trail"]);
  await sandbox.deploy(stacks);
  expect(await trailsAndBuckets()).toEqual(before);
});

test("an alert arrives as mail, through the existing trail", async () => {
  await sandbox.signalPath.start();
  const lines: string[] = [];
  const { succeeded } = await runScenario({
    ...{ sandbox, scenario: readSecretScenario, clock: new SettableClock(), print: (line: string) => lines.push(line) },
    signal: new AbortController().signal,
  });
  // The lines show where it stopped.
  expect({ succeeded, lines }).toMatchObject({ succeeded: true });
});
