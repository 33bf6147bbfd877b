import { appFor } from "../../modules/escape-hatches";
import { ownNames } from "../../lib/naming/own-names";
import { writeFile } from "../../lib/support/write-file";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { STATE_BACKENDS } from "../../lib/naming/state-backends";
import { asAdministrator } from "../../organization/resolve/access";
import { ignoredFilesWarning } from "../../organization/yaml/ignored-files";
import { loadOrganization } from "../../organization/load";
import { ownStateOf, statePlaceOf } from "../../organization/resolve/state";
import { STATE_BACKEND_STACK } from "../../lib/naming/stack-ids";
import { StateBackendStack } from "../../stacks/state-backend-stack";
import { checkExistingBucket } from "./check-existing-bucket";
import { locateState } from "./state-location";
import { InstalledProviders } from "../../lib/terraform/run/installed-providers";
import { runTerraform } from "../../lib/terraform/run/run-terraform";

export interface BootstrapOptions {
  /** Folder that describes the organization. */
  readonly accountsFolder: string;
  /** Environment with AWS credentials that may assume the deployment role. */
  readonly env: NodeJS.ProcessEnv;
  /** Folder for the stack and its local state until the state is moved. Survives an interrupted run. */
  readonly workFolder: string;
  /** Apply without confirmation. */
  readonly autoApprove: boolean;
  /** Called with a progress line at each step. */
  readonly report: (message: string) => void;
}

/**
 * Creates the state bucket and moves the state of its own stack into it.
 *
 * The bucket's stack cannot keep its state in a bucket that does not exist yet: it is applied with local state, which
 * is then copied. It can be run again at any time: finished steps are skipped, interrupted ones are completed. A bucket
 * that exists (`state.existing`) is only checked.
 */
export async function bootstrapState(options: BootstrapOptions): Promise<void> {
  const { report, env } = options;
  for (const warning of ignoredFilesWarning(options.accountsFolder)) report(warning);
  // This runs before any other resource exists, including the deployment roles.
  const organization = asAdministrator(loadOrganization(options.accountsFolder));
  const place = statePlaceOf(organization);
  if (place?.existing !== undefined) {
    await checkExistingBucket({ organization, place, env, report });
    return;
  }
  const state = ownStateOf(organization.state);
  if (state === undefined) {
    const { backend } = organization.state;
    report(`State is kept by '${backend}', ${STATE_BACKENDS[backend].text}: there is no state bucket to create.`);
    return;
  }

  const outdir = join(options.workFolder, "cdktf.out");
  const folder = join(outdir, "stacks", STATE_BACKEND_STACK);
  const localState = join(options.workFolder, "terraform.tfstate");
  const backendOverride = join(folder, "backend_override.tf.json");
  const query = { organization, state, key: ownNames(organization.names).stateKey(STATE_BACKEND_STACK), env };
  const location = await locateState(query);
  if (location === "state") {
    rmSync(localState, { force: true });
    report(`State of '${STATE_BACKEND_STACK}' is in bucket '${state.bucket}' already: nothing to do.`);
    return;
  }
  if (location === "no state" && !existsSync(localState)) {
    throw new Error(
      `'state.bucket' must not exist before its first bootstrap, got '${state.bucket}', which holds no state of ` +
        `'${STATE_BACKEND_STACK}'. Choose another name, or import the bucket: docs/deploy.md, "State".`,
    );
  }

  mkdirSync(outdir, { recursive: true });
  const app = appFor(outdir);
  new StateBackendStack(app, STATE_BACKEND_STACK, { organization, state });
  app.synth();
  const run = { folder, env };
  const approve = options.autoApprove ? ["-auto-approve", "-input=false"] : [];

  report(`Creating bucket '${state.bucket}' in account '${state.account}', with local state ...`);
  // Terraform merges override files over cdk.tf.json, so the stack's own file stays as later deployments need it.
  writeFile(
    backendOverride,
    JSON.stringify({ terraform: { backend: { local: { path: join("..", "..", "..", "terraform.tfstate") } } } }),
  );
  await runTerraform(["init", "-input=false", "-reconfigure"], run);
  const installed = new InstalledProviders();
  installed.add(folder);
  await runTerraform(["apply", ...approve], { ...run, interactive: !options.autoApprove });

  report(`Moving the state of '${STATE_BACKEND_STACK}' into the bucket ...`);
  rmSync(backendOverride);
  const again = { folder, env: { ...installed.link(folder), ...env } };
  await runTerraform(["init", "-input=false", "-migrate-state", "-force-copy"], again);
  if ((await locateState(query)) !== "state") {
    throw new Error(
      `State of '${STATE_BACKEND_STACK}' did not arrive in bucket '${state.bucket}'; it is still in '${localState}'.`,
    );
  }
  rmSync(localState, { force: true });
  report(`State of '${STATE_BACKEND_STACK}' is in bucket '${state.bucket}'.`);
}
