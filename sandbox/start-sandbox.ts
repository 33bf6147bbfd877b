import { join } from "node:path";
import { loadOrganization } from "../organization/load";
import { copyAccounts } from "./accounts-copy";
import { createOrganization } from "./aws-organization";
import { MANAGEMENT_CREDENTIALS, sandboxEnvironment, withoutOwnSettings } from "./environment";
import { ConfirmedSubscriptions } from "./front-door/confirmed-subscriptions";
import { type Exchange, openFrontDoor } from "./front-door/front-door";
import { allRepairs } from "./front-door/repairs";
import { startMoto } from "./moto";
import { Sandbox } from "./sandbox";
import { terraformEnvironment } from "./terraform-environment";
import { prepareWorkFolder, releaseWorkFolder } from "./work-folder";

/** How a sandbox is set up. */
export interface SandboxOptions {
  /** Folder that describes the organization; it is copied, never written to. */
  readonly accountsFolder: string;
  /** Folder for everything that the sandbox writes. Emptied first. */
  readonly workFolder: string;
  /** The user's environment; `TRAILWATCH_MOTO_SERVER` names the `moto_server` program. */
  readonly env: NodeJS.ProcessEnv;
  /**
   * Port of the endpoint.
   *
   * @default - a free one
   */
  readonly port?: number;
  /**
   * Told of every AWS call once it is answered.
   *
   * @default - nobody is told
   */
  readonly onCall?: (exchange: Exchange) => void;
  /**
   * Takes a line for people at each step.
   *
   * @default - nobody is told
   */
  readonly report?: (message: string) => void;
}

/** Starts a local AWS behind the front door and creates the described organization in it. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { env, port, onCall, report = () => undefined } = options;
  const described = loadOrganization(options.accountsFolder);
  const workFolder = prepareWorkFolder(options.workFolder, options.accountsFolder);
  const accountsFolder = join(workFolder, "accounts");
  const subscriptions = new ConfirmedSubscriptions();
  // What was started already ends when a later step fails, the latest first.
  const started: (() => void | Promise<void>)[] = [
    () => {
      releaseWorkFolder(workFolder);
    },
  ];
  try {
    report("moto starts");
    const command = env.TRAILWATCH_MOTO_SERVER ?? "moto_server";
    const moto = await startMoto({ command, workFolder, env: withoutOwnSettings(env) });
    started.unshift(moto.stop);

    const frontDoor = await openFrontDoor({
      upstream: moto.url,
      repairs: allRepairs(subscriptions),
      lastWords: moto.lastWords,
      ...(port === undefined ? {} : { port }),
      ...(onCall === undefined ? {} : { onCall }),
    });
    started.unshift(frontDoor.stop);

    const { endpoint } = frontDoor;
    report(`the organization is created at ${endpoint}`);
    const region = described.homeRegion;
    const newIds = await createOrganization(described, { endpoint, region, credentials: MANAGEMENT_CREDENTIALS });
    copyAccounts(options.accountsFolder, accountsFolder, newIds);

    const terraform = terraformEnvironment(workFolder, env);
    const own = sandboxEnvironment({ env, endpoint, region, accountsFolder, workFolder });
    const parts = { moto, frontDoor, subscriptions, terraform, accountsFolder, workFolder };
    return new Sandbox({ ...parts, env: { ...own, ...terraform.variables } });
  } catch (error) {
    for (const stop of started) await stop();
    throw error;
  }
}
