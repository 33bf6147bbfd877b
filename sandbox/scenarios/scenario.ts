import type { Organization } from "../../organization/organization";
import type { ScenarioContext } from "./context";
import type { ExpectedAlarm, TopicPlace } from "./expected-alarm";

/** A sequence of calls in the sandbox, and its expected result. */
export interface Scenario {
  /** As `--scenario` names it. */
  readonly id: string;
  /** One line for people: what happens. */
  readonly title: string;
  /** One sentence for people: the expected result. */
  readonly expectation: string;
  /** The alarms that go off, in this order. */
  readonly expects: (organization: Organization) => readonly ExpectedAlarm[];
  /**
   * Topics whose subscriptions are confirmed first, besides those that report the expected alarms.
   *
   * @default - none
   */
  readonly topics?: (organization: Organization) => readonly TopicPlace[];
  /**
   * Whether the subscriptions must be confirmed. Otherwise the scenario requires that they are not.
   *
   * @default true
   */
  readonly isMailed?: boolean;
  /**
   * Whether the stacks of the accounts of the expected alarms are enough, with the alert hub's.
   *
   * @default - it needs all stacks
   */
  readonly isInItsAccounts?: boolean;
  /** Names of the accounts that the scenario requires. */
  readonly accounts: readonly string[];
  /**
   * Rejects an organization that lacks something else that the scenario needs, with an error that names it.
   *
   * @default - the accounts are enough
   */
  readonly check?: (organization: Organization) => void;
  /**
   * The factor that AWS's delays are divided by, unless `--speed` is set.
   *
   * @default 60
   */
  readonly speed?: number;
  /**
   * Changes the copy of the accounts folder before anything is deployed. Such a scenario runs only in a sandbox that was
   * started for it.
   *
   * @default - it is deployed as it is
   */
  readonly prepare?: (accountsFolder: string) => void;
  /** Runs the scenario. It throws only for failures outside the scenario. */
  readonly run: (context: ScenarioContext) => Promise<ScenarioResult>;
}

/** How a scenario ended. */
export interface ScenarioResult {
  /** Whether it had the expected result. */
  readonly succeeded: boolean;
  /** The conclusions for the user, one line each. */
  readonly lines: readonly string[];
}
