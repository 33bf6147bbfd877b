import { ORGANIZATION, complaints, load } from "../accounts-folder";

const KEY = "arn:aws:kms:eu-west-1:222233334444:key/0a1b2c3d";
const problems = (settings: string): string[] =>
  complaints({ "organization.yaml": `${ORGANIZATION}${settings}\n` }).map((line) => line.replace(/ \(at .*?\)/, ""));

test("keys are Trailwatch's by default", () => {
  expect(load()).toMatchObject({ encryption: "customer-key", keys: {} });
  expect(
    load({ "organization.yaml": `${ORGANIZATION}keys: { logs: "${KEY}" }\nencryption: aws-owned\n` }),
  ).toMatchObject({ encryption: "aws-owned", keys: { logs: KEY } });
});

test.each([
  ["arn:aws:kms:eu-west-1:222233334444:alias/company", "be the ARN of a KMS key"],
  ["0a1b2c3d-1111-4222-8333-444455556666", "be the ARN of a KMS key"],
  ["arn:aws:kms:us-east-1:222233334444:key/0a1b2c3d", "be a key of homeRegion, eu-west-1"],
  ["arn:aws-cn:kms:cn-north-1:222233334444:key/0a1b2c3d", "be an ARN of"],
])("rejects %s", (key, rule) => {
  expect(problems(`keys: { logs: "${key}" }`)).toEqual([expect.stringContaining(`'keys.logs' must ${rule}`)]);
});

test("rejects keys that nothing would use, and reports all problems at once", () => {
  expect(problems(`keys: { state: "${KEY}", logs: "${KEY.replace("west", "north")}" }\nencryption: none`)).toEqual([
    expect.stringContaining("'keys.state' must be left out"),
    expect.stringContaining("'keys.logs' must be a key of homeRegion"),
    expect.stringContaining("'encryption' must be one of customer-key, aws-owned"),
  ]);
});

test("the key of webhooks must be Trailwatch's, because of its tag", () => {
  const hub = "alertHub: { account: workloads, webhooks: [{ name: pager, url: https://example.com }] }";
  expect(problems(`keys: { topics: "${KEY}" }\n${hub}`)).toEqual([
    expect.stringContaining("'keys.topics' must be left out with alertHub.webhooks"),
  ]);
});
