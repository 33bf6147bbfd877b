import { shownValue } from "../lib/support/printable";
import { OrganizationError } from "../organization/validation/problem";
import type { Role } from "../organization/resolve/role-packs";
import { didYouMean } from "../lib/support/did-you-mean";
import type { AccountsFolder, ExistingAccount } from "./accounts-folder";
import { type AwsAccount, type AwsOrganization, isActive } from "./aws-organization";

/** The role of an account, by its id and the role that its file has, if any. */
export type RoleOf = (id: string, inFile: Role | undefined) => Role;

/**
 * Determines the roles: AWS knows the management account, the user chooses the log-archive account, and all others are
 * members.
 *
 * @param chosen id, name in AWS, or name in its file, of the log-archive account; needed once
 * @throws Error when no log-archive account is chosen, or when it differs from the one in the files
 */
export function rolesIn(folder: AccountsFolder, aws: AwsOrganization, chosen: string | undefined): RoleOf {
  // Files of accounts outside this organization, such as those of the shipped example, do not count as having a role.
  const ids = new Set(aws.accounts.map(({ id }) => id));
  const present = folder.accounts.filter(({ account }) => ids.has(account.id));
  const impostors = present.filter(
    ({ account }) => account.role === "management" && account.id !== aws.managementAccountId,
  );
  if (impostors.length > 0) {
    const rule = `be log-archive or member: AWS Organizations has ${aws.managementAccountId} as its management account`;
    throw new OrganizationError(impostors.map(({ source }) => source.problem(["role"], rule)));
  }

  const logArchiveId = logArchiveIn({ ...folder, accounts: present }, aws, chosen);
  return (id, inFile) => {
    if (id === aws.managementAccountId) return "management";
    return id === logArchiveId ? "log-archive" : (inFile ?? "member");
  };
}

function logArchiveIn(folder: AccountsFolder, aws: AwsOrganization, chosen: string | undefined): string {
  const holder = folder.accounts.find(({ account }) => account.role === "log-archive");
  const candidates = aws.accounts.filter((account) => isActive(account) && account.id !== aws.managementAccountId);
  if (chosen === undefined) {
    if (holder !== undefined) return holder.account.id;
    const likely = candidates.find(({ name }) => /log.*archive|log|audit/i.test(name));
    const example = likely ?? candidates[0];
    throw new Error(
      `'--log-archive' must name the account that holds the archive, got nothing, and no file in '${folder.path}' gives ` +
        `an account of the organization that role; give an id or a name${example === undefined ? "" : `, as --log-archive ${example.id} for '${example.name}'`}`,
    );
  }

  const id = idOf(chosen, candidates, folder.accounts);
  if (holder !== undefined && holder.account.id !== id) {
    throw new Error(
      `'--log-archive' must be the account that has the role already, ${holder.account.id} (at ${holder.source.path}), ` +
        `got '${shownValue(chosen)}'; the archive does not move by itself`,
    );
  }
  return id;
}

function idOf(chosen: string, candidates: readonly AwsAccount[], existing: readonly ExistingAccount[]): string {
  const inFile = existing.find(({ account }) => account.name === chosen)?.account.id;
  const found = candidates.filter(({ id, name }) => [id, name].includes(chosen) || id === inFile);
  const [only, second] = found;
  if (only !== undefined && second === undefined) return only.id;
  if (only !== undefined) {
    const ids = found.map(({ id }) => id).join(", ");
    throw new Error(
      `'--log-archive' must name one account, got '${shownValue(chosen)}', which ${ids} are called; give the id`,
    );
  }
  const hint = didYouMean(
    chosen,
    candidates.map(({ name }) => name),
  );
  throw new Error(
    `'--log-archive' must be the id or name of an active account other than the management account, got '${shownValue(chosen)}'` +
      (hint === undefined ? "" : `; ${hint}`),
  );
}
