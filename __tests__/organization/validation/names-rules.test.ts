import { ORGANIZATION, complaints } from "../accounts-folder";

const prefixed = (prefix: string, more = "") =>
  complaints({ "organization.yaml": `${ORGANIZATION}names: { prefix: ${prefix} }\n${more}` });

test.each(["trailwatch", "secwatch", "zz-other", "a1b2", "x".repeat(23)])("names.prefix takes %s", (prefix) => {
  expect(prefixed(prefix)).toEqual([]);
});

test.each([
  ["Secwatch", "be lower-case words joined by '-'"],
  ["sec_watch", "be lower-case words joined by '-'"],
  ["1watch", "be lower-case words joined by '-'"],
  ["secwatch-", "be lower-case words joined by '-'"],
  ["sec--watch", "be lower-case words joined by '-'"],
  ["'${a}'", "be lower-case words joined by '-'"],
  ["'a*bc'", "be lower-case words joined by '-'"],
  ["''", "be lower-case words joined by '-'"],
  ["abc", "be at least 4 characters"],
  ["x".repeat(24), "be at most 23 characters: with more, a bucket '<prefix>-<account>-<region>-access-logs'"],
  ["aws-watch", "not begin with 'aws'"],
  ["ssm-watch", "not begin with 'ssm'"],
  ["sthree-watch", "not begin with 'sthree-'"],
  ["amzn-s3-demo-x", "not begin with 'amzn'"],
  ["alarm", "be a name of its own"],
  ["events", "be a name of its own"],
  ["trailwatch-two", "be 'trailwatch' itself, or neither hold it nor be a part of it"],
  ["two-trailwatch", "be 'trailwatch' itself, or neither hold it nor be a part of it"],
  ["watch", "be 'trailwatch' itself, or neither hold it nor be a part of it"],
])("names.prefix %s is refused", (prefix, rule) => {
  expect(prefixed(prefix)).toEqual([expect.stringContaining(`'names.prefix' must ${rule}`)]);
});

test("the prefixes of names and of roles together must fit into the name of a role", () => {
  const longest = "x".repeat(23);
  const iam = (length: number) => prefixed(longest, `iam: { namePrefix: ${"c".repeat(length)} }\n`);
  expect(iam(16)).toEqual([]);
  expect(iam(17)).toEqual([
    expect.stringContaining(
      `'names.prefix' must be at most 22 characters beside iam.namePrefix: role '${"c".repeat(17)}${longest}-organization-data-alarms' would have 65`,
    ),
  ]);
});

test("a webhook's name and the prefix must fit into the name of a connection", () => {
  const hub = (name: string) =>
    prefixed(
      "x".repeat(23),
      `alertHub:\n  account: log-archive\n  webhooks: [{ name: ${name}, url: 'https://example.com/a', header: X-Key }]\n`,
    );
  expect(hub("w".repeat(32))).toEqual([]);
  expect(hub("w".repeat(33))).toEqual([expect.stringContaining("must be at most 22 characters beside the webhooks")]);
});

test("the installation's own tag and boundary are refused", () => {
  expect(prefixed("secwatch", "tags: { 'Secwatch:stack': a }\n")).toEqual([
    expect.stringContaining("not have the key secwatch:stack, which Trailwatch sets on every resource"),
  ]);
  expect(prefixed("secwatch", "iam: { permissionsBoundary: secwatch-boundary }\n")).toEqual([
    expect.stringContaining("'iam.permissionsBoundary' must be another policy than secwatch-boundary"),
  ]);
});
