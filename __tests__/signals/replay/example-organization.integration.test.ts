import { existsSync } from "node:fs";
import { join } from "node:path";
import { allDetections } from "../../../detections/catalogue";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";
import { loadOrganization } from "../../../organization/load";
import { watchedRegions, type Account } from "../../../organization/organization";
import { subscriptionsOf } from "../../../organization/resolve/subscriptions";
import { buildApp } from "../../../main";
import { compileFilterPattern, Evaluator, parseRecord, readDeployment, replay } from "../../../signals";
import { RecordEvaluator } from "../../../signals/replay/evaluation/record-evaluator";
import { trailEvent } from "../../../signals/replay/feeds/trail-event";
import { compileSubscription, type CompiledDetection } from "../../../stacks/compiled-detection";
import { watchedAccount } from "../../../stacks/watched-account";
import { testApp } from "../../support/synth";
import { folderOf } from "../deployment/terraform-folder";

// What the shipped accounts become, evaluated as CloudWatch would: feeds, filters and alarms as they stand in cdktf.out.
const organization = loadOrganization("accounts");
const app = testApp();
buildApp(organization, app).synth();
const deployment = readDeployment(app.outdir);

test("everything that is synthesized can be evaluated", () => {
  expect(deployment.warnings).toEqual([]);
  expect(deployment.accounts.map(({ name }) => name).sort()).toEqual(
    organization.accounts.map(({ name }) => name).sort(),
  );
});

describe.each(organization.accounts)("in $name", (account) => {
  test("the examples of all detections match what the conditions say", () => {
    const examples = allDetections().flatMap(({ detection }) => [
      ...detection.examples.matches,
      ...detection.examples.nearMisses,
    ]);
    const records = examples.map((record, index) => ({ ...record, eventID: `example-${index}` }));
    const evaluator = new Evaluator(deployment, { account: account.id });
    for (const record of records) evaluator.add(parseRecord(JSON.stringify(record)));

    const found = evaluator.report().detections.filter((detection) => detection.account === account.name);
    const matched = Object.fromEntries(found.map(({ detection, matched: count }) => [detection, count]));
    expect(matched).toEqual(expectedIn(account, records));
  });

  // One detection at a time: of several, one could let through what another has to.
  test("no detection's examples are passed over unparsed", async () => {
    const examples = allDetections().flatMap(({ detection }) => detection.examples.matches);
    const lines = examples.map((record, index) => JSON.stringify({ ...record, eventID: `example-${index}` }));
    const matching = linesByDetection(account, lines);
    expect(matching.size).toBeGreaterThan(10);
    for (const [detection, own] of matching) {
      const [parsed, prefiltered] = [evaluatorOfOne(account, detection), evaluatorOfOne(account, detection)];
      for (const line of own) parsed.add(parseRecord(line));
      await replay(prefiltered, [folderOf({ "examples.jsonl": Buffer.from([...own].join("\n")) })]);
      const counted = expect.objectContaining({ detection, matched: own.size }) as unknown;
      expect(parsed.report().detections).toContainEqual(counted);
      expect(prefiltered.report().detections).toEqual(parsed.report().detections);
    }
  });
});

const evaluatorOfOne = ({ id }: Account, detection: string) => new Evaluator(deployment, { account: id, detection });

/** The lines that match each detection, of whichever account's feed, when each line is parsed. */
function linesByDetection({ id }: Account, lines: readonly string[]): Map<string, Set<string>> {
  const evaluator = new RecordEvaluator(deployment);
  const found = new Map<string, Set<string>>();
  for (const line of lines) {
    const outcome = evaluator.outcomeOf(trailEvent(parseRecord(line), id), () => false);
    for (const number of outcome?.matches ?? []) {
      const detection = evaluator.detections[number]?.id ?? "";
      found.set(detection, (found.get(detection) ?? new Set<string>()).add(line));
    }
  }
  return found;
}

/** How many records each detection's conditions hold for, evaluated without any filter pattern. */
function expectedIn(account: Account, records: readonly CloudTrailRecord[]): Record<string, number> {
  const regions = new Set<unknown>(watchedRegions(organization, account));
  const ownRecords = records
    // An event bus does not forward the others.
    .filter(({ awsRegion }) => regions.has(awsRegion))
    .map((record) => ({ ...record, recipientAccountId: account.id }));
  const watched = watchedAccount(organization, account);
  const counts = subscriptionsOf(organization, account).flatMap((subscription) => {
    const compiled = compileSubscription(subscription, account, watched);
    if (compiled === undefined) return [];
    const count = ownRecords.filter(evaluatorOf(compiled)).length;
    return count === 0 ? [] : [[compiled.detection.id, count] as const];
  });
  return Object.fromEntries(counts);
}

function evaluatorOf({
  conditions,
  filterPatterns,
  asCheckersExpect,
}: CompiledDetection): (record: CloudTrailRecord) => boolean {
  const patterns = filterPatterns.map((pattern) => compileFilterPattern(pattern));
  if (asCheckersExpect) return (record) => patterns.some((pattern) => pattern.matches(JSON.stringify(record)));
  const predicates = conditions.map(predicate);
  return (record) => predicates.some((holds) => holds(record));
}

const REAL = join(__dirname, "../../../../shared/cloudtrail");
const describeReal = existsSync(REAL) ? describe : describe.skip;

// Skipped where ../shared/cloudtrail is not at hand. Counted by hand with jq: unique by eventID, account and region.
describeReal("real records of three attacks (../shared/cloudtrail)", () => {
  const files = ["invictus-aws_dataset", "stratus-red-team", "traildiscover"].map((source) =>
    join(REAL, source, "records.jsonl"),
  );

  test.each<[string, Record<string, number>]>([
    [
      "payments",
      {
        "trail-stopped": 10,
        "secret-read-burst": 80,
        "long-lived-credential-created": 8,
        "denied-call-burst": 320,
        "iam-trust-changed": 8,
        "cis-4-1-unauthorized-api-calls": 319,
        "cis-4-4-iam-policy-changes": 40,
      },
    ],
    // Fewer: the rest comes from regions that are not forwarded.
    ["workloads-production", { "trail-stopped": 8, "secret-read-burst": 60 }],
  ])("match in %s", async (name, expected) => {
    const id = organization.accounts.find((account) => account.name === name)?.id ?? "";
    const evaluator = new Evaluator(deployment, { account: id });
    await replay(evaluator, files);
    const report = evaluator.report();
    expect(report).toMatchObject({ records: 3525, duplicates: 1, unreadable: [] });
    const found = report.detections.filter(({ account }) => account === name);
    expect(Object.fromEntries(found.map(({ detection, matched }) => [detection, matched]))).toMatchObject(expected);
  });

  test("belong to no account of the organization", async () => {
    const evaluator = new Evaluator(deployment);
    await replay(evaluator, files);
    expect(evaluator.report().unknownAccounts).toMatchObject({ "123837392027": 2900 });
  });
});
