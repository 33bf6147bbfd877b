import { gzipSync } from "node:zlib";
import { ArchiveReplay } from "../../athena/query-archive";
import { archiveSource } from "../../cli/commands/replay/athena-report";
import { archiveReplayJson, replayJson } from "../../cli/commands/replay/json";
import { replaySource } from "../../cli/commands/replay/report";
import { allDetections } from "../../detections/catalogue";
import { loadOrganization } from "../../organization/load";
import { buildApp } from "../../main";
import { buildReport } from "../../report/build-report";
import type { ReportData } from "../../report/report-data";
import { Evaluator, readDeployment, replay } from "../../signals";
import { TrailInDuckDb } from "../support/athena";
import { testApp } from "../support/synth";
import { ACCOUNT, folderOf, stackWith, trail as accountTrail } from "../signals/deployment/terraform-folder";
import { athenaOver } from "./duckdb-athena";

// The shipped organization and one archive, evaluated twice: record by record here, and by counts from the same SQL that
// Athena gets. The results for alarms, composite alarms and subscribers must be the same.

const app = testApp();
const organization = loadOrganization("accounts");
buildApp(organization, app).synth();
const deployment = readDeployment(app.outdir);
const REGIONS = ["eu-west-1", "us-east-1", "eu-central-1", "ap-south-1"];
const START = Date.UTC(2026, 0, 15, 9);
const HOUR = 3_600_000;

/** Every example of every detection in some account and region, at some time: some in bursts, some delivered twice. */
function archive(): string[] {
  let seed = 7;
  const below = (limit: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * limit);
  };
  const examples = allDetections().flatMap(({ detection }) => [
    ...detection.examples.matches,
    ...detection.examples.nearMisses,
  ]);
  const matching = [2, 2, 48].flatMap((hours, round) =>
    examples.flatMap((example, index) => {
      const line = JSON.stringify({
        ...example,
        eventID: `event-${round}-${index}`,
        eventTime: new Date(START + below(hours * 3600) * 1000).toISOString().replace(".000Z", "Z"),
        recipientAccountId: deployment.accounts[below(deployment.accounts.length)]?.id,
        awsRegion: REGIONS[below(REGIONS.length)],
      });
      return below(10) === 0 ? [line, line] : [line];
    }),
  );
  return [...matching, ...quietDays()];
}

/** Days on which nothing matches: rates are by them too. */
function quietDays(accounts = deployment.accounts.map(({ id }) => id)): string[] {
  return [120, 144, 145].flatMap((hours) =>
    accounts.map((id) =>
      JSON.stringify({
        ...{ eventVersion: "1.11", eventID: `quiet-${hours}-${id}`, awsRegion: "eu-west-1", recipientAccountId: id },
        ...{ eventName: "DescribeInstances", eventSource: "ec2.amazonaws.com", eventCategory: "Management" },
        ...{ eventType: "AwsApiCall", managementEvent: true, readOnly: true },
        eventTime: new Date(START + hours * HOUR).toISOString().replace(".000Z", "Z"),
      }),
    ),
  );
}

const lines = archive();
const folder = folderOf({ "archive.jsonl.gz": gzipSync(lines.join("\n")) });
let trail: TrailInDuckDb;
beforeAll(async () => {
  trail = await TrailInDuckDb.of(lines);
});
afterAll(() => {
  trail.close();
});

interface Answer {
  readonly records: number;
  readonly detections: readonly { readonly alarms: readonly object[]; readonly matched: number }[];
}

async function locally(options: { readonly from: number; readonly to: number; readonly detection?: string }) {
  const evaluator = new Evaluator(deployment, { ...options, keepMatches: true });
  await replay(evaluator, [folder]);
  const { records, detections } = replayJson(evaluator.report()) as Answer;
  return { report: { records, detections }, shown: buildReport(replaySource(evaluator, evaluator.report())) };
}

async function byAthena({
  from,
  to,
  ...options
}: {
  readonly from: number;
  readonly to: number;
  readonly detection?: string;
}) {
  const queried = new ArchiveReplay(deployment, { span: { from, to }, ...options });
  const answer = await queried.run(await athenaOver(trail), { pollMilliseconds: 1 });
  const { records, detections } = archiveReplayJson({ ...answer, notQueried: queried.notQueried }) as Answer;
  const shown = buildReport(archiveSource(queried, answer, organization));
  return { queried, answer, report: { records, detections }, shown };
}

/** A report without the parts that counts cannot fill, and without their replacements. */
function countable({ detections, sentence, totals: { records }, ...report }: ReportData): object {
  const unknown = { archive: undefined, principals: [], principalsLeftOut: 0, texts: [] };
  return {
    ...report,
    ...unknown,
    sentence: sentence.replace(/, most by .*$/, ""),
    records,
    detections: detections.map(({ alarmList, ...detection }) => ({
      ...detection,
      ...{ query: undefined, principals: [], principalsLeftOut: 0 },
      alarmList: alarmList.map(({ at, until, events }) => ({ at, until, events })),
    })),
  };
}

test("everything that is deployed can be queried, in one query", () => {
  const { queries, notQueried } = new ArchiveReplay(deployment, { span: { from: START, to: START + HOUR } });
  expect(notQueried).toEqual([]);
  expect(queries.map(({ accounts }) => accounts.length)).toEqual([4]);
});

test("Athena's counts raise the same alarms as the records", async () => {
  const span = { from: START, to: START + 150 * HOUR };
  const { report, answer, shown } = await byAthena(span);
  const { report: expected, shown: expectedReport } = await locally(span);
  expect(report).toEqual(expected);
  expect(countable(shown)).toEqual(countable(expectedReport));
  // Not for want of alarms.
  expect(expected.detections.reduce((sum, { alarms }) => sum + alarms.length, 0)).toBeGreaterThan(300);
  expect(answer.scannedBytes).toBe(1000);
  expect(answer.detections.every(({ principals }) => principals.length === 0)).toBe(true);
  expect(expectedReport.detections.filter(({ drawn }) => drawn.length > 0).length).toBeGreaterThan(50);
  expect(new Set(expectedReport.detections.map(({ days }) => days))).toEqual(new Set([5, undefined]));

  // The report names no principal; it gives the query that does.
  expect([shown.principals, shown.texts, shown.totals.duplicates]).toEqual([[], [], undefined]);
  const lists = shown.detections.flatMap(({ alarmList }) => alarmList);
  expect(lists.filter(({ principals, records }) => principals.length + records.length > 0)).toEqual([]);
  const queryOf = (account: string, detection: string) =>
    shown.detections.find((one) => one.account === account && one.detection === detection)?.query;
  expect(queryOf("payments", "denied-call-burst")).toEqual({
    savedQuery: "denied-call-burst: Burst of denied calls",
    account: deployment.accounts.find(({ name }) => name === "payments")?.id,
  });
  // What the organization's trail brings may be of any account.
  const ofTrail = shown.detections.find(({ account }) => account === "management");
  expect(ofTrail?.query).toEqual({ savedQuery: expect.stringMatching(`^${ofTrail?.detection ?? ""}: `) as string });
});

test("a time span to the second, and one detection", async () => {
  const options = { from: START + HOUR / 2 + 1000, to: START + 2 * HOUR, detection: "denied-call-burst" };
  const { report } = await byAthena(options);
  expect(report).toEqual((await locally(options)).report);
  expect(report.detections.length).toBeGreaterThan(0);
});

test("days without matches are counted where no alarm needs their minutes", async () => {
  const plain = readDeployment(folderOf({ "main.tf.json": stackWith(accountTrail()) }));
  const queried = new ArchiveReplay(plain, { span: { from: START, to: START + 150 * HOUR } });
  const quiet = await TrailInDuckDb.of(quietDays([ACCOUNT]));
  const { records } = await queried.run(await athenaOver(quiet), { pollMilliseconds: 1 });
  quiet.close();
  expect([records, queried.evaluator.matches.daysOf(() => true)]).toEqual([3, 2]);
});
