import { ROLE_PACKS } from "../../../organization/resolve/role-packs";
import { relative } from "node:path";
import { loadWithSources } from "../../../organization/load";
import { organizationWarnings } from "../../../organization/validation/warnings";
import { MEMBER, ORGANIZATION, accountsFolder, complaints, load } from "../accounts-folder";

const rules = (...lines: string[]) => `${ORGANIZATION}accountRules:\n${lines.map((line) => `  - ${line}\n`).join("")}`;
const IN_PRODUCTION = `${MEMBER}organizationalUnit: Workloads/Production\naccountTags: { env: prod }\n`;

/** The member's feed and packs. */
function chosen(organization: string, workloads = IN_PRODUCTION) {
  const { accounts } = load({ "organization.yaml": organization, "workloads.yaml": workloads });
  const account = accounts.find(({ name }) => name === "workloads");
  return [account?.feed, account?.packs.join()];
}

const DEFAULT = ROLE_PACKS.member.join();

test.each([
  ["by organizational unit", rules("{ ou: Workloads/**, feed: account-trail, packs: [cis] }"), "account-trail", "cis"],
  ["by tag", rules("{ tag: { key: env, value: prod }, packs: [guard] }"), "event-bus", "guard"],
  [
    "of each, the first that has it",
    rules("{ ou: '**', feed: account-trail }", "{ ou: '**', feed: event-bus, packs: [guard] }"),
    "account-trail",
    "guard",
  ],
  ["none for it", rules("{ ou: Sandbox, feed: account-trail, packs: [cis] }"), "event-bus", DEFAULT],
  ["before the role's", `${rules("{ ou: '**', packs: [guard] }")}packs: { member: [secrets] }\n`, "event-bus", "guard"],
])("rules %s", (_, organization, feed, packs) => {
  expect(chosen(organization)).toEqual([feed, packs]);
});

test("the account's own file takes precedence, setting by setting", () => {
  const organization = rules("{ ou: '**', feed: account-trail, packs: [cis] }");
  expect(chosen(organization, `${IN_PRODUCTION}packs: [secrets]\n`)).toEqual(["account-trail", "secrets"]);
});

test.each([
  ["{ ou: A, packs: [guardd] }", /^'accountRules\[0\]\.packs\[0\]' must be one of .*; did you mean 'guard'\?$/],
  ["{ ou: A, pakcs: [guard] }", /^'accountRules\[0\]\.pakcs' must be a known setting.*; did you mean 'packs'\?$/],
  ["{ ou: A, packs: [guard, guard] }", /^'accountRules\[0\]\.packs\[1\]' must be listed once/],
  ["{ ou: A, feed: organization-trail }", /^'accountRules\[0\]\.feed' must be event-bus or account-trail: an org/],
  ["{ packs: [guard] }", /^'accountRules\[0\]' must have 'ou' or 'tag', or both/],
  ["{ ou: A }", /^'accountRules\[0\]' must choose 'feed', 'packs' or 'deploymentRole'/],
  ["{ ou: /A, packs: [guard] }", /^'accountRules\[0\]\.ou' must be names of organizational units joined by '\/'/],
  ["{ ou: A**, packs: [guard] }", /^'accountRules\[0\]\.ou' must have '\*\*' only between '\/'/],
])("refuses %s", (rule, message) => {
  const [first = "", ...others] = complaints({ "organization.yaml": rules(rule) });
  expect(first).toContain("at organization.yaml:7:");
  expect(first).toMatch(message);
  expect(others).toEqual([]);
});

test("a pack that event-bus does not support is reported once, at the rule", () => {
  const zoo = IN_PRODUCTION.replace("workloads", "zoo").replace("333344445555", "555566667777");
  const files = { "workloads.yaml": IN_PRODUCTION, "zoo.yaml": zoo };
  expect(complaints({ ...files, "organization.yaml": rules("{ ou: '**', packs: [guard, cis] }") })).toEqual([
    expect.stringMatching(
      /^'accountRules\[0\]\.packs\[1\]' must be a pack that feed event-bus can carry.*organization\.yaml:7:\d+\); workloads\.yaml has that feed, and 1 more/,
    ) as string,
  ]);
});

test("rejects invalid organizational units and tags", () => {
  const workloads = `${MEMBER}organizationalUnit: Workloads/\naccountTags: { cost: 12 }\n`;
  expect(complaints({ "workloads.yaml": workloads })).toEqual([
    expect.stringMatching(/^'organizationalUnit' must be names .* \(at workloads\.yaml:4:21\)/) as string,
    expect.stringMatching(/^'accountTags\.cost' must be text: put it in quotes, got '12'/) as string,
  ]);
});

describe("a rule for no member is worth a warning", () => {
  function warnings(rule: string, workloads = IN_PRODUCTION): string[] {
    const folder = accountsFolder({ "organization.yaml": rules(rule), "workloads.yaml": workloads });
    return organizationWarnings(loadWithSources(folder), "2026-01-01").map((warning) =>
      warning.replaceAll(`${relative(process.cwd(), folder)}/`, ""),
    );
  }

  test.each([
    [
      "{ ou: Workloads/Prodution, packs: [guard] }",
      /^warning: 'accountRules\[0\]\.ou' must be organizational units of at least one member, got 'Workloads\/Prodution' \(at organization\.yaml:7:11\); did you mean 'Workloads\/Production'\?$/,
    ],
    ["{ ou: Elsewhere, packs: [guard] }", /; 'trailwatch accounts sync' writes organizationalUnit/],
    ["{ tag: { key: enw }, packs: [guard] }", /tag\.key' must .* got 'enw' .*did you mean 'env'\?/],
    ["{ tag: { key: env, value: prd }, packs: [guard] }", /tag\.value' must .* got 'prd' .*did you mean 'prod'\?/],
  ])("%s", (rule, expected) => {
    expect(warnings(rule)).toEqual([expect.stringMatching(expected) as string]);
  });

  test("where each part is met, but not by one member", () => {
    const rule = "{ ou: Workloads/*, tag: { key: env, value: prod }, packs: [guard] }";
    expect(warnings(rule)).toEqual([]);
    expect(warnings(rule, IN_PRODUCTION.replace("env: prod", "env: test"))).toHaveLength(1);
  });
});
