import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateTopicCommand } from "@aws-sdk/client-sns";
import { evaluate } from "../../lib/aws/policy-evaluator";
import type { Call } from "../../sandbox/proxy/call";
import { loadOrganization } from "../../organization/load";
import { errorResponse } from "../../sandbox/proxy/aws-error";
import type { Shim } from "../../sandbox/proxy/shim";
import { commandLine } from "../cli/command-line";
import type { PolicyDocument } from "../../verification/least-privilege";
import { type LandOptions, openLands } from "./support/land";
import { controlTower, filterWithAlarm, organizationTrail, ownNames, policyOnRoot } from "./support/landscapes";

const ROOT = '{$.userIdentity.type="Root" && $.eventType!="AwsServiceEvent" && $.userIdentity.invokedBy NOT EXISTS}';
const ENVIRONMENT = { ...process.env };
let lands: LandOptions;

beforeAll(async () => {
  lands = await openLands();
}, 240_000);

afterAll(async () => {
  process.env = ENVIRONMENT;
  await lands.stop();
});

const trailwatch = commandLine();
const adopt = (...options: string[]) =>
  trailwatch("adopt", "--accounts", join(lands.root, "accounts"), "--deployment", join(lands.root, "none"), ...options);

interface Json {
  readonly findings: readonly { verdict: string; subject: string; account: string; name: string; sentence: string }[];
  readonly duplicates: readonly { account: string; detection: string; relation: string; alarms: unknown[] }[];
  readonly settings: object;
}

async function adopted(...options: string[]) {
  const { stdout, code } = await adopt("--json", ...options);
  const report = JSON.parse(stdout) as Json;
  const of = (verdict: string) =>
    report.findings.filter((one) => one.verdict === verdict).map(({ subject, name }) => `${subject} ${name}`);
  return { code, report, of };
}

test("where nothing exists, a trail and an archive are created, and there is nothing to set", async () => {
  await lands.create();
  lands.calls.length = 0;
  const { code, report, of } = await adopted();
  expect(report).toMatchObject({ version: 1, duplicates: [], settings: {} });
  expect(of("create")).toEqual([
    "trail trailwatch-organization",
    "archive example-archive",
    "archive example-archive-access-logs",
    "archive example-archive-athena",
  ]);
  expect([of("reuse"), of("collides"), of("unread"), code]).toEqual([[], [], [], 0]);
  const changing = lands.calls
    .map(({ call }) => call.operation)
    .filter((name) => !/^(Get|List|Describe|Head|Assume)/.test(name));
  expect(changing).toEqual([]);
});

test("the least privilege allows every call, and each of its actions is called", async () => {
  const unused = new Set<string>();
  const refused: string[] = [];
  const adoptedWithin = async (first: boolean) => {
    const policy = (await adopt("--least-privilege")).stdout;
    const { Statement } = JSON.parse(policy) as PolicyDocument;
    if (first) for (const { Action } of Statement) for (const action of Action) unused.add(action);
    lands.calls.length = 0;
    await adopted();
    const resources = new Set<string>();
    for (const { call, request } of lands.calls) {
      const { action, resource } = requestOf(call, request.body.toString());
      if (evaluate([policy], { action, resource, context: {} }).answer !== "allowed") refused.push(action);
      unused.delete(action);
      resources.add(resource);
    }
    // No role is allowed that is not assumed.
    const roles = Statement.flatMap(({ Resource }) => Resource).filter((arn) => arn !== "*");
    expect(roles.filter((arn) => !resources.has(arn))).toEqual([]);
  };
  await ownNames(await lands.create());
  await adoptedWithin(true);
  const land = await lands.create();
  await controlTower(land);
  await filterWithAlarm(land, { account: "payments", logGroup: "own", name: "Root", pattern: ROOT, topic: "CIS" });
  await adoptedWithin(false);
  // AWS allows this call to everyone.
  expect([...new Set(refused)]).toEqual(["sts:GetCallerIdentity"]);
  expect([...unused]).toEqual([]);
});

/** The permission that a call needs. Only roles are limited: for other calls, the resource is any. */
function requestOf({ service, operation }: Call, body: string): { readonly action: string; readonly resource: string } {
  const ACTIONS: Readonly<Record<string, string>> = {
    HeadBucket: "ListBucket",
    GetObjectLockConfiguration: "GetBucketObjectLockConfiguration",
    GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  };
  const action = `${service === "monitoring" ? "cloudwatch" : service}:${ACTIONS[operation] ?? operation}`;
  return { action, resource: new URLSearchParams(body).get("RoleArn") ?? "any" };
}

describe("Control Tower", () => {
  const REGIONS = { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1"] } };

  test("its trail, log group and bucket are reused", async () => {
    const land = await lands.create();
    const { bucket, logGroup } = await controlTower(land);
    const { code, report, of } = await adopted();
    expect(of("reuse")).toEqual([
      "trail aws-controltower-BaselineCloudTrail",
      `log group ${logGroup}`,
      `archive ${bucket}`,
    ]);
    expect(of("create")).toEqual([]);
    expect(of("found")).toContain("Control Tower AWS Control Tower");
    expect(report.settings).toEqual({
      trail: { existing: { name: "aws-controltower-BaselineCloudTrail", region: "eu-west-1", logGroup } },
      archive: { existing: { bucket, region: "eu-west-1", prefix: land.organizationId } },
    });
    expect(code).toBe(0);
  });

  test("the text names what is reused, and shows the change", async () => {
    await controlTower(await lands.create());
    const { stdout } = await adopt();
    expect(stdout).toMatch(/\nReuse\n {2}trail aws-controltower-BaselineCloudTrail \(management\)\n/);
    expect(stdout).toContain(
      "cost: an organization trail of Trailwatch besides it: a second copy of management events costs $2 per 100,000",
    );
    expect(stdout).toMatch(/\n~ organization\.yaml\n[^]*- {3}bucket: example-archive\n[^]*\+ {3}existing:\n/);
  });

  test("a policy that denies regions collides where the deployment role is not exempt", async () => {
    const land = await lands.create();
    await policyOnRoot(land, "deny-regions", {
      Effect: "Deny",
      NotAction: ["iam:*", "sts:*"],
      Resource: "*",
      Condition: REGIONS,
    });
    await policyOnRoot(land, "exempt", {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: {
        ...REGIONS,
        ArnNotLike: { "aws:PrincipalARN": "arn:aws:iam::*:role/OrganizationAccountAccessRole" },
      },
    });
    const { code, report } = await adopted();
    const collisions = report.findings.filter(({ verdict }) => verdict === "collides");
    expect(collisions).toMatchObject([
      {
        name: "deny-regions",
        sentence: expect.stringMatching(/^It denies events:PutRule in us-east-1 \(attached to the root\)/) as string,
      },
    ]);
    expect(code).toBe(1);
  });
});

describe("a trail of one's own with CIS filters", () => {
  const GATEWAYS =
    "{ ($.eventName = AttachInternetGateway) || ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || " +
    "(($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway)) }";

  test("duplicates are recognized by meaning, with their alarms and subscribers", async () => {
    const land = await lands.create();
    await organizationTrail(land, { name: "company", bucket: "company-logs", logGroup: "company" });
    const topic = await filterWithAlarm(land, {
      account: "management",
      logGroup: "company",
      name: "RootUsage",
      pattern: ROOT,
      topic: "CIS",
    });
    await filterWithAlarm(land, {
      account: "payments",
      logGroup: "own",
      name: "Gateways",
      pattern: GATEWAYS,
      topic: "CIS",
    });
    await filterWithAlarm(land, {
      account: "payments",
      logGroup: "own",
      name: "errors",
      pattern: "ERROR",
      topic: "other",
    });
    const { report, of } = await adopted();
    expect(of("reuse")).toEqual(["trail company", "log group company", "archive company-logs"]);
    expect(report.duplicates).toMatchObject([
      {
        account: "management",
        detection: "cis-4-3-root-user-usage",
        relation: "same",
        isOn: true,
        alarms: [{ name: "RootUsage", topics: [{ arn: topic, confirmed: expect.any(Number) as number }] }],
      },
      { account: "payments", detection: "cis-4-12-network-gateway-changes", relation: "same", isOn: false },
    ]);
  });
});

test("a trail without a log group is reused, and the log group is to be created", async () => {
  const land = await lands.create();
  await organizationTrail(land, { name: "siem", bucket: "siem-logs" });
  const { report, of } = await adopted();
  expect(of("reuse")).toEqual(["trail siem", "archive siem-logs"]);
  expect(of("create")).toEqual(["log group siem"]);
  expect(report.settings).toMatchObject({ trail: { existing: { name: "siem", region: "eu-west-1" } } });
});

test.each([
  ["stopped", { isStopped: true }, /is stopped/],
  ["of reads only", { selectors: "read-only" }, /leaves out some management events/],
  ["of data events", { selectors: "data" }, /records no management events/],
] as const)("an organization trail that is %s is not reused", async (_what, options, reason) => {
  const land = await lands.create();
  await organizationTrail(land, { name: "other", bucket: "other-logs", ...options });
  const { report, of } = await adopted();
  expect(of("reuse")).toEqual([]);
  expect(of("create")).toContain("trail trailwatch-organization");
  expect(report.findings.find(({ name }) => name === "other")?.sentence).toMatch(reason);
  expect(report.settings).toEqual({});
});

test("with data events, an archive of Trailwatch's remains", async () => {
  const land = await lands.create({ trail: { dataEvents: [{ resourceType: "AWS::S3::Object" }] } });
  await organizationTrail(land, { name: "company", bucket: "company-logs", logGroup: "company" });
  const { report, of } = await adopted();
  expect(of("create")).toEqual(["trail trailwatch-organization-data", "archive example-archive"]);
  expect(Object.keys(report.settings)).toEqual(["trail"]);
});

test("a name of Trailwatch's that others have taken collides", async () => {
  const land = await lands.create();
  await land.aws("payments").sns.send(new CreateTopicCommand({ Name: "trailwatch-alerts" }));
  await land
    .aws("log-archive")
    .sns.send(
      new CreateTopicCommand({ Name: "trailwatch-alerts", Tags: [{ Key: "trailwatch:stack", Value: "monitoring" }] }),
    );
  const { code, report, of } = await adopted();
  expect(of("collides")).toEqual(["topic trailwatch-alerts"]);
  expect(report.findings).toContainEqual(expect.objectContaining({ subject: "deployment", account: "log-archive" }));
  expect(code).toBe(1);
});

describe("what cannot be read is never a success", () => {
  const denied = (service: string, operation: string): Shim => ({
    service,
    operations: [operation],
    why: "",
    does: "",
    answer: (_request, _send, call) =>
      Promise.resolve(errorResponse(call.protocol, { code: "AccessDeniedException", message: "not authorized" })),
  });

  test.each([
    ["cloudtrail", "DescribeTrails", "trails in eu-west-1"],
    ["logs", "DescribeMetricFilters", "metric filters in eu-west-1"],
    ["organizations", "ListPolicies", "service control policies"],
    ["events", "ListRules", "EventBridge rules in eu-west-1"],
    ["s3", "GetBucketLocation", "bucket aws-controltower-logs"],
    ["sts", "AssumeRole", "the account"],
  ])("%s %s", async (service, operation, what) => {
    const land = await lands.create();
    await controlTower(land);
    lands.faults.push(denied(service, operation));
    const { code, report } = await adopted();
    expect(code).toBe(2);
    const unread = report.findings.filter(({ verdict }) => verdict === "unread");
    expect(unread.map(({ name }) => name)).toContainEqual(expect.stringContaining(what));
    if (operation === "DescribeTrails") expect(report.settings).toEqual({});
    if (operation === "GetBucketLocation") expect(report.settings).toEqual({});
  });

  test("an account without a file", async () => {
    const land = await lands.create();
    rmSync(join(land.folder, "payments.yaml"));
    const { code, of } = await adopted();
    expect([code, of("unread")]).toEqual([2, [`account ${land.ids["payments"] ?? ""}`]]);
  });
});

test("another organization is refused", async () => {
  const { folder, organizationId } = await lands.create();
  const file = join(folder, "organization.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(organizationId, "o-otherexample"));
  const { stderr, code } = await adopt();
  expect(stderr).toContain(`'id' must be the organization that the AWS credentials belong to, ${organizationId}`);
  expect(code).toBe(1);
});

test("names that others chose control neither the terminal nor the JSON", async () => {
  const land = await lands.create();
  await filterWithAlarm(land, {
    account: "payments",
    logGroup: "own",
    name: "x\u001b[31m ${file(1)} \u202e",
    pattern: '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType!="AwsServiceEvent"}',
    topic: "CIS",
  });
  const { stdout } = await adopt();
  expect(stdout).toContain("cis-4-3-root-user-usage (payments)");
  expect(stdout).not.toMatch(/[^\P{C}\n]/u);
  expect((await adopt("--json")).stdout).not.toMatch(/[^\P{C}\n]/u);
});

describe("--write", () => {
  const organizationFile = () => readFileSync(join(lands.root, "accounts", "organization.yaml"), "utf8");

  test("writes the settings once: comments and other settings stay, and the folder synthesizes with them", async () => {
    const land = await lands.create();
    const { bucket, logGroup } = await controlTower(land);
    const before = organizationFile();
    const unconfirmed = await adopt("--write");
    expect([unconfirmed.code, organizationFile()]).toEqual([2, before]);
    expect(unconfirmed.stdout).toMatch(/\nNothing was written; --yes writes without confirmation\.\n$/);

    const written = await adopt("--write", "--yes");
    expect(written.stdout).toMatch(/\nWritten\. Run npx cdktf synth next\.\n$/);
    expect(written.code).toBe(0);
    const existing = `  existing:\n    bucket: ${bucket}\n    region: eu-west-1\n    prefix: ${land.organizationId}\n`;
    const after = before.replace("  bucket: example-archive\n", existing);
    const trail = "aws-controltower-BaselineCloudTrail";
    expect(organizationFile()).toBe(
      `${after}trail:\n  existing:\n    name: ${trail}\n    region: eu-west-1\n    logGroup: ${logGroup}\n`,
    );
    expect(organizationFile()).toContain("# Bucket names are global.");
    const { archive, trail: loaded } = loadOrganization(land.folder);
    expect([loaded.existing?.logGroup, archive.existing?.bucket]).toEqual([logGroup, bucket]);

    const text = organizationFile();
    const again = await adopt("--write", "--yes", "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ isChange: false, written: false });
    expect((await adopt("--write", "--yes")).stdout).toMatch(/\norganization\.yaml has these settings already\.\n$/);
    expect(organizationFile()).toBe(text);
  });

  test("settings with which the folder does not load are reported, and not written", async () => {
    const land = await lands.create();
    // The management account's feed needs a log group.
    await organizationTrail(land, { name: "siem", bucket: "siem-logs" });
    const before = organizationFile();
    const { stdout, code } = await adopt("--write", "--yes");
    expect(stdout).toContain("Reuse\n  trail siem (management)\n");
    expect(stdout).toMatch(/\nThese settings cannot be written as they are:\n'trail\.existing\.logGroup' must /);
    const json = JSON.parse((await adopt("--write", "--yes", "--json")).stdout) as object;
    expect(json).toMatchObject({ isChange: true, written: false });
    expect(json).toHaveProperty("problems", expect.stringContaining("trail.existing.logGroup"));
    expect([code, organizationFile()]).toEqual([1, before]);
  });

  test("settings that others refer to are printed, to be changed by hand", async () => {
    const land = await lands.create();
    const { bucket } = await controlTower(land);
    const before = `${organizationFile().replace("example-archive", "&bucket example-archive")}tags: { logs: *bucket }\n`;
    writeFileSync(join(land.folder, "organization.yaml"), before);
    const { stdout, code } = await adopt("--write", "--yes");
    expect(stdout).toContain(`\n    archive:\n      existing:\n        bucket: ${bucket}\n`);
    expect(stdout).toMatch(/\n'archive\.bucket' must be changed by hand: other settings refer to it \(at /);
    expect([code, organizationFile()]).toEqual([1, before]);
  });

  test("a folder with mistakes is rejected before AWS is asked", async () => {
    const land = await lands.create();
    writeFileSync(join(land.folder, "organization.yaml"), `${organizationFile()}homeRegion: eu-central-1\n`);
    const before = organizationFile();
    lands.calls.length = 0;
    const { stderr, code } = await adopt("--write", "--yes");
    expect(stderr).toMatch(/organization\.yaml:\d+/);
    expect([code, lands.calls, organizationFile()]).toEqual([1, [], before]);
  });
});
