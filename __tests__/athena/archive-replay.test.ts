import { gzipSync } from "node:zlib";
import { ArchiveReplay } from "../../athena/ask-archive";
import { archiveReplayJson, replayJson } from "../../cli/replay-json";
import { allDetections } from "../../detections/catalogue";
import { loadOrganization } from "../../organization/load";
import { buildApp } from "../../main";
import { Judge, readDeployment, replay } from "../../signals";
import { TrailInDuckDb } from "../support/athena";
import { testApp } from "../support/synth";
import { folderOf } from "../signals/deployment/terraform-folder";
import { athenaOver } from "./duckdb-athena";

// The shipped organization and one archive, judged twice: record by record here, and by counts from the same SQL that
// Athena gets. Whatever an alarm, a composite alarm or a subscriber is told must be the same.

const app = testApp();
buildApp(loadOrganization("accounts"), app).synth();
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
  return [2, 2, 48].flatMap((hours, round) =>
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
  const judge = new Judge(deployment, options);
  await replay(judge, [folder]);
  const { records, detections } = replayJson(judge.report()) as Answer;
  return { records, detections };
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
  const asked = new ArchiveReplay(deployment, { span: { from, to }, ...options });
  const answer = await asked.ask(await athenaOver(trail), { pollMilliseconds: 1 });
  const { records, detections } = archiveReplayJson({ ...answer, notAsked: asked.notAsked }) as Answer;
  return { asked, answer, told: { records, detections } };
}

test("everything that is deployed can be asked, in one query", () => {
  const { queries, notAsked } = new ArchiveReplay(deployment, { span: { from: START, to: START + HOUR } });
  expect(notAsked).toEqual([]);
  expect(queries.map(({ accounts }) => accounts.length)).toEqual([4]);
});

test("Athena's counts lead to the alarms that the records lead to", async () => {
  const span = { from: START, to: START + 50 * HOUR };
  const { told, answer } = await byAthena(span);
  const expected = await locally(span);
  expect(told).toEqual(expected);
  // Not for want of alarms.
  expect(expected.detections.reduce((sum, { alarms }) => sum + alarms.length, 0)).toBeGreaterThan(300);
  expect(answer.scannedBytes).toBe(1000);
  expect(answer.detections.every(({ principals }) => principals.length === 0)).toBe(true);
});

test("of a part of the time, to the second, and of one detection", async () => {
  const options = { from: START + HOUR / 2 + 1000, to: START + HOUR, detection: "secret-read-denied" };
  const { told } = await byAthena(options);
  expect(told).toEqual(await locally(options));
  expect(told.detections.length).toBeGreaterThan(0);
});
