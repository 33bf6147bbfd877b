import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFile } from "../../../lib/support/write-file";
import { variablesOfRuns } from "../api/variables";
import type { Tokens } from "../tokens";
import { ORGANIZATION_ID } from "../context";
import type { Signer } from "../identity/signer";
import { workloadIdentityClaims } from "../identity/workload-identity";
import type { Variable, WorkspaceRecord } from "../records";
import type { RunRecord } from "./run-record";
import { unguessableName, type Store } from "../store";
import { awsCredentials, type RunEnvironment } from "./dynamic-credentials";
import { inputVariables } from "./input-variables";

/** Where the files of a run are. */
export interface RunFiles {
  /** For its settings and tokens. */
  readonly folder: string;
  /** The file of its input variables, in the folder where Terraform runs. */
  readonly inputFile: string;
}

/** What the environment of runs is created from. */
export interface RunEnvironmentOptions {
  readonly url: string;
  readonly organization: string;
  readonly store: Store;
  readonly tokens: Tokens;
  readonly signer: Signer;
  /** What all runs have, such as `PATH`; no credentials. */
  readonly env: NodeJS.ProcessEnv;
  /** Settings of Terraform's CLI for all runs, such as a provider mirror. */
  readonly cliConfig: string;
}

/** Terraform's own names for the version of the agent; import blocks need 1.10. */
const AGENT_VERSION = "1.22.0";

/** Prepares the environment of each phase of a run. */
export class RunEnvironments {
  constructor(private readonly options: RunEnvironmentOptions) {}

  /**
   * Writes the run's input variables to a file, and returns the variables of its environment. `forget` makes the run's
   * token invalid, and removes the files that hold secrets.
   */
  public open(
    run: RunRecord,
    phase: "plan" | "apply",
    { folder, inputFile }: RunFiles,
  ): { env: NodeJS.ProcessEnv; forget: () => void } {
    const { tokens, store, url, cliConfig, organization, env } = this.options;
    const workspace = store.find("workspaces", run.workspaceId);
    if (workspace === undefined) throw new Error("the workspace of this run was deleted");
    const variables = variablesOfRuns({ store }, workspace.id);
    const ofCategory = (category: Variable["category"]) =>
      variables.filter((variable) => variable.category === category);
    const own: RunEnvironment = Object.fromEntries(ofCategory("env").map(({ key, value }) => [key, value]));
    const token = tokens.tokenOf(run.id);
    // A plan may be shown while it is applied.
    const use = unguessableName().slice(0, 8);
    const cliFile = join(folder, `${use}.tfrc`);
    mkdirSync(folder, { recursive: true });
    const host = new URL(url).host;
    writeFile(cliFile, `${cliConfig}\ncredentials "${host}" {\n  token = "${token}"\n}\n`, { mode: 0o600 });
    const inputs = [...ofCategory("terraform"), ...run.variables.map((variable) => ({ ...variable, hcl: true }))];
    writeFile(inputFile, inputVariables(inputs), { mode: 0o600 });
    const credentials = awsCredentials(own, phase, {
      file: join(folder, `${use}.token`),
      token: (audience) => this.identityToken(run, workspace, phase, audience),
    });
    return {
      env: {
        ...env,
        ...own,
        ...credentials,
        TF_CLI_CONFIG_FILE: cliFile,
        TF_IN_AUTOMATION: "1",
        // Terraform reads and writes state in the workspace, and runs here.
        TF_FORCE_LOCAL_BACKEND: "1",
        ...{ TFE_RUN_ID: run.id, TFC_RUN_ID: run.id, TFC_AGENT_VERSION: AGENT_VERSION },
        TFC_WORKSPACE_NAME: workspace.settings.name,
        TFC_WORKSPACE_SLUG: `${organization}/${workspace.settings.name}`,
      },
      forget: () => {
        tokens.forget(token);
        for (const file of [cliFile, inputFile, credentials.AWS_WEB_IDENTITY_TOKEN_FILE])
          if (file !== undefined) rmSync(file, { force: true });
      },
    };
  }

  private identityToken(
    run: RunRecord,
    workspace: WorkspaceRecord,
    phase: "plan" | "apply",
    audience: string | undefined,
  ): string {
    const { url, organization, store, signer } = this.options;
    const project = store.find("projects", workspace.projectId) ?? { id: "", name: "" };
    const identified = { url, organization: { id: ORGANIZATION_ID, name: organization }, project, workspace, run };
    return signer.token(workloadIdentityClaims({ ...identified, phase, audience, now: Date.now() }));
  }
}
