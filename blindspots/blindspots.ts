import { setImmediate } from "node:timers/promises";
import { globalRegionOf } from "../lib/aws/partitions";
import { textMapOf } from "../lib/terraform/read/arguments";
import { OMITTED_REGIONS } from "../lib/terraform/read/existing";
import type { Deployment, DeployedAccount } from "../signals";
import { ACCEPTED_RISKS, type AcceptedRisk } from "./accepted";
import { SERVICES, sourceOf, type WeakeningCall } from "./calls/call";
import { OTHER_TYPES, WEAKENING_CALLS } from "./calls/weakening-calls";
import { cutsOf, withoutPart, type Cut } from "./cuts";
import { Evaluation, type Notified } from "./notified";
import type { PathResource } from "./path-resource";
import { recordedCall } from "./record";

/** What a call that weakens a deployed resource leads to. */
export interface TriedCall {
  /** `<service>:<operation>`. */
  readonly call: string;
  /** Type of the resource, and its address; an account's own calls have its name there. */
  readonly type: string;
  readonly address: string;
  readonly stack: string;
  /** Name of the account in which the call is made. */
  readonly account: string;
  readonly region: string;
  readonly effect: string;
  readonly source: string;
  /** Alarms that notify after the effect. Empty: the call is silent. */
  readonly notified: readonly Notified[];
  /** Why its silence is accepted. */
  readonly accepted: string | undefined;
}

export interface Blindspots {
  readonly calls: readonly TriedCall[];
  /** Types of deployed resources whose calls are not known. */
  readonly unknownTypes: readonly string[];
  /** Why nothing is deployed in a region, by region: no rule sees the calls there. */
  readonly omittedRegions: Readonly<Record<string, string>>;
}

/** Resources that are tried before other work of the process has its turn. */
const RESOURCES_A_TURN = 200;

/**
 * Tries every call that weakens a deployed resource: its effect comes first, because changes hold at once and their
 * event arrives seconds to minutes later. Then the record of the call is evaluated with what is left.
 *
 * @param onProgress gets the number of resources whose calls were tried, of how many
 */
export async function findBlindspots(
  deployment: Deployment,
  resources: readonly PathResource[],
  onProgress: (tried: number, all: number) => void = () => undefined,
): Promise<Blindspots> {
  const omittedRegions = omittedIn(resources);
  const trial = new Trial(deployment, omittedRegions);
  const all = [...resources, ...deployment.accounts.flatMap((account) => accountResources(account, resources))];
  const calls: TriedCall[] = [];
  for (const [index, resource] of all.entries()) {
    calls.push(...trial.callsOn(resource));
    if (index % RESOURCES_A_TURN === 0) {
      onProgress(index, all.length);
      await setImmediate();
    }
  }
  const unknownTypes = [...new Set(resources.map(({ type }) => type))].filter(
    (type) => WEAKENING_CALLS[type] === undefined && OTHER_TYPES[type] === undefined,
  );
  return { calls, unknownTypes: unknownTypes.sort(), omittedRegions };
}

class Trial {
  private readonly evaluation: Evaluation;
  /** For each account, the part of the deployment that can see its events. */
  private readonly seeing: ReadonlyMap<string, Deployment>;
  private readonly nameOf: ReadonlyMap<string, string>;

  constructor(
    private readonly deployment: Deployment,
    private readonly omittedRegions: Blindspots["omittedRegions"],
  ) {
    this.evaluation = new Evaluation(deployment);
    this.seeing = new Map(deployment.accounts.map(({ id }) => [id, this.evaluation.seeing(id)]));
    this.nameOf = new Map(deployment.accounts.map(({ id, name }) => [id, name]));
  }

  callsOn(resource: PathResource): TriedCall[] {
    return (WEAKENING_CALLS[resource.type] ?? []).map((call) => this.tried(call, resource));
  }

  private tried(call: WeakeningCall, resource: PathResource): TriedCall {
    const { type, address, stack, account } = resource;
    const { service, operation, effect, isDataEvent = false } = call;
    const region = regionOf(call, resource);
    const before = this.seeing.get(account) ?? this.deployment;
    const after = cutsFor(call, resource, before).reduce(withoutPart, before);
    const event = recordedCall({
      service,
      operation,
      parameters: call.parameters(resource),
      account,
      region,
      isDataEvent,
    });
    const name = `${service}:${operation}`;
    // No trail of this organization records the calls in an account that it does not watch.
    const notified = this.seeing.has(account) ? this.evaluation.notified(event, before, after) : [];
    return {
      call: name,
      type,
      address,
      stack,
      account: this.nameOf.get(account) ?? account,
      region,
      effect,
      source: sourceOf(call),
      notified,
      accepted: notified.length > 0 ? undefined : (acceptedRisk(name, type)?.reason ?? this.omission(region)),
    };
  }

  /** A call that nothing sees because its region is omitted. */
  private omission(region: string): string | undefined {
    const reason = this.omittedRegions[region];
    return reason === undefined ? undefined : `${region} is omitted, so that no rule and no witness sees it: ${reason}`;
  }
}

/** Silent calls that are not accepted. */
export function unaccepted({ calls }: Blindspots): readonly TriedCall[] {
  return calls.filter(({ notified, accepted }) => notified.length === 0 && accepted === undefined);
}

function omittedIn(resources: readonly PathResource[]): Blindspots["omittedRegions"] {
  const address = `${OMITTED_REGIONS.type}.${OMITTED_REGIONS.id}`;
  const notes = resources.filter((resource) => resource.address === address);
  return Object.assign({}, ...notes.map((note) => textMapOf(note.arguments, "input") ?? {})) as Record<string, string>;
}

function regionOf({ service }: WeakeningCall, resource: PathResource): string {
  const { region } = SERVICES[service] as { readonly region?: string };
  return region ?? globalRegionOf(service, resource.region) ?? resource.region;
}

function cutsFor(call: WeakeningCall, resource: PathResource, { accounts }: Deployment): readonly Cut[] {
  if (call.cuts === false) return [];
  if (call.cuts === "all alarms") return [{ part: "all alarms", account: resource.account }];
  if (resource.type !== "account") return cutsOf(resource);
  const { account: id } = resource;
  const own = accounts.find((account) => account.id === id);
  // Events of the default event bus pass rules; a trail writes to its log group without them.
  return call.service === "events"
    ? (own?.rules ?? []).map(({ name, region }) => ({ part: "rule", account: id, region, name }))
    : (own?.logGroups ?? []).map((name) => ({ part: "log group", account: id, name }));
}

/** The account itself, and the organization where the account has its trail. */
function accountResources(account: DeployedAccount, resources: readonly PathResource[]): PathResource[] {
  const own = resources.find((resource) => resource.account === account.id && resource.type.endsWith("_alarm"));
  if (own === undefined) return [];
  const types = account.trails.some(({ isOrganizationTrail }) => isOrganizationTrail)
    ? ["account", "organization"]
    : ["account"];
  return types.map((type) => ({ ...own, type, address: account.name, users: [], arguments: {}, tags: {} }));
}

function acceptedRisk(call: string, type: string): AcceptedRisk | undefined {
  return ACCEPTED_RISKS.find((risk) => risk.call === call && risk.type === type);
}
