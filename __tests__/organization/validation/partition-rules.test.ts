import { partitionOf, REGIONS } from "../../../lib/aws/partitions";
import { ORGANIZATION, MEMBER, complaints, load } from "../accounts-folder";

const GOVCLOUD = "AWS GovCloud (US), the partition of homeRegion";
const inRegion = (region: string, more = "") => ORGANIZATION.replace("eu-west-1", region) + more;
const organization = (region: string, more = "") => complaints({ "organization.yaml": inRegion(region, more) });

test.each(["us-gov-west-1", "us-gov-east-1", "cn-north-1", "cn-northwest-1"])("%s may be the home region", (region) => {
  expect(load({ "organization.yaml": inRegion(region) }).homeRegion).toBe(region);
});

test.each(["us-iso-east-1", "eusc-de-east-1", "us-gov-north-1"])("%s is no region that Trailwatch knows", (region) => {
  expect(organization(region)[0]).toMatch(
    `'homeRegion' must be a region of the standard AWS partition, AWS GovCloud (US) or Amazon Web Services in China, got '${region}'`,
  );
});

test("further regions are of the home region's partition", () => {
  expect(organization("us-gov-west-1", "furtherRegions: [us-gov-east-1, us-west-2]\n")).toEqual([
    `'furtherRegions[1]' must be a region of ${GOVCLOUD}, got 'us-west-2' (at organization.yaml:6:33); there are us-gov-east-1 and us-gov-west-1`,
  ]);
  expect(organization("eu-west-1", "furtherRegions: [cn-north-1]\n")).toEqual([
    "'furtherRegions[0]' must be a region of the standard AWS partition, the partition of homeRegion, got 'cn-north-1' (at organization.yaml:6:18)",
  ]);
});

test("an existing archive is in the home region's partition", () => {
  const existing = (region: string) =>
    inRegion("us-gov-west-1", "trail: { existing: { name: company, logGroup: company } }\n").replace(
      "archive: { bucket: example-archive }",
      `archive: { existing: { bucket: company-logs, region: ${region} } }`,
    );
  expect(complaints({ "organization.yaml": existing("us-west-2") })).toEqual([
    expect.stringContaining(`'archive.existing.region' must be a region of ${GOVCLOUD}, got 'us-west-2'`),
  ]);
  expect(complaints({ "organization.yaml": existing("us-gov-east-1") })).toEqual([]);
});

test.each(["eu-west-1", "us-gov-west-1", "cn-north-1"])(
  "the hint for a misspelt region stays in that of %s",
  (home) => {
    const near = REGIONS.filter((region) => /^(us|cn|ca)-/.test(region));
    const misspelt = near.flatMap((region) => [`${region.slice(0, -1)}9`, region.replace("-", "")]);
    for (const word of misspelt) {
      const [complaint = ""] = organization(home, `furtherRegions: [${word}]\n`);
      const meant = /did you mean '([^']+)'/.exec(complaint)?.[1];
      if (meant !== undefined) expect(partitionOf(meant)).toBe(partitionOf(home));
    }
    expect(organization("us-gov-wst-1")[0]).toMatch("did you mean 'us-gov-west-1'?");
  },
);

describe("what a partition lacks", () => {
  const hub = (settings: string) => `alertHub: { account: log-archive, ${settings} }\n`;
  const chat = hub("chat: { slack: { workspaceId: T07EA123LEP, channelId: C07EZ1ABC23 } }");
  const webhooks = hub("webhooks: [{ name: pager, url: https://example.com }]");

  test.each([
    ["us-gov-west-1", "alertHub.chat", chat, GOVCLOUD],
    ["us-gov-east-1", "alertHub.webhooks", webhooks, GOVCLOUD],
    ["cn-north-1", "alertHub.chat", chat, "Amazon Web Services in China, the partition of homeRegion"],
  ])("%s: %s is rejected", (region, property, text, partition) => {
    expect(organization(region, text)).toEqual([
      expect.stringMatching(
        new RegExp(`^'${property}' must be left out: ${partition.replace(/[()]/g, "\\$&")}, lacks Amazon|lacks API`),
      ),
    ]);
  });

  test("webhooks are available in China, and a hub without either is everywhere", () => {
    expect(organization("cn-northwest-1", webhooks)).toEqual([]);
    expect(organization("us-gov-west-1", hub('noticesDigest: "07:00"'))).toEqual([]);
  });
});

describe("ARNs of another partition", () => {
  test.each([
    ["archive", "archive: { bucket: example-archive }", "archive: { bucket: example-archive, readerRoleArns: [ARN] }"],
    ["notifications", "alerts: { email: [security@example.com] }", "alerts: { sqs: [ARN] }"],
  ])("are rejected in %s", (_, before, after) => {
    const arn = before.startsWith("archive")
      ? "arn:aws:iam::111122223333:role/a"
      : "arn:aws:sqs:us-east-1:111122223333:a";
    const text = inRegion("us-gov-west-1").replace(before, after.replace("ARN", arn));
    expect(complaints({ "organization.yaml": text })).toEqual([
      expect.stringContaining(`must be an ARN of ${GOVCLOUD}: arn:aws-us-gov:…, got '${arn}'`),
    ]);
    const own = text.replace("arn:aws:", "arn:aws-us-gov:").replace("us-east-1", "us-gov-east-1");
    expect(complaints({ "organization.yaml": own })).toEqual([]);
  });

  test("are rejected as a permissions boundary", () => {
    const text = inRegion("us-gov-west-1", "iam: { permissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' }\n");
    expect(complaints({ "organization.yaml": text })).toEqual([
      expect.stringMatching(/^'iam.permissionsBoundary' must be an ARN of AWS GovCloud \(US\)/),
    ]);
    expect(complaints({ "organization.yaml": text.replace("arn:aws:", "arn:aws-us-gov:") })).toEqual([]);
  });

  test("are rejected in data events, once, and in the files of accounts", () => {
    const events =
      'trail: { dataEvents: [{ resourceType: "AWS::S3::Object", includeArns: ["arn:aws:s3:::records/"] }] }\n';
    expect(organization("cn-north-1", events)).toHaveLength(1);
    expect(organization("cn-north-1", events.replace("arn:aws:", "arn:aws-cn:"))).toEqual([]);
    const secret = "arn:aws:secretsmanager:us-gov-west-1:333344445555:secret:payments-AbCdEf";
    const files = (region: string, arn: string) => ({
      "organization.yaml": inRegion(region),
      "workloads.yaml": `${MEMBER}secrets: { watch: ["${arn}"] }\n`,
    });
    expect(complaints(files("us-gov-west-1", secret))).toEqual([expect.stringContaining("'secrets.watch[0]' must be")]);
    expect(complaints(files("us-gov-west-1", secret.replace("arn:aws:", "arn:aws-us-gov:")))).toEqual([]);
  });
});
