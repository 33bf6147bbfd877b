import { PolicyLimitError } from "../../modules/policy-document";
import { loadWithSources } from "../../organization/load";
import { describeProblem } from "../../organization/validation/problems-text";
import { limitProblems, withPlaces } from "../../stacks/limit-problems";
import { ORGANIZATION, accountsFolder, MEMBER } from "../organization/accounts-folder";

type Files = Parameters<typeof accountsFolder>[0];

/** What exceeds a limit, with files named as within the folder. */
function problems(files: Files): string[] {
  const folder = accountsFolder(files);
  return limitProblems(loadWithSources(folder)).map((problem) =>
    describeProblem({ ...problem, file: problem.file.replace(/^.*\//, "") }),
  );
}

const entry = (text: string) => `      - { field: userIdentity.arn, equals: "${text}", reason: r }\n`;
const ignoring = (...texts: string[]) => `detections:\n  root-use:\n    ignore:\n${texts.map(entry).join("")}`;

test("an organization within all limits has no problem", () => {
  expect(problems({ "workloads.yaml": MEMBER + ignoring("one", "two") })).toEqual([]);
});

/** The longest text to ignore that root-use takes in a member, by how much a longer one exceeds the limit. */
const longest = (() => {
  const [problem = ""] = problems({ "workloads.yaml": MEMBER + ignoring("x".repeat(1024)) });
  return 2048 - Number(/1024 characters, got '(\d+)'/.exec(problem)?.[1]);
})();

test("the first ignore entry that does not fit is reported with its line", () => {
  expect(longest).toBeGreaterThan(100);
  expect(problems({ "workloads.yaml": MEMBER + ignoring("x".repeat(longest)) })).toEqual([]);
  expect(problems({ "workloads.yaml": MEMBER + ignoring("x".repeat(longest + 1)) })).toEqual([
    expect.stringMatching(
      /^'detections\.root-use\.ignore\[0\]' must leave, .*\(at workloads\.yaml:7:\d+\); a filter pattern must be at most 1024 characters, got '1025' in account 'workloads': /,
    ),
  ]);
  expect(problems({ "workloads.yaml": MEMBER + ignoring("a", "b", "x".repeat(longest), "c") })).toEqual([
    expect.stringMatching(/^'detections\.root-use\.ignore\[2\]' .*\(at workloads\.yaml:9:/),
  ]);
});

test("an entry for all accounts is reported once, an entry of an account only there", () => {
  const common = ORGANIZATION + ignoring("x".repeat(longest + 1));
  expect(problems({ "organization.yaml": common })).toEqual([
    expect.stringMatching(/^'detections\.root-use\.ignore\[0\]' .*\(at organization\.yaml:9:/),
  ]);
  const fits = ORGANIZATION + ignoring("x".repeat(longest));
  // The management account's patterns are shorter or longer by their feed: what matters is where the fault is.
  const found = problems({ "organization.yaml": fits, "workloads.yaml": MEMBER + ignoring("more") });
  expect(found).toContainEqual(expect.stringMatching(/^'detections\.root-use\.ignore\[0\]' .*\(at workloads\.yaml:7:/));
});

test("all are reported at once, in reading order", () => {
  const four = ["*a", "*b", "*c", "*d"]
    .map((text) => `      - { field: userIdentity.arn, matches: "${text}", reason: r }\n`)
    .join("");
  const found = problems({
    "organization.yaml": `${ORGANIZATION}detections:\n  secret-batch-read:\n    ignore:\n${four}`,
    "workloads.yaml": MEMBER + ignoring("x".repeat(1100)),
  });
  expect(found).toEqual([
    expect.stringMatching(
      /^'detections\.secret-batch-read\.ignore\[3\]' .*organization\.yaml:12:.* at most 3 '\*', got '4'/,
    ),
    expect.stringMatching(/^'detections\.root-use\.ignore\[0\]' .*workloads\.yaml:7:/),
  ]);
});

describe("filters of a log group", () => {
  const watching = (count: number, list: "watch" | "create" = "watch") => {
    const names = Array.from({ length: count }, (_, index) => (list === "watch" ? `s${index}` : `{ name: s${index} }`));
    return { "workloads.yaml": `${MEMBER}packs: [secrets]\nsecrets:\n  ${list}: [${names.join(", ")}]\n` };
  };
  const needed = Number(/needs (\d+)/.exec(problems(watching(101))[0] ?? "")?.[1]);
  const most = 201 - needed;

  test("may be 100, and a list of secrets that exceeds this is reported", () => {
    expect(most).toBeGreaterThan(50);
    expect(most).toBeLessThan(100);
    for (const list of ["watch", "create"] as const) {
      expect(problems(watching(most, list))).toEqual([]);
      expect(problems(watching(most + 1, list))).toEqual([
        expect.stringMatching(
          new RegExp(
            `^'secrets\\.${list}' must name no more .*workloads\\.yaml:6:.*account 'workloads' \\(feed 'event-bus'\\) needs 101`,
          ),
        ),
      ]);
    }
  });
});

describe("filters with regular expressions", () => {
  const IDS = [
    "root-use",
    "kms-key-disabled",
    "organization-policy-changed",
    "database-made-public",
    "internet-route-created",
  ];
  const ranges = (ids: readonly string[], range: string) =>
    `detections:\n${ids.map((id) => `  ${id}:\n    ignore:\n      - { ipAddress: ${range}, reason: r }\n`).join("")}`;
  const found = (ids: readonly string[], range: string) =>
    problems({ "workloads.yaml": `${MEMBER}packs: [access]\n${ranges(ids, range)}` });

  test("may be five, and the entry that needs a sixth is reported with all that need one", () => {
    const six = [...IDS, "denied-call-burst"];
    expect(found(IDS, "172.16.0.0/12")).toEqual([]);
    expect(found(six, "172.16.0.0/16")).toEqual([]);
    const [problem = "", ...others] = found(six, "172.16.0.0/12");
    expect(others).toEqual([]);
    expect(problem).toMatch(/^'detections\.[a-z-]+\.ignore\[0\]' must leave, .*\(at workloads\.yaml:\d+:/);
    expect(problem).toContain("account 'workloads' (feed 'event-bus') needs 6 (");
    for (const id of six) expect(problem).toContain(`'${id}' 1`);
  });
});

describe("a synthesis that failed", () => {
  const readers = ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"];
  const archive = `archive: { bucket: example-archive, readerRoleArns: [${readers.join(", ")}] }`;
  const loaded = loadWithSources(
    accountsFolder({ "organization.yaml": ORGANIZATION.replace("archive: { bucket: example-archive }", archive) }),
  );

  test("names the list that makes the key's policy too long", () => {
    expect(withPlaces(new PolicyLimitError("key", 32_769), loaded)).toMatchObject({
      message: expect.stringMatching(
        /^'archive\.readerRoleArns' must fit .*organization\.yaml:3:\d+\); 'key policy' must be at most 32768 bytes, got '32769'/,
      ) as string,
    });
  });

  test("for another reason is reported unchanged", () => {
    const errors = [new Error("another"), new PolicyLimitError("bucket", 20_481)];
    for (const error of errors) expect(withPlaces(error, loaded)).toBe(error);
    const withoutReaders = loadWithSources(accountsFolder());
    const error = new PolicyLimitError("key", 32_769);
    expect(withPlaces(error, withoutReaders)).toBe(error);
  });
});
