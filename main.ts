import { lockFolder } from "./lib/support/folder-lock";
import { makeFolder } from "./lib/support/make-folder";
import { writeAccountsFile } from "./lib/terraform/accounts-file";
import { guardOutput } from "./lib/support/standard-output";
import { printError, printLines } from "./lib/support/print";
import type { App } from "cdktf";
import { appFor } from "./modules/escape-hatches";
import { writeTextAsText } from "./modules/user-text";
import { failureText } from "./lib/support/failure";
import { FEEDS } from "./lib/naming/feeds";
import { withAccessOf } from "./organization/resolve/access";
import { ignoredFilesWarning } from "./organization/yaml/ignored-files";
import { dataEventCostNotes } from "./organization/data-event-notes";
import { hasDataAlarms } from "./organization/data-events";
import { omittedRegionText, omittedRegionsOf } from "./organization/resolve/omitted-regions";
import { loadWithSources, type LoadedOrganization } from "./organization/load";
import type { Account, Organization } from "./organization/organization";
import { keyChoiceOf } from "./organization/resolve/keys";
import { organizationWarnings } from "./organization/validation/warnings";
import { AccountMonitoringStack } from "./stacks/account-monitoring-stack";
import { AlertHubStack } from "./stacks/alert-hub-stack";
import { createDeploymentRoles } from "./stacks/deployment-roles-stack";
import { makeSynthesisFaster } from "./stacks/synthesis/faster-synthesis";
import { isPlainSynthesis } from "./stacks/synthesis/plain-synthesis";
import { withPlaces } from "./stacks/limit-problems";
import { LogArchiveStack } from "./stacks/log-archive-stack";
import { OrganizationTrailStack } from "./stacks/organization-trail-stack";
import { stackSelection } from "./stacks/selection";
import { deleteOtherStacks, synthesizeSlices } from "./stacks/synthesis/slices";
import { accountsWith, stackPlanOf, stackIds, type PlannedAccountStack } from "./stacks/stack-plan";
import { StateBackendStack } from "./stacks/state-backend-stack";
import { WorkspacesStack } from "./stacks/workspaces-stack";

/**
 * Builds the construct tree: which stacks, for which accounts. Tests call it, the CLI runs it.
 *
 * @param accounts whose own stacks to build; the few others are always built. @default - all
 * @param hasWorkspaces whether to build the stack of workspaces, which has a workspace of every stack of the
 * organization, and on which no stack depends
 */
export function buildApp(
  organization: Organization,
  app = appFor(),
  accounts: readonly Account[] = organization.accounts,
  hasWorkspaces = true,
): App {
  writeTextAsText();
  makeSynthesisFaster();
  const plan = stackPlanOf(organization);
  const ofAccounts = (stacks: readonly PlannedAccountStack[]) =>
    stacks.filter(({ account }) => accounts.includes(account));

  const { stateBackend, deploymentRoles, alertHub, workspaces } = plan;
  if (stateBackend !== undefined) new StateBackendStack(app, stateBackend.id, { organization, ...stateBackend });

  if (deploymentRoles !== undefined) {
    createDeploymentRoles(app, organization, { ...deploymentRoles, others: ofAccounts(deploymentRoles.others) });
  }

  const archive =
    plan.logArchive === undefined ? undefined : new LogArchiveStack(app, plan.logArchive.id, { organization });
  const archiveKeyArn = archive?.archiveKeyArn;
  const trail = new OrganizationTrailStack(app, plan.organizationTrail.id, { organization, archiveKeyArn });
  // Whose stacks do not read its state for a key that it creates must still find its bucket.
  const archiveWithoutKey = keyChoiceOf(organization, "archive") === "customer-key" ? undefined : archive;
  if (archiveWithoutKey !== undefined) trail.addDependency(archiveWithoutKey);

  const hub = alertHub && new AlertHubStack(app, alertHub.id, { organization, ...alertHub });

  const hasDataEventsGroup = ({ role }: Account) => role === "management" && hasDataAlarms(organization);
  for (const { id, account } of ofAccounts(plan.monitoring)) {
    const stack = new AccountMonitoringStack(app, id, { organization, account, archiveKeyArn });
    if (archiveWithoutKey !== undefined && FEEDS[account.feed].trail === "account")
      stack.addDependency(archiveWithoutKey);
    // Its metric filters go on a trail's log group.
    if (FEEDS[account.feed].trail === "organization" || hasDataEventsGroup(account)) stack.addDependency(trail);
    // Alarms that go off before the hub exists notify no one.
    if (hub !== undefined) stack.addDependency(hub);
  }

  if (workspaces !== undefined && hasWorkspaces) {
    const { id, state } = workspaces;
    // Of all stacks, whichever are built here: a workspace that is left out would be deleted.
    new WorkspacesStack(app, id, { organization, state, stackIds: stackIds(organization).filter((one) => one !== id) });
  }
  return app;
}

/** How many accounts' stacks are in memory. The few other stacks are built again for each slice, at little cost. */
const ACCOUNTS_OF_A_SLICE = 25;

/**
 * Writes the JSON of an organization's stacks.
 *
 * @param outdir cdktf's output folder
 * @param selected ids or patterns of the stacks to write, besides what they depend on. @default - all
 * @returns ids of the stacks that were written
 */
export function synthesizeStacks(organization: Organization, outdir: string, selected?: string): string[] {
  const isWanted = selected === undefined ? () => true : stackSelection(selected, stackIds(organization));
  const accounts = accountsWith(organization, isWanted);
  const size = isPlainSynthesis() ? accounts.length : ACCOUNTS_OF_A_SLICE;
  const slices = Array.from({ length: Math.ceil(accounts.length / size) || 1 }, (_, index) => (app: App) => {
    // Workspaces are as many as stacks: with all of them in each slice, the time would grow with their square.
    buildApp(organization, app, accounts.slice(index * size, (index + 1) * size), index === 0);
  });
  return synthesizeSlices(slices, outdir, isWanted);
}

/**
 * Returns the ids of the stacks that were written. An exceeded AWS limit is reported with the settings that exceed it.
 */
function synthesisOf(loaded: LoadedOrganization, organization: Organization, outdir: string): string[] {
  try {
    return synthesizeStacks(organization, outdir, process.env.TRAILWATCH_STACKS);
  } catch (error) {
    // Only on failure: a valid configuration is not compiled twice.
    throw withPlaces(error, loaded);
  }
}

export { reportUncaught } from "./lib/support/failure";
export { synthCommand } from "./stacks/synthesis/command";

/** Synthesizes the folder in `TRAILWATCH_ACCOUNTS`, `accounts/` by default, to the one in `CDKTF_OUTDIR`. */
export function main(): void {
  guardOutput(() => false);
  let unlock: (() => void) | undefined;
  try {
    const folder = process.env.TRAILWATCH_ACCOUNTS ?? "accounts";
    for (const warning of ignoredFilesWarning(folder)) printError(warning);
    const loaded = loadWithSources(folder);
    // Today's date decides which warnings are printed, never what is synthesized.
    for (const warning of organizationWarnings(loaded, new Date().toISOString().slice(0, 10))) {
      printError(warning);
    }
    for (const note of dataEventCostNotes(loaded.organization)) printError(note);
    for (const line of omittedRegionsOf(loaded.organization).flatMap(omittedRegionText)) printError(line);
    const outdir = process.env.CDKTF_OUTDIR ?? "cdktf.out";
    const organization = withAccessOf(loaded.organization, process.env);
    makeFolder(outdir);
    unlock = lockFolder(outdir);
    const written = synthesisOf(loaded, organization, outdir);
    writeAccountsFile(outdir, organization.accounts);
    // cdktf, which sets this, deletes the folders itself, and fails when they are missing.
    if (process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS === undefined) deleteOtherStacks(outdir, written);
    printLines([`Wrote ${written.length} stacks to ${outdir}`]);
  } catch (error) {
    printError(failureText(error));
    process.exitCode = 1;
  } finally {
    unlock?.();
  }
}
