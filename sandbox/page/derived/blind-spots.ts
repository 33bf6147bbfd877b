import { WEAKENING_CALLS } from "../../../blindspots/calls/weakening-calls";
import type { Hop } from "../../../lib/naming/hops";
import { isRecord } from "../../../lib/support/is-record";
import type { CallHop } from "../../signal-path/hop-event";
import { hasChanged, recordText } from "../../signal-path/record-text";
import { isOfDeployment } from "./record-kind";
import type { Resource, ResourceKind } from "./resource";

/** A deployed resource that does not do what it was deployed for. */
export interface BlindSpot {
  readonly hop: Hop;
  readonly kind: ResourceKind;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  /** `stopped`, `disabled`, `deleted`, `changed` … */
  readonly problem: string;
  /** When the call was made, in milliseconds since 1970; without a known call, when the page noticed. */
  readonly since: number;
  /** Who made the call, and which: absent where the page has not seen it. */
  readonly by?: { readonly principal: string; readonly call: string; readonly eventId: string };
}

/** The problem of a resource that works, with other settings. */
const CHANGED = "changed";

/** Calls kept: a call is needed only until the resources are read again. */
const MOST_CALLS = 500;

/**
 * Compares what is deployed with what was deployed, and names the call that made the difference. The deployment's own
 * calls make no blind spot: what they change is deployed from then on.
 */
export class BlindSpots {
  private readonly intended = new Map<string, Resource>();
  private readonly found = new Map<string, BlindSpot>();
  private calls: CallHop[] = [];

  /** Remembers a call that may weaken a resource. Returns whether it may. */
  see(event: CallHop): boolean {
    if (!hasChanged(event.record) || !WEAKENING_NAMES.has(callName(event))) return false;
    this.calls = [...this.calls, event].slice(-MOST_CALLS);
    return true;
  }

  /** Takes what is deployed now; the first time, it is what was deployed. `now` is the sandbox's time. */
  update(resources: readonly Resource[], now: number): readonly BlindSpot[] {
    const present = new Map(resources.map((resource) => [keyOf(resource), resource]));
    for (const [key, resource] of present) if (!this.intended.has(key)) this.intended.set(key, resource);
    for (const [key, intended] of [...this.intended]) this.compare(key, intended, present.get(key), now);
    return [...this.found.values()].sort((one, other) => one.since - other.since);
  }

  private compare(key: string, intended: Resource, current: Resource | undefined, now: number): void {
    const problem = problemOf(intended, current);
    const known = this.found.get(key);
    if (problem === undefined) {
      this.found.delete(key);
      return;
    }
    if (known?.problem === problem && known.by !== undefined) return;
    const call = this.causeOf(intended, problem);
    if (call !== undefined && isOfDeployment(call.record)) {
      this.found.delete(key);
      if (current === undefined) this.intended.delete(key);
      else this.intended.set(key, current);
      return;
    }
    const { hop, kind, account, region, name } = intended;
    const by = call && {
      principal: principalOf(call.record),
      call: recordText(call.record, "eventName"),
      eventId: call.eventId,
    };
    this.found.set(key, { hop, kind, account, region, name, problem, since: call?.at ?? known?.since ?? now, by });
  }

  /** The latest call on the resource that may have caused the problem. */
  private causeOf(resource: Resource, problem: string): CallHop | undefined {
    return this.calls.findLast(
      (each) =>
        changes(each, resource) && (problem !== CHANGED || !TURNS_OFF.test(recordText(each.record, "eventName"))),
    );
  }
}

/** Calls that turn a resource off or delete it. They do not explain why one that works is different. */
const TURNS_OFF = /^(Delete|Disable|Stop)/;

/** Why a resource no longer does what it was deployed for; undefined: it does. */
function problemOf(intended: Resource, current: Resource | undefined): string | undefined {
  if (current === undefined) return "deleted";
  if (current.isOff && !intended.isOff) return current.state;
  return current.settings === intended.settings ? undefined : CHANGED;
}

/** `<service>:<event name>` of all calls that take a part out of the signal path, by the type that they change. */
const NAMES_BY_TYPE: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(WEAKENING_CALLS).map(([type, calls]) => [
    type,
    new Set(calls.filter(({ cuts }) => cuts !== false).map(({ service, operation }) => `${service}:${operation}`)),
  ]),
);
const WEAKENING_NAMES: ReadonlySet<string> = new Set([...NAMES_BY_TYPE.values()].flatMap((names) => [...names]));

function callName({ record }: CallHop): string {
  return `${recordText(record, "eventSource").replace(/\.amazonaws\.com$/, "")}:${recordText(record, "eventName")}`;
}

/** Whether a call changes the resource: its type is one that the call weakens, and its parameters name it. */
function changes(event: CallHop, { account, namedBy }: Resource): boolean {
  if (event.account !== account) return false;
  return Object.entries(namedBy).some(
    ([type, name]) =>
      NAMES_BY_TYPE.get(type)?.has(callName(event)) === true && names(event.record["requestParameters"], name),
  );
}

/** Whether a value contains the name, alone or at the end of an ARN. */
function names(value: unknown, name: string): boolean {
  if (typeof value === "string") return value === name || value.endsWith(`:${name}`) || value.endsWith(`/${name}`);
  if (Array.isArray(value)) return value.some((each) => names(each, name));
  return isRecord(value) && Object.values(value).some((each) => names(each, name));
}

/** The name of a session, user or service. */
function principalOf(record: CallHop["record"]): string {
  const identity = record["userIdentity"];
  if (!isRecord(identity)) return "an unknown caller";
  for (const field of ["arn", "invokedBy", "principalId"]) {
    const text = identity[field];
    if (typeof text === "string" && text !== "") return text.split(/[/:]/).at(-1) ?? text;
  }
  return "an unknown caller";
}

function keyOf({ kind, account, region, name, namedBy }: Resource): string {
  return [kind, account, region, name, namedBy["aws_cloudwatch_log_group"] ?? ""].join("\n");
}
