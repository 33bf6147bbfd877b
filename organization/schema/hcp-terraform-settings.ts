import { z } from "zod";

/** Source: HCP Terraform docs, "Create workspace tags": tag syntax. */
const tags = z
  .record(z.string(), z.string().regex(/^[\w:-]{0,255}$/, "be at most 255 letters, digits or ':_-'"))
  .refine((record) => Object.keys(record).every((key) => /^[\w:-]{1,255}$/.test(key)), {
    error: "have keys of 1 to 255 letters, digits or ':_-'",
  });

/** A repository that HCP Terraform watches: its commits start runs. */
const vcs = z.strictObject({
  repository: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)+$/, "be '<owner>/<name>', as your VCS provider has it")
    .describe("Holds the committed cdktf.out at its root: <owner>/<name>."),
  branch: z.string().min(1, "name a branch").optional().describe("Default: the repository's own default branch."),
  connection: z
    .string()
    .regex(/^(ot|ghain)-[A-Za-z0-9]+$/, "be the id of an OAuth token (ot-…) or of a GitHub App installation (ghain-…)")
    .describe("How HCP Terraform reads the repository: ot-… or ghain-…, from its settings. No secret."),
});

/** State in HCP Terraform, one workspace per stack. */
export const cloudState = z.strictObject({
  backend: z.literal("cloud"),
  organization: z
    .string("be the name of your HCP Terraform organization")
    .regex(/^[\w-]+$/, "be the name of your HCP Terraform organization: letters, digits, '-' and '_'"),
  hostname: z
    .string()
    .regex(/^[A-Za-z0-9.-]+(:\d{1,5})?$/, "be a host name, with a port if it has one of its own")
    .default("app.terraform.io")
    .describe("That of Terraform Enterprise, if you run it yourself."),
  project: z
    .string()
    .regex(/^[\w -]+$/, "be a project's name: letters, digits, spaces, '-' and '_'")
    .optional()
    .describe("Project of the workspaces; the organization's default project unless given."),
  tags: tags
    .default({})
    .describe("Tags of every workspace. They reach HCP Terraform by the stack `workspaces` or by its API."),
  executionMode: z
    .enum(["remote", "local"])
    .default("remote")
    .describe(
      "remote: Terraform runs on HCP Terraform's machines. local: it runs where you call it; only state is there.",
    ),
  vcs: vcs.optional().describe("Runs start from commits. Default: from the command line and from CI."),
  manageWorkspaces: z
    .boolean()
    .default(false)
    .describe("Synthesize the stack `workspaces`, which makes the others' workspaces by the provider hashicorp/tfe."),
});
