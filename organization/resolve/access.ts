import { ownNames } from "../../lib/naming/own-names";
import type { Access } from "../organization";
import { ownRole } from "../../lib/naming/role-names";
import { shownValue } from "../../lib/support/printable";
import type { Account, Organization } from "../organization";
import { didYouMean } from "../../lib/support/did-you-mean";

const ACCESS: readonly Access[] = ["deploy", "plan", "audit", "administrator"];

/**
 * The organization, with the access that `TRAILWATCH_ACCESS` selects; `deploy` by default.
 *
 * @throws for any other word, and for an organization that has no such roles
 */
export function withAccessOf(organization: Organization, env: NodeJS.ProcessEnv): Organization {
  const { TRAILWATCH_ACCESS: word } = env;
  if (word === undefined || word === "" || word === "deploy") return organization;
  const access = ACCESS.find((one) => one === word);
  if (access === undefined) {
    const hint = didYouMean(word, ACCESS);
    throw new Error(
      `'TRAILWATCH_ACCESS' must be one of ${ACCESS.join(", ")}, got '${shownValue(word)}'${hint === undefined ? "" : `; ${hint}`}`,
    );
  }
  if (organization.deployment === undefined) {
    throw new Error(
      `'TRAILWATCH_ACCESS' must be left out, got '${shownValue(word)}': organization.yaml has no 'deployment', and so no such role`,
    );
  }
  return { ...organization, access };
}

/** The organization with administrator access, where deployments have roles of their own. */
export function asAdministrator(organization: Organization): Organization {
  return organization.deployment === undefined ? organization : { ...organization, access: "administrator" };
}

/**
 * Path and name of the role that Terraform assumes in an account. Undefined: the caller's own credentials, as an administrator
 * uses in the management account, where `OrganizationAccountAccessRole` does not exist.
 */
export function enteringRole(organization: Organization, account: Account): string | undefined {
  const { access = "deploy", deployment } = organization;
  switch (access) {
    case "deploy":
      return deploymentRole(organization, account);
    case "plan":
    case "audit":
      return ownRole(organization.iam, ownNames(organization.names).readingRoles[access]);
    case "administrator":
      return account.role === "management" ? undefined : deployment?.administratorRole;
  }
}

/**
 * Path and name of the deployment role, by which detections recognize Trailwatch's own deployments. Where CI deploys,
 * stacks create it, with the path of `iam`.
 */
export function deploymentRole(organization: Organization, account: Account): string | undefined {
  const { deployment, iam } = organization;
  // CI has no credentials of the management account: it needs a role there as in every other account.
  const noneByDefault = account.role === "management" && deployment === undefined;
  const role = account.deploymentRole ?? (noneByDefault ? undefined : organization.deploymentRole);
  return role === undefined || deployment === undefined ? role : `${iam.path.slice(1)}${role}`;
}
