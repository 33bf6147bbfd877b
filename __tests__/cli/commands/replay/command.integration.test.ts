import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { deploymentIn } from "../../../../cli/evaluation/deployment";
import { knownAccounts } from "../../../../cli/evaluation/known-accounts";
import { underlined } from "../../../../cli/commands/replay/explain-text";
import { apiCall } from "../../../../detections/example-record";
import { loadOrganization } from "../../../../organization/load";
import { account as otherAccount, accountsFolder } from "../../../organization/accounts-folder";
import { replayText } from "../../../../cli/commands/replay/text";
import { plainText } from "../../../../lib/support/print";
import type { DetectionReport, ReplayReport } from "../../../../signals";
import { commandLine, type Ran } from "../../command-line";
import { ACCOUNT, folderOf, stackWith, trail } from "../../../signals/deployment/terraform-folder";

const deployment = folderOf({ "main.tf.json": stackWith(trail()) });
const call = (eventID: string, changes: object = {}): object => ({
  ...apiCall("kms", "DisableKey", { recipientAccountId: ACCOUNT, ...changes }),
  eventID,
});
const packed = gzipSync(JSON.stringify({ Records: [call("one"), call("two")] }));
const records = folderOf({ "a.json.gz": packed, "b.jsonl": JSON.stringify(call("other", { eventName: "EnableKey" })) });

const OTHER_ARCHIVE = otherAccount("log-archive", "888888888888", "log-archive");

/** An organization in which nothing is deployed to: its accounts are known, and none of the deployment's. */
const OTHERS = accountsFolder({ "workloads.yaml": undefined, "log-archive.yaml": OTHER_ARCHIVE });
const trailwatch = commandLine();

async function replayed(...options: readonly string[]): Promise<{ text: string; code: Ran["code"] }> {
  const { stdout, stderr, code } = await trailwatch(
    "replay",
    ...options,
    "--deployment",
    deployment,
    "--accounts",
    OTHERS,
  );
  return { text: stdout + stderr, code };
}

test("prints what would have fired", async () => {
  const { text, code } = await replayed(records);
  expect(text).toMatch(/workloads +key-disabled +2 +1 +1 +2026-01-15T09:30:00Z +2026-01-15T09:30:00Z\n/);
  expect(text).toContain("  2 × DisableKey by session (assumed-role/Application)\n");
  expect(text).toMatch(
    /^session \(assumed-role\/Application\) called DisableKey 2 times: key-disabled in workloads, the only alarm, at 2026-01-15T09:31:00Z\.\n/,
  );
  expect(text).toContain("  notifies email security@example.com\n");
  expect(text).toContain("3 records, 0 duplicates: 2 matches, 1 alarm, 1 message\n");
  expect(code).toBe(0);
});

test("prints the same as JSON, and exits with 2 when a file could not be read", async () => {
  const broken = folderOf({ "c.json.gz": packed.subarray(0, 100) });
  const { text, code } = await replayed(records, broken, "--json");
  expect(JSON.parse(text)).toEqual({
    records: 3,
    duplicates: 0,
    unknownAccounts: {},
    unreadable: [{ file: join(broken, "c.json.gz"), reason: "truncated gzip" }],
    detections: [
      {
        account: "workloads",
        detection: "key-disabled",
        matched: 2,
        alarms: [{ from: "OK", to: "ALARM", at: "2026-01-15T09:31:00.000Z" }],
        notifications: 1,
      },
    ],
  });
  expect(code).toBe(2);
});

test("reports that nothing matched, and which accounts' records were not evaluated", async () => {
  const strange = folderOf({ "a.json": call("one", { recipientAccountId: "999999999999" }) });
  const { text } = await replayed(strange);
  expect(text).toBe(
    "Nothing matches a detection: no alarm would have been raised.\n" +
      "1 record, 0 duplicates: 0 matches, 0 alarms, 0 messages\n" +
      "Not evaluated, because the account is not in the organization: 999999999999 (1)\n",
  );
});

describe("knows the accounts of the organization, whether or not anything is deployed to them", () => {
  const [account] = loadOrganization("accounts").accounts;
  if (account === undefined) throw new Error("the example organization has no account");
  const folder = folderOf({ "main.tf.json": stackWith(trail({ is_organization_trail: true })) });
  const foreign = folderOf({
    "a.jsonl": [call("one", { recipientAccountId: account.id }), call("two", { recipientAccountId: "999999999999" })]
      .map((record) => JSON.stringify(record))
      .join("\n"),
  });
  const run = (...options: string[]) => trailwatch("replay", foreign, "--deployment", folder, ...options);

  test("and evaluates their records by the organization's trail", async () => {
    const { stdout } = await run("--accounts", "accounts");
    expect(stdout).toMatch(/workloads +key-disabled +1 /);
    expect(stdout).toContain("the account is not in the organization: 999999999999 (1)\n");
    expect((await run("--accounts", OTHERS)).stdout).toContain(`${account.id} (1)`);
  });

  test.each([account.name, account.id])("and evaluates all records as those of %s with --account", async (name) => {
    const { stdout } = await run("--accounts", "accounts", "--account", name);
    expect(stdout).toMatch(/workloads +key-disabled +2 /);
    expect(stdout).not.toContain("does not know");
  });

  test("and reports that they cannot be read, with exit code 2", async () => {
    const { stdout, stderr, code } = await run("--accounts", folderOf({ "organization.yaml": "name: [" }));
    expect(stderr).toContain("Only accounts that something is deployed to are known.\n");
    expect(stdout).toContain("2 records");
    expect(code).toBe(2);
  });

  test.each<[string, string, string]>([
    ["a folder that is not there", join(folder, "none"), "'accounts' must be a readable folder"],
    ["a file", join(folder, "main.tf.json"), "'accounts' must be a readable folder"],
    ["an empty folder", folderOf({}), "'organization.yaml' must exist"],
    ["a folder of something else", folderOf({ "payments.yaml": "" }), "'organization.yaml' must exist"],
  ])("and rejects %s, by option and by variable", async (_what, accounts, message) => {
    for (const command of ["replay", "tune"]) {
      const byOption = await trailwatch(command, foreign, "--deployment", folder, "--accounts", accounts);
      expect(byOption).toMatchObject({ stdout: "", stderr: expect.stringContaining(message) as string, code: 1 });
    }
    process.env.TRAILWATCH_ACCOUNTS = accounts;
    try {
      expect(await run()).toMatchObject({ stdout: "", stderr: expect.stringContaining(message) as string, code: 1 });
    } finally {
      delete process.env.TRAILWATCH_ACCOUNTS;
    }
  });

  test("but reads a deployment without them if no folder is named", async () => {
    const deployed = deploymentIn(
      folder,
      await knownAccounts({ deployment: folder, accounts: join(folder, "none"), accountsNamed: false }),
    );
    expect(deployed.accounts.map(({ id }) => id)).toEqual([ACCOUNT]);
  });

  describe("the file that synthesis writes beside the manifest", () => {
    const SYNTHESIZED = [{ id: "777777777777", name: "synthesized" }];
    const synthesized = folderOf({ "manifest.json": { stacks: {} }, "accounts.json": SYNTHESIZED });

    test("is read instead of the default accounts folder", async () => {
      expect(await knownAccounts({ deployment: synthesized, accounts: "accounts" })).toEqual(SYNTHESIZED);
    });

    test("is not read when an accounts folder was named", async () => {
      const known = await knownAccounts({ deployment: synthesized, accounts: OTHERS, accountsNamed: true });
      expect(known.map(({ id }) => id)).toEqual(loadOrganization(OTHERS).accounts.map(({ id }) => id));
    });

    test("is optional: older output has none", async () => {
      const known = await knownAccounts({ deployment: folder, accounts: OTHERS });
      expect(known.map(({ id }) => id)).toEqual(loadOrganization(OTHERS).accounts.map(({ id }) => id));
    });
  });
});

test("rejects a deployment that CloudWatch would refuse, before it reads a record", async () => {
  const broken = JSON.stringify(stackWith(trail())).replace('"evaluation_periods":1', '"evaluation_periods":1e9');
  const folder = folderOf({ "main.tf.json": broken });
  const { stdout, stderr, code } = await trailwatch("replay", records, "--deployment", folder, "--accounts", OTHERS);
  expect(stderr).toMatch(/^'period' times 'evaluation_periods' must be at most 86400 seconds, .*main\.tf\.json: aws_/);
  expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
});

test("lists the alarms that no record can raise, a line for each metric", async () => {
  const alarm = (alarm_name: string) => ({
    ...{ alarm_name, namespace: "AWS/Events", metric_name: "FailedInvocations", statistic: "Sum" },
    ...{ period: 60, evaluation_periods: 1, threshold: 0, comparison_operator: "GreaterThanThreshold" },
  });
  const resources = { ...trail(), aws_cloudwatch_metric_alarm: { a: alarm("a"), b: alarm("b") } };
  const folder = folderOf({ "main.tf.json": stackWith(resources) });
  const { stderr } = await trailwatch("replay", records, "--deployment", folder, "--accounts", OTHERS);
  expect(stderr).toBe(
    "Not evaluated: 2 alarms on AWS/Events/FailedInvocations, which no metric filter makes (workloads)\n",
  );
});

test("explains an event, the deciding clauses underlined", async () => {
  expect((await replayed(records, "--explain", "one")).text.split("\n").map((line) => line.trimEnd())).toEqual([
    `one  DisableKey (kms.amazonaws.com)  by session (assumed-role/Application)  2026-01-15T09:30:00Z  account ${ACCOUNT}  eu-west-1`,
    "✓ trail trail of workloads: records this event",
    "  ✓ log group /events: 1 metric filter, 1 matched",
    "    ✓ filter trailwatch-key-disabled: matched by the underlined part",
    '        { $.eventSource = "kms.amazonaws.com" && $.eventName = "DisableKey" }',
    "          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^    ^^^^^^^^^^^^^^^^^^^^^^^^^^",
    "      ✓ metric Trailwatch/key-disabled",
    "      ✓ alarm trailwatch-workloads-key-disabled: Sum GreaterThanOrEqualToThreshold 2 in 300 s; in ALARM since 2026-01-15T09:31:00.000Z",
    `        ✓ topic arn:aws:sns:eu-west-1:${ACCOUNT}:alerts`,
    "          ✓ email security@example.com",
    "",
  ]);
});

test("explains what stopped an event", async () => {
  expect((await replayed(records, "--explain", "other")).text).toContain(
    "    ✗ filter trailwatch-key-disabled: stopped by the underlined part\n" +
      '        { $.eventSource = "kms.amazonaws.com" && $.eventName = "DisableKey" }\n' +
      "                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^\n",
  );
});

test("underlines across lines", () => {
  const pattern = "x".repeat(150);
  expect(underlined(pattern, [{ start: 99, end: 101 }])).toEqual([
    "x".repeat(100),
    `${" ".repeat(99)}^`,
    "x".repeat(50),
    "^",
  ]);
});

test.each<[string, string[], string]>([
  [
    "an account",
    ["--account", "nobody"],
    "'--account' must be one of log-archive, management, workloads, got 'nobody'",
  ],
  ["a detection", ["--detection", "nothing"], "'--detection' must be one that is deployed"],
  ["a time", ["--from", "yesterday"], "'--from' must be a day in UTC or a time with its zone"],
  ["an event", ["--explain", "nowhere"], "no evaluated record has the eventID 'nowhere'"],
  ["a bucket", ["s3://My_Bucket/AWSLogs"], "must be like s3://my-archive/AWSLogs/, got 's3://My_Bucket/AWSLogs'"],
  ["a deployment", ["--deployment", "/no/such/folder"], "run 'npx cdktf synth'"],
])("rejects %s that does not exist", async (_what, options, message) => {
  const { stderr, code } = await trailwatch(
    ...["replay", records, "--deployment", deployment, "--accounts", OTHERS, ...options],
  );
  expect(stderr).toContain(message);
  expect(code).toBe(1);
});

describe("a report", () => {
  const folder = folderOf({});
  const dataOf = (file: string) =>
    JSON.parse(/id="data">(.*?)<\/script>/.exec(readFileSync(join(folder, file), "utf8"))?.[1] ?? "") as object;

  test("has the numbers of --json, and is written in addition to the printed result", async () => {
    const { text } = await replayed(records, "--report", join(folder, "report.html"));
    expect(text).toMatch(/key-disabled +2 +1 +1 [^]*Wrote .*report\.html \([\d,]+ kB\)\.\n/);
    expect(dataOf("report.html")).toMatchObject({
      kind: "replay",
      totals: { records: 3, duplicates: 0 },
      notRead: [],
      detections: [{ account: "workloads", detection: "key-disabled", events: 2, alarms: 1, messages: 1 }],
    });
  });

  test("is the only output on standard output", async () => {
    const { text } = await replayed(records, "--format", "markdown");
    expect(text).toMatch(/^### Trailwatch: replay results\n\n1 .*\.\n\n3 records: 2 matches, 1 alarm\.\n/);
    expect(text).not.toContain("ACCOUNT");
  });

  test.each([
    [["--report", "report.pdf"], "'--report' must end in .html, .md, .svg or .png, or '--format' must be given"],
    [["--report", "/no/such/report.html"], "'--report' must be a file in a folder that exists"],
    [["--report", "."], "'--report' must end in"],
    [
      ["--format", "html", "--report", "package.json"],
      "refusing to overwrite 'package.json' with '--report': it is not a Trailwatch report",
    ],
    [["--format", "markdown", "--json"], "'--json' must come without '--format'"],
    [["--format", "png"], "'--format png' must come with '--report <file>'"],
    [["--chart", "key-disabled"], "'--chart' must come with '--report <file>.svg'"],
    [["--chart", "key-disabled", "--report", "report.html"], "'--chart' must come with a report of one chart"],
    [["--explain", "one", "--format", "svg"], "'--explain' must come without a report"],
  ])("is rejected before anything is read: %j", async (options, message) => {
    const { text, code } = await replayed("/no/such/records", ...options);
    expect(text).toContain(message);
    expect(code).toBe(1);
  });

  test("is not written if the chart does not exist", async () => {
    const file = join(folder, "chart.svg");
    const { text, code } = await replayed(records, "--report", file, "--chart", "root-use");
    expect(text).toContain(
      "'--chart' must name one detection that matched, got 'root-use'; there are workloads/key-disabled",
    );
    expect([code, existsSync(file)]).toEqual([1, false]);
  });
});

describe("the text", () => {
  const totals: Omit<ReplayReport, "detections"> = {
    ...{ records: 9, duplicates: 0, outOfTime: 0, unknownAccounts: {}, unreadable: [], skipped: [] },
  };
  const time = Date.parse("2026-01-15T09:30:00Z");
  const detection = (id: string, changes: Partial<DetectionReport> = {}): DetectionReport => ({
    ...{ account: "payments", detection: id, matched: 1, notifications: [], principals: [], first: time, last: time },
    alarms: [{ alarm: id, from: "OK", to: "ALARM", at: time }],
    ...changes,
  });
  const alice = "arn:aws:sts::444455556666:assumed-role/Developer/alice";
  const textOf = (report: Partial<ReplayReport>) => replayText({ ...totals, detections: [], ...report }).map(plainText);

  test("sorts by severity, then by count, what raised no alarm last, and says first what happened", () => {
    const text = textOf({
      detections: [
        detection("silent", { severity: "critical", alarms: [], matched: 50 }),
        detection("notice", { severity: "low", matched: 99 }),
        detection("few", { severity: "high", matched: 2 }),
        detection("many", {
          ...{ severity: "high", matched: 8 },
          callers: [
            { principal: alice, call: "GetSecretValue", count: 3 },
            { principal: alice.replace("444455556666", "333333333333"), call: "GetSecretValue", count: 2 },
            { principal: "arn:aws:iam::444455556666:root", call: "PutSecretValue", count: 3 },
          ],
        }),
      ],
    });
    expect(text[0]).toBe(
      "alice (assumed-role/Developer) called GetSecretValue 5 times: many (high) in payments, " +
        "the most severe of 3 alarms in 1 account, at 2026-01-15T09:30:00Z.",
    );
    expect(text.flatMap((line) => /payments +(\w+) /.exec(line)?.[1] ?? [])).toEqual([
      "many",
      "few",
      "notice",
      "silent",
    ]);
    expect(text).toContain("  5 × GetSecretValue by alice (assumed-role/Developer)");
    expect(text).toContain("  3 × PutSecretValue by root");
  });

  test("has one line for a detection on a terminal of 80 columns", () => {
    const { stdout } = process;
    const [isTTY, columns] = [stdout.isTTY, stdout.columns];
    Object.assign(stdout, { isTTY: true, columns: 80 });
    try {
      const long = detection("long-lived-credential-created-again", {
        account: "workloads-production",
        severity: "critical",
      });
      expect(textOf({ detections: [long] }).slice(2, 4)).toEqual([
        "SEVERITY  ACCOUNT               DETECTION                            ALARMS",
        "critical  workloads-production  long-lived-credential-created-again       1",
      ]);
    } finally {
      Object.assign(stdout, { isTTY, columns });
    }
  });

  test("counts events of callers that were not kept, and says how many more there are than of the first", () => {
    const callers = Array.from({ length: 7 }, (_, at) => ({ principal: `role/s${at}`, call: "ListUsers", count: 2 }));
    const text = textOf({ detections: [detection("burst", { severity: "low", matched: 20_000, callers })] });
    expect(text[0]).toMatch(
      /^role\/s0 called ListUsers 2 times, besides 19,998 other events: burst \(low\) in payments, /,
    );
    expect(text).toContain("  19,990 × more than 2 other calls or principals");
    const known = textOf({ detections: [detection("burst", { severity: "low", matched: 14, callers })] });
    expect(known).toContain("  4 × 2 other calls or principals");
  });

  test("states each reason for unread files once, the most frequent first, and what to do first", () => {
    const unread = Array.from({ length: 30 }, (_, at) => ({ file: `a${at}.gz`, reason: "truncated gzip" }));
    const text = textOf({ unreadable: [{ file: "b.zip", reason: "a ZIP archive" }, ...unread] });
    expect(text.slice(2)).toEqual([
      "31 files could not be read, or not completely:",
      "  30 files (a0.gz, a1.gz, a2.gz, a3.gz, a4.gz and 25 more): truncated gzip",
      "  b.zip: a ZIP archive",
      "Do first: copy the 30 files again, because content is missing",
    ]);
  });

  test("groups reasons that differ only in the value that they quote", () => {
    const unreadable = ["a", "b"].map((name) => ({ file: `${name}.md`, reason: `not JSON: '# ${name}'` }));
    expect(textOf({ unreadable }).at(-2)).toBe("  a.md, b.md: not JSON: '# a', and similar");
  });
});
