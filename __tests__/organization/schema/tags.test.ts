import { MEMBER, ORGANIZATION, complaints } from "../accounts-folder";

/** What loading complains about with these lines below `tags:`, of which the first is line 7. */
const tagged = (...lines: string[]) =>
  complaints({ "organization.yaml": `${ORGANIZATION}tags:\n${lines.map((line) => `  ${line}\n`).join("")}` });
const many = (count: number) => Array.from({ length: count }, (_, index) => `k${index + 1}: v`);
const long = (length: number) => "k".repeat(length);

test.each([
  ["a key of 128 characters", [`${long(128)}: v`]],
  ["a value of 256", [`k: ${long(256)}`]],
  ["an empty value", [`k: ""`]],
  ["every allowed character", [`"äß 9_.:/=+-@": "äß 9_.:/=+-@"`]],
  ["a key that only holds aws:", ["my-aws:owner: v", "aws-owner: v"]],
  ["49 tags, which with the stack's are 50", many(49)],
])("%s is right", (_what, lines) => {
  expect(tagged(...lines)).toEqual([]);
});

test.each([
  ["a key of 129", [`${long(129)}: v`], "be at most 128 characters", "7:3"],
  ["an empty key", [`"": v`], "hold text", "7:3"],
  ["a value of 257", [`k: ${long(257)}`], "be at most 256 characters", "7:6"],
  ["a key with another character", [`"a#b": v`], "hold only letters, digits, spaces and '_.:/=+-@'", "7:3"],
  ["a line break in a key", [`"a\\nb": v`], "hold only letters, digits, spaces and '_.:/=+-@'", "7:3"],
  ["a value with another character", [`k: "a,b"`], "hold only letters, digits, spaces and '_.:/=+-@'", "7:6"],
  ["AWS's prefix", ["aws:owner: v"], "not begin with 'aws:', which AWS keeps for itself", "7:3"],
  ["AWS's prefix in any case", ["AwS:owner: v"], "not begin with 'aws:', which AWS keeps for itself", "7:3"],
  ["our own key", ["Trailwatch:stack: v"], "be another key than trailwatch:stack, which Trailwatch sets", "7:3"],
  ["two keys that differ by case", ["owner: v", "Owner: v"], "differ from 'owner' by more than case", "8:3"],
  ["50 tags", many(50), "be one of at most 49 tags, as AWS takes 50 and Trailwatch sets 1; there are 50", "56:3"],
])("%s is not", (_what, lines, rule, place) => {
  const found = tagged(...lines);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(`must ${rule}`);
  expect(found[0]).toContain(`(at organization.yaml:${place})`);
});

test("all of them are named at once", () => {
  expect(tagged("aws:a: v", "ok: fine", `k: "#"`, `"?": "!"`)).toEqual([
    "'tags.aws:a' must not begin with 'aws:', which AWS keeps for itself, got 'aws:a' (at organization.yaml:7:3)",
    "'tags.k' must hold only letters, digits, spaces and '_.:/=+-@', got '#' (at organization.yaml:9:6)",
    "'tags.?' must hold only letters, digits, spaces and '_.:/=+-@', got '?' (at organization.yaml:10:3)",
    "'tags.?' must hold only letters, digits, spaces and '_.:/=+-@', got '!' (at organization.yaml:10:8)",
  ]);
});

describe("tags that AWS Organizations has", () => {
  const having = (lines: string) => complaints({ "workloads.yaml": `${MEMBER}accountTags:\n${lines}` });
  const looking = (tag: string) =>
    complaints({ "organization.yaml": `${ORGANIZATION}accountRules:\n  - { tag: ${tag}, feed: account-trail }\n` });

  test("may be AWS's own tags", () => {
    expect(having(`  aws:cloudformation:stack-name: x\n  ${long(128)}: ${long(256)}\n`)).toEqual([]);
  });

  test.each([`  ${long(129)}: v\n`, `  k: ${long(257)}\n`, `  "a#b": v\n`])(
    "must be what AWS can have: %s",
    (lines) => {
      expect(having(lines)).toEqual([expect.stringMatching(/^'accountTags\..* \(at workloads.yaml:5:/)]);
    },
  );

  test("are validated by AWS's rules", () => {
    expect(looking(`{ key: ${long(129)} }`)).toEqual([expect.stringContaining("at most 128 characters")]);
    expect(looking(`{ key: k, value: ${long(257)} }`)).toEqual([expect.stringContaining("at most 256 characters")]);
    expect(looking(`{ key: "a#b", value: "#" }`)).toHaveLength(2);
  });
});
