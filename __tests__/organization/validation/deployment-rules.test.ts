import { MEMBER, ORGANIZATION, complaints } from "../accounts-folder";

const GITHUB = "github: { repository: acme/watch, ownerId: 1, repositoryId: 2 }";
const deployment = (settings: string, role = "deploy", organization = ORGANIZATION) =>
  complaints({
    "organization.yaml": `${organization}deploymentRole: ${role}\ndeployment: { ${settings} }\n`,
  });

test("CI may enter any account except the management account", () => {
  expect(deployment(`account: log-archive, ${GITHUB}`)).toEqual([]);
  expect(deployment(`account: workloads, ${GITHUB}`)).toEqual([]);
  expect(deployment(`account: management, ${GITHUB}`)).toEqual([
    "'deployment.account' must be another account than the management account, which no policy of the organization holds back, got 'management' (at organization.yaml:7:24)",
  ]);
  expect(deployment(`account: log-archiv, ${GITHUB}`)).toEqual([
    "'deployment.account' must be the name of an account of the organization, got 'log-archiv' (at organization.yaml:7:24); did you mean 'log-archive'?",
  ]);
});

test("at least one CI system must be configured", () => {
  expect(deployment("account: log-archive")).toEqual([
    "'deployment.github' must be given, unless hcpTerraform is true: one of them must deploy, got nothing (at organization.yaml:7:1)",
  ]);
});

test("HCP Terraform may deploy only if it keeps the state", () => {
  const inCloud = ORGANIZATION.replace("backend: local", "backend: cloud, organization: acme");
  expect(deployment("account: log-archive, hcpTerraform: true", "deploy", inCloud)).toEqual([]);
  expect(deployment("account: log-archive, hcpTerraform: true")).toEqual([
    "'deployment.hcpTerraform' must be false unless state.backend is cloud: HCP Terraform's runs keep their state there, got 'true' (at organization.yaml:7:51)",
  ]);
});

test.each([
  ...["OrganizationAccountAccessRole", "trailwatch-plan", "trailwatch-audit", "trailwatch-ci-apply"],
  ...["trailwatch-heartbeat", "trailwatch-Plan"],
])("the role that deploys is not %s", (role) => {
  const refusal = "'deploymentRole' must be another role than OrganizationAccountAccessRole, trailwatch-plan, ";
  expect(deployment(`account: log-archive, ${GITHUB}`, role)).toEqual([expect.stringContaining(refusal)]);
  const organization = `${ORGANIZATION}deploymentRole: deploy\ndeployment: { account: log-archive, ${GITHUB} }\n`;
  expect(
    complaints({ "organization.yaml": organization, "workloads.yaml": `${MEMBER}deploymentRole: ${role}\n` }),
  ).toEqual([
    expect.stringContaining(
      `${refusal}trailwatch-audit and other roles of Trailwatch: the stacks deployment-roles-… create it`,
    ),
  ]);
});

test("the default role cannot be the deployment role either: it has all permissions", () => {
  const organization = `${ORGANIZATION}deployment: { account: log-archive, ${GITHUB} }\n`;
  expect(complaints({ "organization.yaml": organization })).toEqual([
    expect.stringContaining("'deploymentRole' must be another role than OrganizationAccountAccessRole"),
  ]);
});

test.each([
  ["a wildcard", "repository: 'acme/*'", "repository"],
  ["an owner's wildcard", "repository: '*/watch'", "repository"],
  ["no owner", "repository: watch", "repository"],
  ["a further part", "repository: 'acme/watch:ref'", "repository"],
])("a repository with %s is refused", (_what, repository, property) => {
  expect(deployment(`account: log-archive, ${GITHUB.replace("repository: acme/watch", repository)}`)).toEqual([
    expect.stringContaining(`'deployment.github.${property}' must be 'owner/name', without wildcards, got`),
  ]);
});

test.each(["environment: '*'", "environment: 'a:b'", "branch: 'release/*'"])("%s is refused", (setting) => {
  expect(deployment(`account: log-archive, ${GITHUB.replace(" }", `, ${setting} }`)}`)).toEqual([
    expect.stringContaining("without wildcards, got"),
  ]);
});
