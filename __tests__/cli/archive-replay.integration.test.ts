import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AthenaClient, CreateWorkGroupCommand } from "@aws-sdk/client-athena";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { startLocalAws, type LocalAws } from "../support/local-aws";
import { account, accountsFolder, ORGANIZATION } from "../organization/accounts-folder";
import { ACCOUNT, folderOf, stackWith, trail } from "../signals/deployment/terraform-folder";
import { commandLine } from "./command-line";

// moto has Athena's API, and returns preset rows for any query.

const REGION = "eu-west-1";
const BUCKET = "example-archive";
const deployment = folderOf({ "main.tf.json": stackWith(trail()) });
const files = { "workloads.yaml": account("workloads", ACCOUNT) };
const accounts = accountsFolder(files);
const trailwatch = commandLine();
const ask = (...options: string[]) =>
  trailwatch("replay", "--engine", "athena", "--deployment", deployment, "--accounts", accounts, ...options);
const DAY = ["--from", "2026-01-15", "--to", "2026-01-16"];

const home = mkdtempSync(join(tmpdir(), "trailwatch-athena-"));
const environment = { ...process.env };
let moto: LocalAws;
let athena: AthenaClient;
let s3: S3Client;

beforeAll(async () => {
  moto = await startLocalAws(home);
  const inherited = Object.entries(environment).filter(([name]) => !name.startsWith("AWS_"));
  process.env = {
    ...Object.fromEntries(inherited),
    AWS_ENDPOINT_URL: moto.url,
    AWS_ACCESS_KEY_ID: "testing",
    AWS_SECRET_ACCESS_KEY: "testing",
    AWS_CONFIG_FILE: join(home, "none"),
    AWS_SHARED_CREDENTIALS_FILE: join(home, "none"),
    AWS_EC2_METADATA_DISABLED: "true",
  };
  athena = new AthenaClient({ region: REGION });
  s3 = new S3Client({ region: "us-east-1", forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
});
afterAll(async () => {
  athena.destroy();
  s3.destroy();
  process.env = environment;
  await moto.stop();
  rmSync(home, { recursive: true });
});

/** What the next query finds. */
async function find(...rows: readonly (readonly string[])[]): Promise<void> {
  const columns = "account,feeds_0,matches_0,bucket,records,events,earliest,latest,minutes".split(",");
  const data = [columns, ...rows].map((row) => ({ Data: row.map((text) => ({ VarCharValue: text })) }));
  await moto.send({
    method: "POST",
    url: "/moto-api/static/athena/query-results",
    headers: { host: "moto" },
    body: Buffer.from(JSON.stringify({ region: REGION, results: [{ rows: data, column_info: [] }] })),
  });
}

/** A row of matches in a minute of that day. */
function matches(minute: string, events: number): string[] {
  const start = Date.parse(`2026-01-15T${minute}:00Z`) / 1000;
  return [ACCOUNT, "1", "1", ...[start, events, events, start + 1, start + 30].map(String), "0"];
}

test("a missing workgroup is reported with the stack that deploys it", async () => {
  const { stderr, code } = await ask(...DAY, "--yes");
  expect(stderr).toContain("there is no workgroup 'trailwatch' in eu-west-1");
  expect(stderr).toContain("it must be log-archive (222233334444)");
  expect(stderr).toContain("npx cdktf deploy log-archive");
  expect(code).toBe(1);
});

describe("with the workgroup", () => {
  beforeAll(async () => {
    await athena.send(
      new CreateWorkGroupCommand({ Name: "trailwatch", Configuration: { BytesScannedCutoffPerQuery: 3_000_000 } }),
    );
    const folder = `AWSLogs/o-exampleorgid/${ACCOUNT}/CloudTrail/${REGION}/2026/01`;
    // The day before, the day, and the day after the next, which is not read for the sake of late deliveries.
    for (const day of ["14", "15", "17"]) {
      const Key = `${folder}/${day}/a.json.gz`;
      await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: Buffer.alloc(2_000_000) }));
    }
  });

  test("evaluates alarms from Athena's counts", async () => {
    await find(matches("09:30", 2), matches("12:00", 1));
    const { stdout, stderr, code } = await ask(...DAY, "--yes", "--json");
    expect(JSON.parse(stdout)).toEqual({
      records: 3,
      ...{ duplicates: null, unknownAccounts: null, unreadable: null },
      scannedBytes: 0,
      notQueried: [],
      detections: [
        {
          account: "workloads",
          detection: "key-disabled",
          matched: 3,
          alarms: [{ from: "OK", to: "ALARM", at: "2026-01-15T09:31:00.000Z" }],
          notifications: 1,
        },
      ],
    });
    expect(stderr).toContain("Athena reads 2.0 MB in 1 file of 1 account, about $0.00 at the prices of us-east-1.");
    expect(code).toBe(0);
  });

  test("text output is as for files, and says what counts do not include", async () => {
    await find(matches("09:30", 2));
    const { stdout } = await ask(...DAY, "--yes");
    expect(stdout).toMatch(/workloads +key-disabled +2 +1 +1 +2026-01-15T09:30:01Z +2026-01-15T09:30:30Z/);
    expect(stdout).toContain("2 records: 2 matches, 1 alarm, 1 message");
    expect(stdout).toContain("Athena results include neither principals nor duplicates");
    expect(stdout).not.toContain("  by ");
  });

  test("a report shows the counts, and the result is also printed", async () => {
    await find(matches("09:30", 2), matches("12:00", 1));
    const file = join(home, "report.html");
    const { stdout, code } = await ask(...DAY, "--yes", "--report", file);
    const data = /<script[^>]*id="data"[^>]*>(.*?)<\/script>/s.exec(readFileSync(file, "utf8"))?.[1] ?? "";
    expect(JSON.parse(data)).toMatchObject({
      totals: { records: 3 },
      archive: { workgroup: "trailwatch" },
      detections: [{ detection: "key-disabled", events: 3, alarms: 1, days: 1, query: { account: ACCOUNT } }],
    });
    expect(stdout).toContain("3 records: 3 matches, 1 alarm, 1 message");
    expect(code).toBe(0);
  });

  test("a report on standard output is the only output; the result is printed even if a chart cannot be rendered", async () => {
    await find(matches("09:30", 2));
    const markdown = await ask(...DAY, "--yes", "--format", "markdown");
    expect(markdown.stdout).toMatch(/^### Trailwatch: replay results\n[^]*Counts include neither principals/);
    expect(markdown.stdout).not.toContain("Athena read ");
    await find();
    const { stdout, stderr, code } = await ask(...DAY, "--yes", "--format", "svg");
    expect(stderr).toContain("there is nothing to draw");
    expect(stdout).toContain("0 records: 0 matches");
    expect(code).toBe(1);
  });

  test("without a terminal for the prompt, no query runs", async () => {
    const { stdout, stderr, code } = await ask(...DAY);
    expect(stderr).toContain("'--yes' must be given where there is no terminal");
    expect([stdout, code]).toEqual(["", 1]);
  });

  test("more than the workgroup's limit is refused before it costs anything", async () => {
    const { stderr, code } = await ask("--from", "2026-01-15", "--to", "2026-01-18", "--yes");
    expect(stderr).toContain("Athena would read 4.0 MB in 2 files");
    expect(stderr).toContain("a query may read 3.0 MB");
    expect(stderr).toContain("raise athena.scanLimitGigabytes");
    expect(code).toBe(1);
  });
});

test.each<[string, string[], string]>([
  ["no time to begin at", [], "'--from' must be given with '--engine athena'"],
  ["a beginning in the future", ["--from", "2999-01-15"], "'--to' must be after '--from'"],
  ["an end before the beginning", ["--from", "2026-01-15", "--to", "2026-01-15"], "'--to' must be after '--from'"],
  ["paths", [...DAY, "AWSLogs/"], "'path' must not be given with '--engine athena'"],
  ["one event", [...DAY, "--explain", "x"], "'--explain' must come with '--engine local'"],
  ["an unknown report format", [...DAY, "--report", "report.pdf"], "'--report' must end in .html, .md, .svg or .png"],
  ["another engine", [...DAY, "--engine", "presto"], "Allowed choices are local, athena"],
])("%s is refused", async (_name, options, message) => {
  const exit = jest.spyOn(process, "exit").mockImplementation(() => {
    throw new Error("exit");
  });
  const { stderr } = await ask(...options);
  expect(stderr).toContain(message);
  exit.mockRestore();
});

test("the local engine needs paths, and no confirmation", async () => {
  expect((await trailwatch("replay", "--deployment", deployment)).stderr).toContain("'path' must be given");
  expect((await trailwatch("replay", "x.json", "--yes")).stderr).toContain("'--yes' must come with '--engine athena'");
});

test("the archive is not queried unless athena.enabled is true", async () => {
  const folder = accountsFolder({
    ...files,
    "organization.yaml": `${ORGANIZATION}athena: { enabled: false }\n`,
  });
  const { stderr, code } = await ask(...DAY, "--yes", "--accounts", folder);
  expect(stderr).toContain("'athena.enabled' must be true to query the archive, got 'false'");
  expect(code).toBe(1);
});
