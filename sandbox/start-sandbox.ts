import { join } from "node:path";
import { monitoringStackId } from "../lib/naming/stack-ids";
import { didYouMean } from "../lib/support/did-you-mean";
import { failureText } from "../lib/support/failure";
import { shownValue } from "../lib/support/printable";
import { loadOrganization } from "../organization/load";
import type { Organization } from "../organization/organization";
import { ownStateOf } from "../organization/resolve/state";
import { copyAccounts } from "./accounts-copy";
import { DeploymentCalls } from "./deployment-calls";
import { createOrganization } from "./aws-organization";
import { openCloud } from "./cloud/cloud";
import { MANAGEMENT_CREDENTIALS, sandboxEnvironment, withoutOwnSettings } from "./environment";
import { checkLandingZone, createLandingZone, landingZoneNamed, NO_LANDING_ZONE } from "./landing-zones";
import { openProxy } from "./proxy/proxy";
import type { Exchange } from "./proxy/call";
import { allShims } from "./proxy/shims";
import { mailboxPage } from "./mailbox/mailbox-pages";
import { startMoto } from "./moto";
import { Recorder } from "./recorder/recorder";
import { Sandbox } from "./sandbox";
import { sharedState } from "./shared-state";
import { type SandboxClock, machineClock } from "./signal-path/clock";
import { localSignalPath } from "./signal-path/local-signal-path";
import type { SignalPath } from "./signal-path/signal-path";
import { StateBucketWatch } from "./state-bucket-watch";
import { terraformEnvironment } from "./terraform-environment";
import { prepareWorkFolder, releaseWorkFolder } from "./work-folder";

/** Options of a sandbox. */
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
   * The factor by which AWS's delays are divided.
   *
   * @default 60
   */
  readonly speed?: number;
  /**
   * Whether http and https subscribers outside this machine get messages.
   *
   * @default false
   */
  readonly deliverOutside?: boolean;
  /**
   * Id of the landing zone that the organization begins with.
   *
   * @default none
   */
  readonly landingZone?: string;
  /**
   * Whether state and runs are in a stand-in for HCP Terraform.
   *
   * @default false
   */
  readonly cloud?: boolean;
  /**
   * Name of the only account that is watched: the others have no detections, and only its stack and those that it depends
   * on are synthesized.
   *
   * @default - all are watched
   */
  readonly account?: string;
  /** @default - the time of this machine */
  readonly clock?: SandboxClock;
  /**
   * Called for each AWS call after it is answered.
   *
   * @default - not called
   */
  readonly onCall?: (exchange: Exchange) => void;
  /**
   * Receives a line for people at each step of the start, and for internal errors later.
   *
   * @default - not called
   */
  readonly report?: (message: string) => void;
}

function checkAccountName(name: string, { accounts }: Organization): void {
  const names = accounts.map((account) => account.name);
  if (names.includes(name)) return;
  const hint = didYouMean(name, names) ?? `there are ${names.slice(0, MOST_NAMES).join(", ")}`;
  throw new Error(`'--account' must name an account of the organization, got '${shownValue(name)}'; ${hint}`);
}

/** As many as fit on a line. */
const MOST_NAMES = 6;

/** Starts a local AWS behind the proxy and creates the described organization in it. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { env, port, onCall, speed, deliverOutside = false, clock = machineClock, report = () => undefined } = options;
  const described = loadOrganization(options.accountsFolder);
  const zone = landingZoneNamed(options.landingZone ?? NO_LANDING_ZONE);
  checkLandingZone(zone, described);
  const { account: only } = options;
  if (only !== undefined) checkAccountName(only, described);
  const workFolder = prepareWorkFolder(options.workFolder, options.accountsFolder);
  const accountsFolder = join(workFolder, "accounts");
  const shared = sharedState(() => clock.now());
  const recorder = new Recorder();
  const deploymentCalls = new DeploymentCalls();
  const stateBucket = new StateBucketWatch(
    only === undefined && options.cloud !== true ? ownStateOf(described.state)?.bucket : undefined,
  );
  let signalPath: SignalPath | undefined;
  // If a later step fails, what was started already is ended, the latest first.
  const started: (() => void | Promise<void>)[] = [
    () => {
      releaseWorkFolder(workFolder);
    },
  ];
  try {
    report("starting moto");
    const command = env.TRAILWATCH_MOTO_SERVER ?? "moto_server";
    const moto = await startMoto({ command, workFolder, env: withoutOwnSettings(env) });
    started.unshift(moto.stop);

    const proxy = await openProxy({
      upstream: moto.send,
      shims: allShims(shared, async (...message) => signalPath?.publish(...message)),
      lastWords: moto.lastWords,
      now: () => clock.now(),
      page: (request) => mailboxPage(request, shared.mailbox, async (arn) => signalPath?.unsubscribe(arn)),
      // Each record is evaluated against what was deployed before its call, so read that before the call changes it.
      beforeChange: async (_call, request) => {
        if (!deploymentCalls.has(request)) await signalPath?.caughtUp();
      },
      onCall: (exchange) => {
        onCall?.(exchange);
        stateBucket.see(exchange);
        for (const record of recorder.record(exchange)) {
          if (signalPath === undefined || deploymentCalls.has(exchange.request)) shared.eventHistory.add(record);
          else signalPath.accept(record);
        }
      },
      onBug: (error) => {
        report(`internal error in an AWS call: ${failureText(error)}`);
      },
      port,
    });
    started.unshift(proxy.stop);
    shared.mailbox.linkTo(proxy.endpoint);

    const { endpoint } = proxy;
    report(`creating the organization at ${endpoint}`);
    const region = described.homeRegion;
    const aws = { endpoint, region, credentials: MANAGEMENT_CREDENTIALS };
    const newIds = await createOrganization(described, aws);
    if (zone !== undefined) report(`creating the landing zone: ${zone.title}`);
    const settings = zone && (await createLandingZone(zone, { described, newIds, aws, mailbox: shared.mailbox }));
    const terraform = terraformEnvironment(workFolder, env);
    const own = sandboxEnvironment({ env, endpoint, region, accountsFolder, workFolder });
    const cloud =
      options.cloud === true ? await openCloud(described, { workFolder, env: own, terraform, report }) : undefined;
    if (cloud !== undefined) started.unshift(cloud.stop);
    copyAccounts(options.accountsFolder, accountsFolder, newIds, { zone: settings, cloud: cloud?.settings, only });
    signalPath = localSignalPath(loadOrganization(accountsFolder), {
      socketPath: moto.socketPath,
      credentials: MANAGEMENT_CREDENTIALS,
      shared,
      deliverOutside,
      speed,
      clock,
      onError: (error) => {
        report(`internal error in the signal path: ${failureText(error)}`);
      },
    });

    const parts = {
      moto,
      proxy,
      shared,
      stateBucketMade: stateBucket.made,
      deploymentCalls,
      clock,
      signalPath,
      cloud,
      accountsFolder,
      workFolder,
      stacks: only === undefined ? undefined : [monitoringStackId(only)],
    };
    return new Sandbox({ ...parts, env: { ...own, ...terraform.variables, ...cloud?.variables } });
  } catch (error) {
    for (const stop of started) await stop();
    throw error;
  }
}
