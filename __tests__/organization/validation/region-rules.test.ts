import { ORGANIZATION, complaints, load } from "../accounts-folder";

const omitting = (regions: readonly string[], { home = "eu-west-1", more = "" } = {}) =>
  `${ORGANIZATION.replace("eu-west-1", home)}${more}omittedRegions: [${regions.map((region) => `{ region: ${region}, reason: denied }`).join(", ")}]\n`;
const problems = (...args: Parameters<typeof omitting>) =>
  complaints({ "organization.yaml": omitting(...args) }).map((line) => line.replace(/ \(at .*?\)/, ""));

const ELSE = "the region of global services: else nothing is deployed in regions besides homeRegion and furtherRegions";

test.each([
  ["eu-west-1", "us-east-1"],
  ["us-gov-east-1", "us-gov-west-1"],
  ["cn-north-1", "cn-northwest-1"],
  ["cn-northwest-1", "cn-north-1"],
])("from %s, %s can be omitted", (home, region) => {
  expect(load({ "organization.yaml": omitting([region], { home }) }).omittedRegions).toEqual([
    { region, reason: "denied" },
  ]);
});

test.each<[string, Parameters<typeof omitting>, string[]]>([
  ["the home region", [["eu-west-1"]], ["be another region than homeRegion, where everything is deployed"]],
  ["a region without resources", [["eu-north-1"]], [`be us-east-1, ${ELSE}`]],
  [
    "any region where the home region is that of global services",
    [["us-gov-east-1"], { home: "us-gov-west-1" }],
    ["be left out: with this homeRegion, nothing is deployed in regions besides homeRegion and furtherRegions"],
  ],
  [
    "a further region",
    [["us-east-1"], { more: "furtherRegions: [us-east-1]\n" }],
    ["not be in furtherRegions at the same time"],
  ],
  ["the same twice", [["us-east-1", "us-east-1"]], ["be listed once"]],
  [
    "a region of another partition",
    [["us-gov-west-1"]],
    ["be a region of the standard AWS partition, the partition of homeRegion"],
  ],
  [
    "one of the standard partition in GovCloud",
    [["us-east-1"], { home: "us-gov-east-1" }],
    ["be a region of AWS GovCloud (US), the partition of homeRegion"],
  ],
])("%s cannot be omitted", (_, given, rules) => {
  const found = problems(...given);
  expect(found).toHaveLength(rules.length);
  rules.forEach((rule, index) => {
    expect(found[index]).toMatch(/^'omittedRegions\[[01]\]\.region' must /);
    expect(found[index]).toContain(rule);
  });
});

test("a hint for a misspelt region stays in the partition", () => {
  expect(problems(["us-eastt-1"])[0]).toMatch(/did you mean 'us-east-1'\?$/);
  expect(problems(["us-gov-west1"], { home: "us-gov-east-1" })[0]).toMatch(/did you mean 'us-gov-west-1'\?$/);
  expect(problems(["us-gov-west1"])[0]).not.toMatch(/us-gov-west-1/);
});

test("an omission has a reason", () => {
  const text = `${ORGANIZATION}omittedRegions: [{ region: us-east-1, reason: " " }]\n`;
  expect(complaints({ "organization.yaml": text })[0]).toMatch(/'omittedRegions\[0\]\.reason' must say why/);
});

test("an existing trail is not in an omitted region, where nothing sees who stops it", () => {
  const more = "trail: { existing: { name: company, region: us-east-1, logGroup: company } }\n";
  expect(problems(["us-east-1"], { more }).join()).toContain(
    "'trail.existing.region' must be homeRegion or one of furtherRegions",
  );
});
