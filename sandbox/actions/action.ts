import type { ServiceClients } from "../../lib/aws/service-clients";
import type { Account, Organization } from "../../organization/organization";
import type { ExpectedAlarm } from "../scenarios/expected-alarm";

/** What an action is done to. */
export interface ActionTarget {
  readonly account: Account;
  readonly organization: Organization;
  /** How often an action that repeats is done. */
  readonly times: number;
}

/** Reverses an action, with clients of the same actor. */
export interface Undo {
  /** As its button says it. */
  readonly title: string;
  readonly run: (clients: ServiceClients) => Promise<unknown>;
}

/** Calls that a person can make in the sandbox with one button, as a named actor. */
export interface SandboxAction {
  readonly id: string;
  /** What its button says: what the actor does. */
  readonly title: string;
  /** The role that the actor assumes, and the name of the session. */
  readonly actor: { readonly role: string; readonly session: string };
  /** The call that the alarm reports. */
  readonly call: string;
  /** The account that it is done in, and the detection whose alarm goes off; undefined: this organization has none. */
  readonly expects: (organization: Organization) => ExpectedAlarm | undefined;
  /**
   * How often the call is made, unless the person chooses another number.
   *
   * @default - the call is made once
   */
  readonly times?: (organization: Organization) => number;
  /** Makes the calls. Resolves with what reverses them, if something can. */
  readonly run: (clients: ServiceClients, target: ActionTarget) => Promise<Undo | undefined>;
}

/** The most calls that a person can choose. */
export const MOST_TIMES = 50;
