import type { PolicyStatement } from "../../modules/policy-document";
import type { DeployedAccount } from "../../signals";
import type { ExpectedDetailsRole, ExpectedForwardingRule, ExpectedHub } from "./expected-hub";

/** The parts of an account's deployment that `DeployedAccount` does not have. */
export interface ExpectedAccount {
  readonly deployed: DeployedAccount;
  /** Region of alarms, filters and topics. */
  readonly homeRegion: string;
  readonly trails: readonly ExpectedTrail[];
  readonly logGroups: readonly ExpectedLogGroup[];
  readonly secrets: readonly ExpectedSecret[];
  readonly topics: readonly ExpectedTopic[];
  /**
   * KMS keys that existed before Trailwatch.
   *
   * @default - none
   */
  readonly existingKeys?: readonly ExpectedKey[];
  /**
   * The path of its alarms to the alert hub, and within it.
   *
   * @default - none
   */
  readonly forwardingRules?: readonly ExpectedForwardingRule[];
  /**
   * The role with which the alert hub reads the account's events.
   *
   * @default - no hub
   */
  readonly detailsRoles?: readonly ExpectedDetailsRole[];
  /**
   * The alert hub, if it is in this account.
   *
   * @default - it is in another account, or there is none
   */
  readonly hub?: ExpectedHub;
}

export interface ExpectedTrail {
  /**
   * Whether it existed before Trailwatch, which does not change it.
   *
   * @default false
   */
  readonly existing?: boolean;
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  /** The stack that creates it. */
  readonly stack: string;
  /** Name of its bucket; empty if it is not known, as of an existing trail beside an archive of Trailwatch's. */
  readonly bucket: string;
  readonly isOrganizationTrail: boolean;
  readonly isMultiRegion: boolean;
  readonly includesGlobalServices: boolean;
  readonly validatesLogFiles: boolean;
  /** Name of its log group; undefined: its events do not reach CloudWatch Logs. */
  readonly logGroup: string | undefined;
  /** Its advanced selectors, each in the format of `selectorText`. */
  readonly selectors: readonly string[];
}

export interface ExpectedLogGroup {
  /**
   * Whether it existed before Trailwatch, which changes neither its key nor its retention.
   *
   * @default false
   */
  readonly existing?: boolean;
  readonly name: string;
  readonly region: string;
  readonly stack: string;
  /** Undefined: events are kept forever. */
  readonly retentionDays: number | undefined;
  readonly hasKey: boolean;
}

/** A watched secret, by its full name. */
export interface ExpectedSecret {
  readonly name: string;
  readonly region: string;
  /** Whether Trailwatch creates it; others are watched by name, whether they exist or not. */
  readonly created: boolean;
}

export interface ExpectedTopic {
  /**
   * Whether it existed before Trailwatch, which changes neither its policy nor its key nor its subscriptions.
   *
   * @default false
   */
  readonly existing?: boolean;
  readonly arn: string;
  /** The stack that creates or notifies it. */
  readonly stack: string;
  /**
   * Whether Trailwatch creates its key. Otherwise an existing key encrypts messages, or none.
   *
   * @default true
   */
  readonly hasOwnKey?: boolean;
  /** Identifies its key: the same text for topics that share one. */
  readonly key: string;
  /** Whether chat channels show its messages. */
  readonly hasChat: boolean;
}

/** A KMS key that Trailwatch did not create, for one use. */
export interface ExpectedKey {
  readonly arn: string;
  /** What it encrypts. */
  readonly use: string;
  /** What its policy must allow besides its owner's administration. */
  readonly statements: readonly PolicyStatement[];
}
