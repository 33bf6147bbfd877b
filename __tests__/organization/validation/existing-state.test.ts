import { ORGANIZATION, complaints, load } from "../accounts-folder";

const KEY = "arn:aws:kms:eu-west-1:222233334444:key/0a1b2c3d";
const text = (settings: string, more = "") =>
  ORGANIZATION.replace("backend: local", `backend: s3, account: log-archive, ${settings}`) + more;
const problems = (settings: string, more = ""): string[] =>
  complaints({ "organization.yaml": text(settings, more) }).map((line) => line.replace(/ \(at .*?\)/, ""));

test("an existing bucket takes the place of Trailwatch's, with or without optional settings", () => {
  expect(problems("existing: { bucket: company.states }")).toEqual([]);
  expect(problems(`existing: { bucket: company, region: eu-west-1, keyArn: "${KEY}", prefix: a/b }`)).toEqual([]);
  const { state } = load({ "organization.yaml": text("existing: { bucket: company.states }") });
  expect(state).toEqual({ backend: "s3", account: "log-archive", existing: { bucket: "company.states" } });
});

test("the bucket is Trailwatch's or an existing one, not both and not none", () => {
  expect(problems("breakGlassRole: Opener, bucket: ours, existing: { bucket: company }")).toEqual([
    expect.stringContaining("'state.breakGlassRole' must be left out with state.existing"),
    expect.stringContaining("'state.bucket' must be left out with state.existing"),
  ]);
  expect(problems("breakGlassRole: Opener")).toEqual([
    expect.stringContaining("'state.bucket' must be given, or state.existing, got nothing"),
  ]);
});

test.each([
  ["bucket: company--x-s3", "bucket' must be a general purpose bucket"],
  ["bucket: Company", "bucket' must be a bucket's name"],
  ["bucket: company, prefix: a/", "prefix' must be a key prefix"],
  ["bucket: company, prefix: /a", "prefix' must be a key prefix"],
  ["bucket: company, keyArn: alias/states", "keyArn' must be the ARN of a KMS key"],
  [
    `bucket: company, region: eu-central-1, keyArn: "${KEY}"`,
    "keyArn' must be a key of the bucket's region, eu-central-1",
  ],
  [
    `bucket: company, keyArn: "${KEY.replace("west", "north")}"`,
    "keyArn' must be a key of the bucket's region, eu-west-1",
  ],
  ["bucket: company, region: us-gov-west-1", "region' must be a region of"],
  ["bucket: example-archive", "bucket' must be another bucket than archive.bucket"],
  ["bucket: example-archive-athena", "bucket' must be another bucket than those that the stack log-archive creates"],
])("rejects %s", (existing, rule) => {
  expect(problems(`existing: { ${existing} }`)).toEqual([expect.stringContaining(`'state.existing.${rule}`)]);
});

test("all problems are reported at once, and the key has one setting", () => {
  expect(problems("existing: { bucket: example-archive, region: cn-north-1 }", `keys: { state: "${KEY}" }\n`)).toEqual([
    expect.stringContaining("'state.existing.bucket' must be another bucket than archive.bucket"),
    expect.stringContaining("'state.existing.region' must be a region of"),
    expect.stringContaining("'keys.state' must be left out with state.existing: name the key in state.existing.keyArn"),
  ]);
});

test("its account is one of the organization's", () => {
  const elsewhere = text("existing: { bucket: company }").replace("account: log-archive", "account: elsewhere");
  expect(complaints({ "organization.yaml": elsewhere })).toEqual([expect.stringContaining("'state.account' must be")]);
});

test("data events of other states in the bucket can be chosen, those of Trailwatch's not", () => {
  const of = (arn: string) =>
    problems(
      "existing: { bucket: company, prefix: sec }",
      `trail: { dataEvents: [{ resourceType: AWS::S3::Object, includeArns: ["${arn}"] }] }\n`,
    );
  expect(of("arn:aws:s3:::company/")).toEqual([]);
  expect(of("arn:aws:s3:::company/sec/trailwatch/")).toEqual([
    expect.stringContaining("must be another bucket than those of the archive and the state"),
  ]);
});
