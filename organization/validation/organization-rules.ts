import { PLAIN_NAMES } from "../../lib/naming/own-resources";
import { accessLogBucketOf, queryResultsBucketOf } from "../../lib/naming/archive-buckets";
import { roleNameOf } from "../../lib/naming/role-names";
import { endpointsOf } from "../../lib/naming/subscriber-kinds";
import type { Checked } from "./check";
import { dataEventProblems } from "./data-event-rules";
import { existingProblems } from "./existing-rules";
import { keyProblems } from "./key-rules";
import { deploymentProblems } from "./deployment-rules";
import { namesProblems } from "./names-rules";
import { partitionProblems } from "./partition-rules";
import type { Problem } from "./problem";
import { regionProblems } from "./region-rules";
import { repeatedSubscribers, repeatedSubscribersOfTopics, repeats } from "./repeats";
import { IS_HELD_BY_ONE, ROLES_HELD_BY_ONE } from "../resolve/role-packs";
import { queryFamilyOf } from "../resolve/archive";
import { ownDeploymentRole } from "../resolve/account-choices";
import { topicProblems } from "./topic-rules";
import type { AccountFile, OrganizationFile } from "../schema/schema";
import { bucketStateOf, workspaceStateOf } from "../resolve/state";
import { didYouMean } from "../../lib/support/did-you-mean";
import type { Path } from "../yaml/yaml-file";

type Organization = Checked<OrganizationFile>;
type Accounts = readonly Checked<AccountFile>[];

/**
 * Problems of `organization.yaml` in itself and against the account files.
 *
 * Each rule evaluates only valid and known settings, so that one mistake is not reported as two.
 */
export function organizationProblems(organization: Organization, accounts: Accounts): Problem[] {
  return [
    ...accountSetProblems(organization, accounts),
    ...stateProblems(organization, accounts),
    ...deploymentProblems(organization, accounts),
    ...alertHubProblems(organization, accounts),
    ...archiveProblems(organization, accounts),
    ...logFileProblems(organization),
    ...regionProblems(organization),
    ...partitionProblems(organization, accounts),
    ...namesProblems(organization),
    ...listProblems(organization),
    ...dataEventProblems(organization),
    ...existingProblems(organization, accounts),
    ...keyProblems(organization),
    ...topicProblems(organization, organization.valid),
  ];
}

function accountSetProblems({ file }: Organization, accounts: Accounts): Problem[] {
  if (accounts.length === 0) return [file.problem(["accounts"], `hold one file per account beside '${file.path}'`)];

  const missingRoles = ROLES_HELD_BY_ONE.filter((role) =>
    // A file whose role is unknown may be the missing one.
    accounts.every(({ valid }) => valid.role !== undefined && valid.role !== role),
  );
  return [
    ...missingRoles.map((role) => file.problem(["accounts"], `hold exactly one account with role '${role}'`)),
    ...clashes(accounts, "id", "be unique"),
    ...clashes(accounts, "name", "be unique"),
    ...clashes(
      accounts.filter(({ valid }) => valid.role !== undefined && IS_HELD_BY_ONE[valid.role]),
      "role",
      "be held by exactly one account",
    ),
  ];
}

function clashes(accounts: Accounts, key: "id" | "name" | "role", rule: string): Problem[] {
  const holders = new Map<string, string>();
  return accounts.flatMap(({ file, valid }) => {
    const value = valid[key];
    const holder = value === undefined ? undefined : holders.get(value);
    if (holder !== undefined) return [file.problem([key], rule, { hint: `also in ${holder}` })];
    if (value !== undefined) holders.set(value, file.path);
    return [];
  });
}

function stateProblems({ file, valid }: Organization, accounts: Accounts): Problem[] {
  const { archive } = valid;
  const workspaces = workspaceStateOf(valid.state);
  if (workspaces?.vcs !== undefined && workspaces.executionMode === "local") {
    return [
      file.problem(
        ["state", "executionMode"],
        "be remote with state.vcs: commits start runs on HCP Terraform's machines",
      ),
    ];
  }
  const state = bucketStateOf(valid.state);
  if (state === undefined) return [];

  const problems: Problem[] = [];
  const bucket = state.existing?.bucket ?? state.bucket;
  const path: Path = state.existing === undefined ? ["state", "bucket"] : ["state", "existing", "bucket"];
  const owner = accounts.find((account) => account.valid.name === state.account);
  problems.push(...unknownAccount(file, ["state", "account"], state.account, accounts));
  const logArchive = accounts.find((account) => account.valid.role === "log-archive")?.valid.id;
  const family = archive?.bucket ?? queryFamilyOf(valid.names ?? PLAIN_NAMES, logArchive ?? "", valid.homeRegion ?? "");
  if (archive?.existing?.bucket === bucket) {
    const rule = "be another bucket than archive.existing.bucket: the state needs rules of its own";
    problems.push(file.problem(path, rule));
  } else if (archive?.bucket === bucket) {
    problems.push(file.problem(path, "be another bucket than archive.bucket: the archive is locked, state changes"));
  } else if (
    archive !== undefined &&
    [accessLogBucketOf, queryResultsBucketOf].some((nameOf) => nameOf(family) === bucket)
  ) {
    problems.push(file.problem(path, "be another bucket than those that the stack log-archive creates"));
  }
  if (owner !== undefined && deploys(state.breakGlassRole, owner, valid)) {
    const rule = "be another role than the one that deploys: else every deployment may delete state";
    problems.push(file.problem(["state", "breakGlassRole"], rule));
  }
  return problems;
}

/** Whether deployments to an account use a role. */
function deploys(role: string | undefined, { valid }: Accounts[number], organization: Organization["valid"]): boolean {
  const { accountRules = [], deploymentRole } = organization;
  const organizationRole = valid.role === "management" ? undefined : deploymentRole;
  // No rule matches the management account, and so none an account whose role is wrong.
  const { role: accountRole = "management", accountTags = {}, ...placed } = valid;
  const own = ownDeploymentRole({ ...placed, role: accountRole, accountTags }, { accountRules });
  const deploying = own ?? organizationRole;
  // IAM's names are unique, whatever their path.
  return role !== undefined && deploying !== undefined && roleNameOf(role) === roleNameOf(deploying);
}

function alertHubProblems({ file, valid }: Organization, accounts: Accounts): Problem[] {
  const { alertHub } = valid;
  if (alertHub === undefined) return [];
  const names = alertHub.webhooks.map(({ name }) => name);
  return [
    ...unknownAccount(file, ["alertHub", "account"], alertHub.account, accounts),
    ...names.flatMap((name, index) =>
      names.indexOf(name) === index ? [] : [file.problem(["alertHub", "webhooks", index, "name"], "be unique")],
    ),
  ];
}

function unknownAccount(file: Organization["file"], path: Path, name: string, accounts: Accounts): Problem[] {
  const names = accounts.flatMap((account) => account.valid.name ?? []);
  // The account may be one whose name is wrong.
  if (names.includes(name) || names.length < accounts.length || names.length === 0) return [];
  return [file.problem(path, "be the name of an account of the organization", { hint: didYouMean(name, names) })];
}

function archiveProblems(organization: Organization, accounts: Accounts): Problem[] {
  const { file, valid } = organization;
  const owner = accounts.find((account) => account.valid.role === "log-archive");
  const rule = "be another role than the one that deploys: else every deployment may delete the archive's objects";
  return [
    ...(owner !== undefined && deploys(valid.archive?.breakGlassRole, owner, valid)
      ? [file.problem(["archive", "breakGlassRole"], rule)]
      : []),
    ...storageProblems(organization),
  ];
}

function storageProblems({ file, valid }: Organization): Problem[] {
  if (valid.archive === undefined) return [];
  const { colderStorageAfterDays, objectLock } = valid.archive;
  if (colderStorageAfterDays < objectLock.retentionDays) return [];

  const rule = `be less than archive.objectLock.retentionDays, which is ${objectLock.retentionDays}: objects expire after it`;
  const problem = file.problem(["archive", "colderStorageAfterDays"], rule);
  const byDefault = {
    ...problem,
    value: String(colderStorageAfterDays),
    hint: "that is its default: give a smaller one",
  };
  return [problem.value === undefined ? byDefault : problem];
}

/** Subscribers beside 'enabled: false' are kept for later; otherwise they would wait for messages that never arrive. */
function logFileProblems({ file, valid }: Organization): Problem[] {
  const path = ["trail", "logFileNotifications"];
  const settings = valid.trail?.logFileNotifications;
  if (settings === undefined || settings.enabled || file.has([...path, "enabled"])) return [];
  if (endpointsOf(settings.subscribers).length === 0) return [];
  return [
    file.problem([...path, "enabled"], "be given with subscribers: it is false by default, and no message is sent"),
  ];
}

function listProblems({ file, valid }: Organization): Problem[] {
  return [
    ...repeats(file, ["archive", "readerRoleArns"], valid.archive?.readerRoleArns),
    ...repeats(file, ["trail", "insights"], valid.trail?.insights),
    ...repeatedSubscribersOfTopics(file, valid.notifications),
    ...repeatedSubscribers(
      file,
      ["trail", "logFileNotifications", "subscribers"],
      valid.trail?.logFileNotifications.subscribers,
    ),
  ];
}
