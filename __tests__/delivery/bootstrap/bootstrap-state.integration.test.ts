import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { bootstrapState } from "../../../delivery/bootstrap/bootstrap-state";
import { ORGANIZATION, accountsFolder } from "../../organization/accounts-folder";
import { startFakeAws, type FakeAws } from "./fake-aws";
import { temporaryFolder, terraformStub } from "./terraform-stub";

const BUCKET = "/example-state";
const KEY = "trailwatch/state-backend/terraform.tfstate";
const STATE = `${BUCKET}/${KEY}`;

const accounts = (state: string) =>
  accountsFolder({
    "organization.yaml": `${ORGANIZATION.replace("{ backend: local }", state)}localAws: true\n`,
  });
const inS3 = accounts("{ backend: s3, account: log-archive, bucket: example-state }");

let aws: FakeAws;
beforeEach(async () => {
  aws = await startFakeAws();
});
afterEach(() => aws.close());

/** Runs the bootstrap as often as wanted, in one folder, with one stub. */
function bootstrapping(accountsFolder = inS3, autoApprove = true) {
  const { env, calls } = terraformStub();
  const workFolder = join(temporaryFolder(), "bootstrap");
  const reports: string[] = [];
  const stub = { ...env, AWS_ENDPOINT_URL: aws.url, STUB_BUCKET: BUCKET, STUB_KEY: KEY };
  const credentials = { AWS_ACCESS_KEY_ID: "CALLER", AWS_SECRET_ACCESS_KEY: "secret" };
  return {
    workFolder,
    reports,
    calls: () => calls().map(({ args }) => args.join(" ")),
    backends: () => calls().map(({ backend }) => backend),
    run: (changes: NodeJS.ProcessEnv = {}) =>
      bootstrapState({
        accountsFolder,
        env: { ...stub, ...credentials, ...changes },
        workFolder,
        autoApprove,
        report: (message) => reports.push(message),
      }),
  };
}

const WHOLE_RUN = [
  "init -input=false -reconfigure",
  "apply -auto-approve -input=false",
  "init -input=false -migrate-state -force-copy",
];

test("the first run applies with local state, then moves that into the bucket", async () => {
  const { run, calls, backends, reports, workFolder } = bootstrapping();
  await run();

  expect(calls()).toEqual(WHOLE_RUN);
  const local = { terraform: { backend: { local: { path: "../../../terraform.tfstate" } } } };
  expect(backends()).toEqual([local, local, "s3"]);
  expect(aws.paths).toContain(STATE);
  expect(reports).toEqual([
    "Creating bucket 'example-state' in account 'log-archive', with local state ...",
    "Moving the state of 'state-backend' into the bucket ...",
    "State of 'state-backend' is in bucket 'example-state'.",
  ]);
  expect(readdirSync(workFolder)).toEqual(["cdktf.out"]);
  expect(readdirSync(join(workFolder, "cdktf.out", "stacks", "state-backend"))).toEqual(["cdk.tf.json"]);
});

test("a second run does nothing", async () => {
  const { run, calls, reports } = bootstrapping();
  aws.paths.add(BUCKET);
  aws.paths.add(STATE);
  await run();
  await run();
  expect(calls()).toEqual([]);
  expect(new Set(reports)).toEqual(
    new Set(["State of 'state-backend' is in bucket 'example-state' already: nothing to do."]),
  );
});

test("a run that was interrupted between apply and move is taken up where it was", async () => {
  const { run, calls, workFolder } = bootstrapping();
  await expect(run({ STUB_FAIL: "init -migrate-state" })).rejects.toThrow("Error: as requested");
  expect(existsSync(join(workFolder, "terraform.tfstate"))).toBe(true);

  await run();
  expect(calls()).toEqual([...WHOLE_RUN, ...WHOLE_RUN]);
  expect(aws.paths).toContain(STATE);
  expect(existsSync(join(workFolder, "terraform.tfstate"))).toBe(false);
});

test("a run that was interrupted while it applied keeps what it knows of", async () => {
  const { run, calls, workFolder } = bootstrapping();
  await expect(run({ STUB_FAIL: "apply" })).rejects.toThrow("Error: as requested");
  expect(calls()).toEqual(WHOLE_RUN.slice(0, 2));
  expect(existsSync(join(workFolder, "terraform.tfstate"))).toBe(true);
});

test("a run that was interrupted after the move leaves no second state behind", async () => {
  const { run, calls, workFolder } = bootstrapping();
  await expect(run({ STUB_FAIL: "apply" })).rejects.toThrow();
  aws.paths.add(BUCKET);
  aws.paths.add(STATE);
  await run();
  expect(calls()).toHaveLength(2);
  expect(existsSync(join(workFolder, "terraform.tfstate"))).toBe(false);
});

test("a state that did not arrive is not deleted here", async () => {
  const { run, workFolder } = bootstrapping();
  const localState = join(workFolder, "terraform.tfstate");
  await expect(run({ STUB_LOSES_STATE: "1" })).rejects.toThrow(
    `State of 'state-backend' did not arrive in bucket 'example-state'; it is still in '${localState}'.`,
  );
  expect(existsSync(localState)).toBe(true);
});

test("a bucket that is there already, without our state, is refused before anything is done", async () => {
  const { run, calls, workFolder } = bootstrapping();
  aws.paths.add(BUCKET);
  await expect(run()).rejects.toThrow(
    "'state.bucket' must not exist before its first bootstrap, got 'example-state', which holds no state of 'state-backend'.",
  );
  expect(calls()).toEqual([]);
  expect(existsSync(workFolder)).toBe(false);
});

test("a bucket of another account is reported before any change", async () => {
  const { run, calls } = bootstrapping();
  aws.status = 403;
  await expect(run()).rejects.toThrow("403: the name is taken by another account");
  expect(calls()).toEqual([]);
});

test("without --auto-approve Terraform prompts, once", async () => {
  const { run, calls } = bootstrapping(inS3, false);
  await run();
  expect(calls()).toEqual([WHOLE_RUN[0], "apply", WHOLE_RUN[2]]);
});

test.each([
  ["local", "this machine", "{ backend: local }"],
  ["cloud", "HCP Terraform", "{ backend: cloud, organization: example }"],
])("with state kept by '%s' there is nothing to do, and no prompt", async (backend, place, state) => {
  const { run, calls, reports, workFolder } = bootstrapping(accounts(state));
  await run();
  expect(reports).toEqual([`State is kept by '${backend}', ${place}: there is no state bucket to create.`]);
  expect([calls(), aws.requests, existsSync(workFolder)]).toEqual([[], [], false]);
});

test("an organization that is wrong is refused before anything is done", async () => {
  const { run, calls } = bootstrapping(accountsFolder({ "organization.yaml": "id: wrong\n" }));
  await expect(run()).rejects.toThrow("organization.yaml:1:");
  expect([calls(), aws.requests]).toEqual([[], []]);
});

describe("a bucket that exists", () => {
  const existing = accounts(
    "{ backend: s3, account: log-archive, existing: { bucket: example-state, prefix: sec, region: eu-central-1 } }",
  );
  const xml = (name: string, content: string) => `<${name}>${content}</${name}>`;
  const TLS = {
    ...{ Sid: "Tls", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" },
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const describeBucket = (statements: readonly object[] = [TLS], status = "Enabled") => {
    aws.paths.add(BUCKET);
    aws.bodies.set(`${BUCKET}?policy`, JSON.stringify({ Statement: statements }));
    aws.bodies.set(`${BUCKET}?versioning`, xml("VersioningConfiguration", xml("Status", status)));
    const blocks = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
    const blocked = blocks.map((name) => xml(name, "true")).join("");
    aws.bodies.set(`${BUCKET}?publicAccessBlock`, xml("PublicAccessBlockConfiguration", blocked));
  };

  test("is checked, and nothing is created, changed or planned", async () => {
    describeBucket();
    const { run, calls, reports, workFolder } = bootstrapping(existing);
    await run();
    expect([calls(), existsSync(workFolder)]).toEqual([[], false]);
    expect(aws.requests.filter((request) => !/^(HEAD|GET) /.test(request))).toEqual([]);
    expect(reports[0]).toBe(
      "Bucket 'example-state' exists in account 'log-archive', eu-central-1. Nothing is created or changed.",
    );
    expect(reports.filter((line) => /missing|unusable|unknown/.test(line))).toEqual([]);
    expect(reports.at(-1)).toBe("States are kept in 's3://example-state/sec/trailwatch/<stack>/terraform.tfstate'.");
  });

  test("is used although something is missing, which is reported with the command or statement to add", async () => {
    describeBucket([], "Suspended");
    const { run, reports } = bootstrapping(existing);
    await run();
    expect(reports.filter((line) => line.includes("missing  "))).toHaveLength(2);
    expect(reports.join("\n")).toContain("put-bucket-versioning --bucket example-state");
    expect(reports.join("\n")).toContain('{"Sid":"DenyInsecureTransport"');
  });

  test("fails where deployments could not write, with every reason", async () => {
    describeBucket([TLS, { ...TLS, Sid: "Frozen", Action: ["s3:PutObject", "s3:DeleteObject"], Condition: {} }]);
    await expect(bootstrapping(existing).run()).rejects.toThrow(
      /^'state\.existing' must be a bucket that can keep states: .*PutObject.*'Frozen' denies it; .*DeleteObject/,
    );
  });

  test.each([
    [404, "'state.existing.bucket' must exist, got 'example-state'"],
    [403, "'state.existing.bucket' must be a bucket of 'state.account'"],
    [301, "'state.existing.region' must be the region of bucket 'example-state', got 'eu-central-1'"],
  ])("fails if it cannot be reached: %i", async (status, message) => {
    aws.status = status;
    await expect(bootstrapping(existing).run()).rejects.toThrow(message);
  });
});
