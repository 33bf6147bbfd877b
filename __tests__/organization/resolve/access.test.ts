import { asAdministrator, enteringRole, withAccessOf } from "../../../organization/resolve/access";
import { accountNamed } from "../../../organization/organization";
import { testOrganization } from "../../support/organization";

const deployment = {
  account: "log-archive",
  github: { repository: "acme/watch", ownerId: 1, repositoryId: 2 },
};
const byCi = testOrganization({
  deployment,
  deploymentRole: "deploy",
  accounts: { workloads: { deploymentRole: "own" } },
});
const byHand = testOrganization();

test.each([
  [undefined, { management: "deploy", "log-archive": "deploy", workloads: "own" }],
  ["deploy", { management: "deploy", "log-archive": "deploy", workloads: "own" }],
  ["plan", { management: "trailwatch-plan", "log-archive": "trailwatch-plan", workloads: "trailwatch-plan" }],
  ["audit", { management: "trailwatch-audit", "log-archive": "trailwatch-audit", workloads: "trailwatch-audit" }],
  [
    "administrator",
    {
      management: undefined,
      "log-archive": "OrganizationAccountAccessRole",
      workloads: "OrganizationAccountAccessRole",
    },
  ],
])("TRAILWATCH_ACCESS=%s enters by these roles", (word, roles) => {
  const organization = withAccessOf(byCi, word === undefined ? {} : { TRAILWATCH_ACCESS: word });
  for (const [name, role] of Object.entries(roles)) {
    expect(enteringRole(organization, accountNamed(organization, name))).toBe(role);
  }
});

test("another word is rejected, with a suggestion", () => {
  expect(() => withAccessOf(byCi, { TRAILWATCH_ACCESS: "plam" })).toThrow(
    "'TRAILWATCH_ACCESS' must be one of deploy, plan, audit, administrator, got 'plam'; did you mean 'plan'?",
  );
});

test("without 'deployment' there are no such roles, and administrators enter as usual", () => {
  expect(() => withAccessOf(byHand, { TRAILWATCH_ACCESS: "plan" })).toThrow(
    "'TRAILWATCH_ACCESS' must be left out, got 'plan': organization.yaml has no 'deployment', and so no such role",
  );
  expect(asAdministrator(byHand)).toBe(byHand);
  expect(asAdministrator(byCi).access).toBe("administrator");
});
