import { expectedMessage } from "../lib/support/failure";
import { type FolderTexts, type LoadedOrganization, loadWithSources } from "../organization/load";
import { OrganizationError, compareText } from "../organization/validation/problem";
import { rolesIn, type RoleOf } from "./account-roles";
import { namesFor } from "./account-names";
import { type Managed, newAccountText, syncedText } from "./account-text";
import type { AccountsFolder, ExistingAccount } from "./accounts-folder";
import { type AwsAccount, type AwsOrganization, type GoneState, goneState, isActive } from "./aws-organization";

/** A file to write or to remove. */
export interface FileChange {
  readonly kind: "new" | "changed" | "removed";
  /** File name within the folder. */
  readonly file: string;
  readonly id: string;
  /** Name of the account in the file. */
  readonly name: string;
  /** Undefined for a new file. */
  readonly before: string | undefined;
  /** Undefined for a file to remove. */
  readonly after: string | undefined;
}

/** A file whose account is closed, or no longer in the organization. */
export interface Leftover {
  readonly file: string;
  readonly id: string;
  readonly name: string;
  readonly reason: GoneState;
}

/** The changes that make a folder match AWS Organizations. */
export interface Plan {
  readonly organization: AwsOrganization;
  /** Sorted by file. */
  readonly changes: readonly FileChange[];
  /** Files that already match. */
  readonly unchanged: number;
  /** Files to remove, or that `prune` would remove. */
  readonly leftovers: readonly Leftover[];
  /** Accounts that get no file, because they cannot be deployed to. */
  readonly inactive: readonly AwsAccount[];
  /** The folder after the sync; it is known to be valid. */
  readonly texts: FolderTexts;
  readonly planned: LoadedOrganization;
}

export interface SyncPlanOptions {
  /** Id or name of the log-archive account; needed when no file has that role. */
  readonly logArchive?: string | undefined;
  /** Remove leftovers. @default false */
  readonly prune?: boolean;
}

/** Keys of the tags that the rules use: no other tags are read. */
export function tagKeysOf({ organization }: Pick<AccountsFolder, "organization">): string[] {
  return [...new Set(organization.accountRules.flatMap(({ tag }) => tag?.key ?? []))].sort(compareText);
}

/**
 * Compares a folder with AWS Organizations. Writes nothing.
 *
 * @throws Error when they are of different organizations, or the result would be a folder that does not load
 */
export function planSync(folder: AccountsFolder, aws: AwsOrganization, options: SyncPlanOptions = {}): Plan {
  requireSameOrganization(folder, aws);
  const roleOf = rolesIn(folder, aws, options.logArchive);
  const accountOf = new Map(aws.accounts.map((account) => [account.id, account]));

  const leftovers: Leftover[] = [];
  const changes: FileChange[] = [];
  for (const existing of folder.accounts) {
    const { file, text, account } = existing;
    const { id, name } = account;
    const known = accountOf.get(id);
    const reason = goneState(known);
    if (reason !== undefined) {
      leftovers.push({ file, id, name, reason });
      if (options.prune) changes.push({ kind: "removed", file, id, name, before: text, after: undefined });
      continue;
    }
    // An account that is still being created has no place to read yet.
    if (known === undefined || !isActive(known)) continue;
    const after = textOf(existing, managedOf(known, account.role, roleOf));
    if (after !== text) changes.push({ kind: "changed", file, id, name, before: text, after });
  }

  const [fresh, inactive] = withoutFile(folder, aws);
  const unchanged = folder.accounts.length - leftovers.length - changes.filter(({ kind }) => kind === "changed").length;
  changes.push(...newFiles(fresh, folder, roleOf));

  const texts = new Map(folder.texts);
  for (const { file, after } of changes) {
    if (after === undefined) texts.delete(file);
    else texts.set(file, after);
  }
  return {
    organization: aws,
    changes: changes.sort((a, b) => compareText(a.file, b.file)),
    unchanged,
    leftovers,
    inactive,
    texts,
    planned: load(folder, texts, options.prune ? [] : leftovers),
  };
}

function load({ path }: AccountsFolder, texts: FolderTexts, kept: readonly Leftover[]): LoadedOrganization {
  try {
    return loadWithSources(path, texts);
  } catch (error) {
    const [first, ...others] = kept;
    if (!(error instanceof OrganizationError) || first === undefined) throw error;
    const files = others.length === 0 ? `${first.file} is` : `${first.file} and ${others.length} more are`;
    const hint = `${files} of accounts that are closed or not in the organization: --prune removes them`;
    throw new Error(`${error.message}\n${hint}`, { cause: error });
  }
}

function requireSameOrganization({ organization, organizationSource }: AccountsFolder, aws: AwsOrganization): void {
  if (organization.id === aws.id) return;
  const hint = "use credentials of that organization, or another folder: TRAILWATCH_ACCOUNTS names it";
  const rule = `be the organization that the AWS credentials belong to, ${aws.id}`;
  throw new OrganizationError([organizationSource.problem(["id"], rule, { hint })]);
}

function withoutFile({ accounts }: AccountsFolder, aws: AwsOrganization): [AwsAccount[], AwsAccount[]] {
  const ids = new Set(accounts.map(({ account }) => account.id));
  const missing = aws.accounts.filter(({ id }) => !ids.has(id));
  return [missing.filter(isActive), missing.filter((account) => !isActive(account))];
}

function newFiles(fresh: readonly AwsAccount[], { accounts, texts }: AccountsFolder, roleOf: RoleOf): FileChange[] {
  const taken = [
    ...accounts.map(({ account }) => account.name),
    ...[...texts.keys()].map((file) => file.replace(/\.ya?ml$/, "")),
  ];
  const names = namesFor(fresh, taken);
  return fresh.map((account) => {
    const { id } = account;
    const name = names.get(id) ?? id;
    const after = newAccountText(name, id, account.name, managedOf(account, undefined, roleOf));
    return { kind: "new", file: `${name}.yaml`, id, name, before: undefined, after };
  });
}

function managedOf(account: AwsAccount, present: Managed["role"] | undefined, roleOf: RoleOf): Managed {
  const { id, organizationalUnit, tags } = account;
  return { role: roleOf(id, present), organizationalUnit, accountTags: { ...tags } };
}

function textOf({ text, account, source }: ExistingAccount, managed: Managed): string {
  try {
    return syncedText(text, account, managed);
  } catch (error) {
    throw new Error(`${expectedMessage(error)} (at ${source.path})`, { cause: error });
  }
}
