import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { recordFinder } from "../../../cli/records/find-records";
import { listingFailure } from "../../../cli/records/s3-failures";
import { apiCall } from "../../../detections/example-record";
import type { OnSkipped } from "../../../signals";
import { startLocalAws, type LocalAws } from "../../support/local-aws";
import { ACCOUNT, folderOf, stackWith, trail } from "../../signals/deployment/terraform-folder";
import { commandLine } from "../command-line";

const BUCKET = "archive";
/** How many keys this S3 lists at a time. */
const PAGE = "4";
const call = (eventID: string): object => ({
  ...apiCall("kms", "DisableKey", { recipientAccountId: ACCOUNT }),
  eventID,
});
const packed = (...ids: string[]) => gzipSync(JSON.stringify({ Records: ids.map(call) }));

const deployment = folderOf({ "main.tf.json": stackWith(trail()) });
const trailwatch = commandLine();
const replayed = (...options: string[]) => trailwatch("replay", ...options, "--deployment", deployment);

const home = mkdtempSync(join(tmpdir(), "trailwatch-buckets-"));
const environment = { ...process.env };
let moto: LocalAws;
let s3: S3Client;

beforeAll(async () => {
  moto = await startLocalAws(home, { ...process.env, MOTO_S3_DEFAULT_MAX_KEYS: PAGE });
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
  s3 = new S3Client({ region: "us-east-1", forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
});
afterAll(async () => {
  s3.destroy();
  process.env = environment;
  await moto.stop();
  rmSync(home, { recursive: true });
});

async function put(key: string, body: Buffer | string = "{}"): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body }));
}

async function keysBelow(
  prefix: string,
  { from, to, onSkipped }: { from?: string; to?: string; onSkipped?: OnSkipped } = {},
): Promise<string[]> {
  const find = recordFinder({
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
  });
  const keys: string[] = [];
  for await (const { name } of find(`s3://${BUCKET}/${prefix}`, onSkipped))
    keys.push(name.slice(`s3://${BUCKET}/`.length));
  return keys;
}

test("finds objects of any name except hidden ones and digests, on all pages", async () => {
  const many = [...Array.from({ length: 10 }, (_, index) => `many/${index}.json.gz`), "many/000000", "many/b.ndjson"];
  const digests = ["a", "b", "c", "d", "e", "f"].map((name) => `many/CloudTrail-Digest/${name}.json.gz`);
  await Promise.all([...many, ...digests, "many/.hidden", "many/1_CloudTrail-Digest_x.json.gz"].map((key) => put(key)));
  await put("many/", "");
  expect(await keysBelow("many/")).toEqual(many.sort());
  expect(await keysBelow("many/7")).toEqual(["many/7.json.gz"]);
  for (const span of [{}, { from: "2026-01-15" }]) {
    const skipped: string[] = [];
    await keysBelow("many/", { ...span, onSkipped: ({ file }) => skipped.push(file.slice("s3://archive/".length)) });
    expect(skipped.sort()).toEqual(["many/.hidden", "many/1_CloudTrail-Digest_x.json.gz", "many/CloudTrail-Digest/"]);
  }
});

test("reads the same forms as from files, and has exit code 2 where there is no record", async () => {
  const lines = [call("one"), call("two")].map((record) => `2026-01-15T09:30:00.000Z ${JSON.stringify(record)}\n`);
  await put("forms/export/000000.gz", gzipSync(lines.join("")));
  await put("forms/looked-up", JSON.stringify({ Events: [{ CloudTrailEvent: JSON.stringify(call("three")) }] }));
  expect((await replayed(`s3://${BUCKET}/forms/`)).stdout).toContain("3 records, 0 duplicates: 3 matches");
  const { stderr, code } = await replayed(`s3://${BUCKET}/many/CloudTrail-Digest/`, `s3://${BUCKET}/nowhere/`);
  expect(stderr).toContain("No record was read from s3://archive/many/CloudTrail-Digest/, s3://archive/nowhere/: ");
  expect(code).toBe(2);
});

describe("lists the days of a time span only, and one more on either side", () => {
  const IRELAND = "days/AWSLogs/111122223333/CloudTrail/eu-west-1";
  const VIRGINIA = "days/AWSLogs/o-example1/111122223333/CloudTrail/us-east-1";
  const DIGESTS = "days/AWSLogs/111122223333/CloudTrail-Digest/eu-west-1";
  const keys = (folder: string, days: readonly string[]) => days.map((day) => `${folder}/2026/${day}/a.json.gz`);

  beforeAll(async () => {
    const all = ["01/13", "01/14", "01/15", "01/16", "01/17", "02/01"];
    const files = [IRELAND, VIRGINIA, DIGESTS].flatMap((folder) => keys(folder, all));
    await Promise.all([...files, "days/mine.json"].map((key) => put(key)));
  });

  test.each([
    ["part of a day", { from: "2026-01-15T09:00:00Z", to: "2026-01-15T10:00:00Z" }, ["01/14", "01/15", "01/16"]],
    ["up to midnight", { from: "2026-01-15", to: "2026-01-16" }, ["01/14", "01/15", "01/16"]],
    ["from a day on", { from: "2026-01-17" }, ["01/16", "01/17", "02/01"]],
    ["up to a day", { to: "2026-01-14" }, ["01/13", "01/14"]],
    ["later than all", { from: "2026-03-01" }, []],
  ])("%s", async (_what, span, days) => {
    expect(await keysBelow("days/", span)).toEqual(["days/mine.json", ...keys(IRELAND, days), ...keys(VIRGINIA, days)]);
    expect(await keysBelow(`${IRELAND}/2026/01/`, span)).toEqual(
      keys(
        IRELAND,
        days.filter((day) => day.startsWith("01/")),
      ),
    );
  });
});

test("evaluates the records of a bucket, and names the objects that it cannot read", async () => {
  await put("good/a.json.gz", packed("one", "two"));
  await put("good/b.json.gz", packed("two"));
  await put("bad/c.json.gz", packed("three").subarray(0, 60));
  const { stdout, code } = await replayed(`s3://${BUCKET}/good/`, `s3://${BUCKET}/bad`);
  expect(stdout).toContain("3 records, 1 duplicate: 2 matches, 1 alarm, 1 message\n");
  expect(stdout).toContain(`  s3://${BUCKET}/bad/c.json.gz: truncated gzip\n`);
  expect(code).toBe(2);
});

test("is not blocked by many objects that are not records", async () => {
  const junk = `oops ${"x".repeat(500_000)}`;
  await Promise.all(Array.from({ length: 52 }, (_, index) => put(`junk/${index}.json`, junk)));
  const { stdout, code } = await replayed(`s3://${BUCKET}/junk/`);
  expect(stdout).toContain("52 files could not be read");
  expect(code).toBe(2);
});

describe("says in one sentence why it cannot list", () => {
  test("a bucket that is not there", async () => {
    const { stdout, stderr, code } = await replayed("s3://no-such-bucket/AWSLogs/");
    expect(stderr).toMatch(
      /^s3:\/\/no-such-bucket cannot be listed: there is no bucket of that name \(NoSuchBucket: .*\)\n$/,
    );
    expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
  });

  test("a bucket without credentials", async () => {
    const { AWS_ACCESS_KEY_ID, ...rest } = process.env;
    process.env = rest;
    const { stdout, stderr, code } = await replayed(`s3://${BUCKET}/`);
    process.env = { ...rest, AWS_ACCESS_KEY_ID };
    expect(stderr).toMatch(
      /cannot be listed: there are no AWS credentials \(Cred.*\); set AWS_PROFILE, or sign in with 'aws sso login'\n$/,
    );
    expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
  });

  // Moto evaluates no policy here.
  test.each([
    ["AccessDenied", "access is denied", "these credentials need s3:ListBucket and s3:GetObject"],
    ["ExpiredToken", "the AWS credentials have expired", "sign in again"],
    ["InvalidAccessKeyId", "AWS does not know these credentials", "check AWS_PROFILE"],
    ["SlowDown", "AWS throttles these calls, even after several attempts", "try again in a minute"],
  ])("%s", (name, cause, remedy) => {
    const error = Object.assign(new Error("no"), { name });
    expect(listingFailure("b", error).message).toContain(`s3://b cannot be listed: ${cause} (${name}: no); ${remedy}`);
  });
});

test("names an object that it may not read", async () => {
  const Statement = [{ Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::denied/*" }];
  await s3.send(new CreateBucketCommand({ Bucket: "denied" }));
  await s3.send(new PutObjectCommand({ Bucket: "denied", Key: "a.json", Body: "{}" }));
  await s3.send(
    new PutBucketPolicyCommand({ Bucket: "denied", Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }),
  );
  const { stdout, code } = await replayed("s3://denied/");
  expect(stdout).toContain("  s3://denied/a.json: access is denied; reading needs s3:GetObject, ");
  expect(code).toBe(2);
});
