import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { differencesOf, wavesOf } from "../../delivery/list-stacks";
import { readStackSummaries } from "../../lib/terraform/read/read-stacks";
import type { StackSummary } from "../../lib/terraform/read/stack";
import { synthesizeStacks } from "../../main";
import { loadOrganization } from "../../organization/load";
import { synthesize } from "../../delivery/synthesis";
import { temporaryFolder } from "./bootstrap/terraform-stub";
import { POLICY_LIMITS } from "../../modules/policy-document";
import { writeOrganization } from "../../bench/support/generated-organization";
import type { StackJson } from "../support/synth";

// An organization of 300 accounts, synthesized as `trailwatch stacks` does it.

/**
 * All packs that accounts may have: pack `cis` is for accounts with a trail in a log group of theirs. Most members have
 * one pack only: their stacks differ by name and id, and no other stack depends on their packs.
 */
const PACKS = "packs: { management: [cis, secrets, access, guard], member: [secrets] }\n";
const ALL_PACKS = "packs: [secrets, access, guard]\n";
/** How many members have all packs: the last ones. */
const WITH_ALL_PACKS = 8;
const POLICY_BYTES: Readonly<Record<string, number>> = {
  aws_kms_key: POLICY_LIMITS.key,
  aws_s3_bucket_policy: POLICY_LIMITS.bucket,
  aws_sns_topic_policy: POLICY_LIMITS.topic,
  aws_cloudwatch_event_bus_policy: POLICY_LIMITS.bus,
  aws_iam_role_policy: POLICY_LIMITS.role,
  aws_sqs_queue_policy: POLICY_LIMITS.queue,
};
/** Most characters of a name. Sources: IAM, CloudWatch, EventBridge, S3 and SNS API References. */
const NAME_LENGTH: Readonly<Record<string, number>> = {
  aws_iam_role: 64,
  aws_cloudwatch_metric_alarm: 255,
  aws_cloudwatch_composite_alarm: 255,
  aws_cloudwatch_event_rule: 64,
  aws_sns_topic: 256,
  aws_cloudwatch_log_group: 512,
};

function accountsFolderOf(accounts: number): string {
  const folder = temporaryFolder();
  const names = writeOrganization(folder, accounts);
  appendFileSync(join(folder, "organization.yaml"), PACKS);
  for (const name of names.slice(-WITH_ALL_PACKS)) {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, ALL_PACKS + readFileSync(file, "utf8"));
  }
  return folder;
}

let stacks: StackSummary[];

beforeAll(async () => {
  const outdir = temporaryFolder();
  const options = { project: ".", accountsFolder: accountsFolderOf(300), outdir, env: process.env };
  await synthesize({ ...options, signal: new AbortController().signal, report: () => undefined });
  stacks = readStackSummaries(outdir);
});

test("there are three waves, and each account is in one of them", () => {
  const waves = wavesOf(
    stacks,
    stacks.map(({ id }) => id),
  );
  const members = Array.from({ length: 298 }, (_, index) => `monitoring-team-${String(index + 1).padStart(4, "0")}`);
  expect(waves.map((wave) => wave.map(({ id }) => id))).toEqual([
    ["log-archive", "monitoring-log-archive", ...members, "state-backend"],
    ["organization-trail"],
    ["monitoring-management"],
  ]);
});

// With few accounts, in this process: a synthesis of 300 takes 10 s of processor time.
test("a change of one account's threshold is a change of one stack", () => {
  const folder = accountsFolderOf(12);
  const summaries = () => {
    const outdir = temporaryFolder();
    synthesizeStacks(loadOrganization(folder), outdir);
    return readStackSummaries(outdir);
  };
  const before = summaries();
  appendFileSync(join(folder, "team-0007.yaml"), "  root-use: { threshold: 2 }\n");
  const after = summaries();
  expect(before).toHaveLength(after.length);
  expect(differencesOf(before, after)).toEqual({ changed: ["monitoring-team-0007"], removed: [] });
});

test("no policy and no name is longer than AWS takes", () => {
  const tooLong: string[] = [];
  const seen = new Set<string>();
  for (const { id, file } of stacks) {
    const { resource = {} } = JSON.parse(readFileSync(file, "utf8")) as StackJson;
    for (const [type, blocks] of Object.entries(resource)) {
      for (const [name, { policy, name: own, alarm_name: called = own }] of Object.entries(blocks)) {
        const bytes = typeof policy === "string" ? Buffer.byteLength(policy) : 0;
        const letters = typeof called === "string" ? called.length : 0;
        if (bytes > 0 || letters > 0) seen.add(type);
        if (bytes > (POLICY_BYTES[type] ?? Infinity) || letters > (NAME_LENGTH[type] ?? Infinity)) {
          tooLong.push(`${id}: ${type}.${name}: ${bytes} bytes, ${letters} letters`);
        }
      }
    }
  }
  expect(tooLong).toEqual([]);
  expect([...seen]).toEqual(
    expect.arrayContaining([
      "aws_kms_key",
      "aws_s3_bucket_policy",
      "aws_sns_topic_policy",
      "aws_iam_role",
      "aws_cloudwatch_metric_alarm",
      "aws_cloudwatch_event_rule",
    ]),
  );
});
