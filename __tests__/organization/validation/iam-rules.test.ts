import { PLAIN } from "../../../lib/naming/own-names";
import { MEMBER, ORGANIZATION, complaints } from "../accounts-folder";

const LONGEST_OWN_ROLE = Math.max(...PLAIN.iamNames.map(({ length }) => length));
const iam = (settings: string, more = "") =>
  complaints({ "organization.yaml": `${ORGANIZATION}iam: { ${settings} }\n${more}` });

test.each([
  "path: /",
  "path: /a/b.c_d/",
  "namePrefix: company-",
  `namePrefix: ${"c".repeat(64 - LONGEST_OWN_ROLE)}`,
  "permissionsBoundary: CompanyBoundary",
  "permissionsBoundary: boundaries/Company",
  "permissionsBoundary: arn:aws:iam::aws:policy/job-function/SupportUser",
])("iam takes %s", (settings) => {
  expect(iam(settings)).toEqual([]);
});

test.each([
  ["path: security/", "be '/', or begin and end with '/'"],
  ["path: /security", "be '/', or begin and end with '/'"],
  ["path: //", "be '/', or begin and end with '/'"],
  ["path: /a*/", "be '/', or begin and end with '/'"],
  ["path: '/${a}/'", "be '/', or begin and end with '/'"],
  ["path: /aws-service-role/", "not begin with '/aws-'"],
  [`path: /${"a".repeat(511)}/`, "be at most 512 characters"],
  ["namePrefix: a/", "hold only letters"],
  [`namePrefix: ${"c".repeat(65 - LONGEST_OWN_ROLE)}`, `be at most ${64 - LONGEST_OWN_ROLE} characters`],
  ["permissionsBoundary: /a/b", "be a policy's name, or its path and name without a '/'"],
  ["permissionsBoundary: a*", "be a policy's name"],
  ["permissionsBoundary: arn:aws:iam::222222222222:policy/x/Own", "be a policy's name, as 'x/Own'"],
  [
    "permissionsBoundary: arn:aws:iam::222222222222:role/Own",
    "be a policy's name, or the ARN of an AWS managed policy",
  ],
  ["permissionsBoundary: trailwatch-boundary", "be another policy than trailwatch-boundary"],
])("iam refuses %s", (settings, rule) => {
  expect(iam(settings)).toEqual([expect.stringContaining(`must ${rule}`)]);
});

test("all of them are reported at once", () => {
  expect(iam("path: x, namePrefix: '*', permissionsBoundary: ''")).toHaveLength(3);
});

const CI = "deployment: { account: log-archive, github: { repository: acme/watch, ownerId: 1, repositoryId: 2 } }\n";

test("a role that stacks create has no path of its own, whichever setting names it", () => {
  const rules = "accountRules: [{ ou: '**', deploymentRole: b/c }]\n";
  expect(iam("path: /x/", `deploymentRole: a/b\n${rules}${CI}`)).toEqual([
    expect.stringContaining("'deploymentRole' must not have a path"),
    expect.stringContaining("'accountRules[0].deploymentRole' must not have a path"),
  ]);
  expect(iam("path: /x/", `deploymentRole: a/b\n${rules}`)).toEqual([]);
});

test("with a prefix, the names that Trailwatch takes have it", () => {
  expect(iam("namePrefix: c-", `deploymentRole: trailwatch-plan\n${CI}`)).toEqual([]);
  expect(iam("namePrefix: c-", `deploymentRole: c-trailwatch-CI-x\n${CI}`)).toEqual([
    expect.stringContaining("'deploymentRole' must be another role than"),
  ]);
});

test("a rule may choose the deployment role alone; it must not be the one that may delete state", () => {
  const rule = "accountRules: [{ ou: '**', deploymentRole: x/Admin }]\n";
  expect(complaints({ "organization.yaml": `${ORGANIZATION}${rule}` })).toEqual([]);
  const state = ORGANIZATION.replace(
    "backend: local",
    "backend: s3, account: workloads, bucket: example-state, breakGlassRole: Admin",
  );
  expect(complaints({ "organization.yaml": `${state}${rule}` })).toEqual([
    expect.stringContaining("'state.breakGlassRole' must be another role than the one that deploys"),
  ]);
});

test("an account's tags must fit with the organization's", () => {
  const member = (tags: string) => ({
    "organization.yaml": `${ORGANIZATION}tags: { owner: security }\n`,
    "workloads.yaml": `${MEMBER}tags: { ${tags} }\n`,
  });
  expect(complaints(member("owner: payments, stage: production"))).toEqual([]);
  expect(complaints(member("Owner: payments"))).toEqual([
    expect.stringContaining("'tags.Owner' must differ from 'owner' by more than case"),
  ]);
  const many = Array.from({ length: 49 }, (_, index) => `t${String(index)}: x`).join(", ");
  expect(complaints(member(many))).toEqual([expect.stringContaining("'tags.t48' must be one of at most 49 tags")]);
});
