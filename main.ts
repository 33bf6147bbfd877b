import { App } from "cdktf";
import { withAccessOf } from "./organization/access";
import { loadWithSources } from "./organization/load";
import type { Organization } from "./organization/organization";
import { subscriptionsOf } from "./organization/subscriptions";
import { organizationWarnings } from "./organization/warnings";
import { AccountMonitoringStack } from "./stacks/account-monitoring-stack";
import { leaveOutCreationStacks } from "./stacks/creation-stacks";
import { createDeploymentRoles } from "./stacks/deployment-roles-stack";
import { LogArchiveStack } from "./stacks/log-archive-stack";
import { OrganizationTrailStack } from "./stacks/organization-trail-stack";
import { StateBackendStack } from "./stacks/state-backend-stack";
import { WORKSPACES_STACK } from "./stacks/workspace";
import { WorkspacesStack } from "./stacks/workspaces-stack";

/** Builds the whole construct tree: which stacks, for which accounts. Tests call it, the CLI runs it. */
export function buildApp(organization: Organization, app = new App()): App {
  leaveOutCreationStacks();
  if (organization.state.backend === "s3") {
    new StateBackendStack(app, "state-backend", { organization, state: organization.state });
  }

  createDeploymentRoles(app, organization);

  const { archiveKeyArn } = new LogArchiveStack(app, "log-archive", { organization });
  const trail = new OrganizationTrailStack(app, "organization-trail", { organization, archiveKeyArn });

  // Secrets that were created stay, whatever is watched: leaving their stack out would orphan them.
  const monitored = organization.accounts.filter(
    (account) => account.secrets.create.length > 0 || subscriptionsOf(organization, account).length > 0,
  );
  for (const account of monitored) {
    const stack = new AccountMonitoringStack(app, `monitoring-${account.name}`, {
      organization,
      account,
      archiveKeyArn,
    });
    // Its metric filters go on a log group that is the trail's.
    if (account.feed === "organization-trail") stack.addDependency(trail);
  }

  const { state } = organization;
  if (state.backend === "cloud" && state.manageWorkspaces) {
    // Of all stacks of the organization: a workspace that is left out here would be deleted.
    const stackIds = app.node.children.map((stack) => stack.node.id);
    new WorkspacesStack(app, WORKSPACES_STACK, { organization, state, stackIds });
  }
  return app;
}

/** Synthesizes what the folder in `TRAILWATCH_ACCOUNTS` describes; `accounts/` unless given. */
function synthesize(): void {
  try {
    const loaded = loadWithSources(process.env.TRAILWATCH_ACCOUNTS ?? "accounts");
    // Today's date decides what people are told, never what is synthesized.
    for (const warning of organizationWarnings(loaded, new Date().toISOString().slice(0, 10))) {
      process.stderr.write(`${warning}\n`);
    }
    buildApp(withAccessOf(loaded.organization, process.env)).synth();
  } catch (error) {
    // Whatever stops a synthesis is about what the user wrote: the message says it, a stack trace would bury it.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

if (require.main === module) synthesize();
