import { ownNames } from "../../lib/naming/own-names";
import { iamName, roleNameOf } from "../../lib/naming/role-names";
import type { Checked } from "./check";
import type { Problem } from "./problem";
import type { AccountFile, OrganizationFile } from "../schema/schema";
import { workspaceStateOf } from "../resolve/state";
import { didYouMean } from "../../lib/support/did-you-mean";

type Organization = Checked<OrganizationFile>;
type Accounts = readonly Checked<AccountFile>[];

/** Problems of `deployment` against the rest of `organization.yaml` and the account files. */
export function deploymentProblems(organization: Organization, accounts: Accounts): Problem[] {
  const { file, valid } = organization;
  const { deployment, state, localAws } = valid;
  if (deployment === undefined) return [];

  const problems = [...entryProblems(organization, accounts), ...roleProblems(organization, accounts)];
  if (deployment.github === undefined && !deployment.hcpTerraform) {
    problems.push(
      file.problem(["deployment", "github"], "be given, unless hcpTerraform is true: one of them must deploy"),
    );
  }
  // For the local AWS, the sandbox has replaced the backend.
  if (deployment.hcpTerraform && localAws !== true && state !== undefined && workspaceStateOf(state) === undefined) {
    const rule = "be false unless state.backend is cloud: HCP Terraform's runs keep their state there";
    problems.push(file.problem(["deployment", "hcpTerraform"], rule));
  }
  return problems;
}

function entryProblems({ file, valid }: Organization, accounts: Accounts): Problem[] {
  const entry = valid.deployment?.account;
  const names = accounts.flatMap((account) => account.valid.name ?? []);
  if (entry === undefined || names.length < accounts.length) return [];
  const account = accounts.find((candidate) => candidate.valid.name === entry);
  if (account === undefined) {
    const hint = didYouMean(entry, names);
    return [file.problem(["deployment", "account"], "be the name of an account of the organization", { hint })];
  }
  if (account.valid.role !== "management") return [];
  // Service control policies do not apply to it.
  const rule = "be another account than the management account, which no policy of the organization holds back";
  return [file.problem(["deployment", "account"], rule)];
}

function roleProblems({ file, valid }: Organization, accounts: Accounts): Problem[] {
  const { deployment, deploymentRole, accountRules = [], iam } = valid;
  if (deployment === undefined || iam === undefined) return [];
  const own = ownNames(valid.names);
  const named = (names: readonly string[]) => names.map((name) => iamName(iam, own, name));
  const taken = [roleNameOf(deployment.administratorRole), ...named(Object.values(own.readingRoles))];
  const rule =
    `be another role than ${taken.join(", ")} and other roles of Trailwatch: the stacks deployment-roles-… create it, ` +
    "with fewer rights";
  const reserved = [...taken, ...named(own.roles)];
  const problemOf = (role: string | undefined) => {
    if (role === undefined) return undefined;
    if (role.includes("/"))
      return "not have a path: the stacks deployment-roles-… create it, with the path in iam.path";
    return isTaken(role, reserved, `${iam.namePrefix}${own.entryRolePrefix}`) ? rule : undefined;
  };
  const settings = [
    { in: file, path: ["deploymentRole"], role: deploymentRole },
    ...accountRules.map(({ deploymentRole: role }, index) => ({
      in: file,
      path: ["accountRules", index, "deploymentRole"],
      role,
    })),
    ...accounts.map((account) => ({ in: account.file, path: ["deploymentRole"], role: account.valid.deploymentRole })),
  ];
  return settings.flatMap(({ in: where, path, role }) => {
    const problem = problemOf(role);
    return problem === undefined ? [] : [{ ...where.problem(path, problem), value: role }];
  });
}

/** IAM's names must differ in more than case. Source: IAM User Guide, "IAM and AWS STS quotas", name requirements. */
function isTaken(name: string, roles: readonly string[], entryPrefix: string): boolean {
  const lower = name.toLowerCase();
  return lower.startsWith(entryPrefix.toLowerCase()) || roles.some((role) => role.toLowerCase() === lower);
}
