import { mkdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { allRoutes } from "./api";
import { Tokens, userTokenIn } from "./tokens";
import { certificateIn } from "./certificate";
import { workspaceByName } from "./context";
import { Signer } from "./identity/signer";
import type { Assessment } from "./records";
import { type Push, receivePush } from "./push";
import { openServer, serveRoutes } from "./server";
import { Agent } from "./runs/agent";
import { assessDrift } from "./runs/assess";
import { RunEnvironments } from "./runs/run-environment";
import { RunQueue } from "./runs/run-queue";
import { readTerraform } from "./runs/terraform";
import { Store } from "./store";

/** Options of the stand-in. */
export interface HcpTerraformOptions {
  /** Folder of everything that it keeps. What is there from an earlier start is used. */
  readonly folder: string;
  /** Name of its only organization. */
  readonly organization: string;
  /** What the agent's runs have in their environment, such as `PATH`; no credentials. */
  readonly env: NodeJS.ProcessEnv;
  /**
   * Settings of Terraform's CLI for the agent's runs, such as a provider mirror.
   *
   * @default - none
   */
  readonly cliConfig?: string;
  /** @default - a free one */
  readonly port?: number;
  /**
   * How many runs plan or apply at once.
   *
   * @default 2
   */
  readonly concurrency?: number;
  /**
   * Receives a bug in our code that a request triggers.
   *
   * @default - only the client sees it
   */
  readonly onBug?: (error: unknown) => void;
}

/** A stand-in for HCP Terraform that runs. */
export interface HcpTerraform {
  /** As in a `cloud` block: `localhost:<port>`. */
  readonly hostname: string;
  readonly url: string;
  /** Token of its only user. */
  readonly token: string;
  /** File of the certificate that clients must trust. */
  readonly certificateFile: string;
  /** Reports commits to it, as a VCS provider does. Resolves with the names of the workspaces that got a run. */
  readonly push: (push: Push) => Promise<string[]>;
  /** Makes the health assessment of a workspace, which HCP Terraform makes about once a day. */
  readonly assess: (workspaceName: string) => Promise<Assessment>;
  readonly stop: () => Promise<void>;
}

/** Name of the project that every organization has. */
const DEFAULT_PROJECT = "Default Project";

/**
 * Starts a stand-in for HCP Terraform on this machine: the calls that Terraform and this project's workflows make, and
 * an agent that runs real Terraform.
 */
export async function startHcpTerraform(options: HcpTerraformOptions): Promise<HcpTerraform> {
  const { folder, organization, env, cliConfig = "", port = 0, concurrency = 2, onBug = () => undefined } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const certificate = certificateIn(folder);
  const store = new Store(folder);
  if (store.all("projects").length === 0) store.put("projects", { id: store.newId("projects"), name: DEFAULT_PROJECT });
  const terraform = await readTerraform(env.TERRAFORM_BINARY_NAME || "terraform", env);
  const token = userTokenIn(folder);
  const tokens = new Tokens(token, store);
  const signer = new Signer(folder);

  const server = await openServer(certificate, port);
  const hostname = `localhost:${(server.address() as AddressInfo).port}`;
  const url = `https://${hostname}`;
  const environments = new RunEnvironments({ url, organization, store, tokens, signer, env, cliConfig });
  const agent = new Agent(store, terraform, environments);
  const queue = new RunQueue(store, agent, concurrency);
  const context = { organization, url, store, tokens, signer, queue };
  serveRoutes(server, { routes: allRoutes(context), tokens, onBug });
  queue.advance();

  return {
    ...{ hostname, url, token, certificateFile: certificate.file },
    push: (push) => receivePush(push, store, queue),
    assess: (name) => assessDrift(context, agent, workspaceByName(context, name)),
    stop: async () => {
      await queue.stop();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
