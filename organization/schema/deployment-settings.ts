import { z } from "zod";
import { accountName, roleName } from "./fields";

const id = z.int("be a whole number").min(1, "be at least 1");

/** Trust policies compare these names as a whole: a wildcard or a further ':' would admit others. */
const github = z.strictObject({
  repository: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,39}\/[\w.-]{1,100}$/, "be 'owner/name', without wildcards")
    .describe("The repository whose workflows deploy: owner/name."),
  ownerId: id.describe("Number of its owner: gh api repos/OWNER/NAME --jq .owner.id"),
  repositoryId: id.describe("Number of the repository: gh api repos/OWNER/NAME --jq .id"),
  branch: z
    .string()
    .regex(/^[\w./-]{1,200}$/, "be a branch name of letters, digits and '._/-', without wildcards")
    .default("main")
    .describe("Branch that is deployed, and whose nightly runs look for drift."),
  environment: z
    .string()
    .regex(/^[\w.-]{1,200}$/, "be an environment's name of letters, digits and '._-', without wildcards")
    .default("production")
    .describe("Environment whose jobs deploy; protect it with reviewers, and admit the branch only."),
});

/** How CI deploys, and with which roles; without it, there are no stacks of roles. */
export const deployment = z.strictObject({
  account: accountName.describe("Name of the account by which CI enters. Not the management account."),
  administratorRole: roleName
    .default("OrganizationAccountAccessRole")
    .describe("Role by which an administrator deploys the roles themselves, and what CI may not."),
  github: github.optional(),
  hcpTerraform: z
    .boolean()
    .default(false)
    .describe("Runs on HCP Terraform deploy; its organization and project are those of `state`."),
});

export type DeploymentSettings = z.infer<typeof deployment>;
