import type { NamesSettings } from "../../lib/naming/own-resources";
/** A role that forwards alarms, with the names of its inline policies. */
export interface ExpectedRole {
  readonly name: string;
  /** @default / */
  readonly path?: string | undefined;
  readonly policies: readonly string[];
}

/**
 * The target to which a rule forwards alarms: from an account to the alert hub, within the hub to the state machine, and
 * from there to a webhook.
 */
export interface ExpectedForwardingRule {
  readonly stack: string;
  readonly region: string;
  /** Name of the rule's event bus; `default` in the account of the alarms. */
  readonly bus: string;
  readonly rule: string;
  /** The rule's event pattern, as JSON. */
  readonly pattern: string;
  /** ARN of an event bus, of a state machine, or of an API destination; the last ends in `*` for its unknown id. */
  readonly target: string;
  /** The actions that EventBridge needs there with the role. */
  readonly action: string;
  readonly role: ExpectedRole;
  /** ARN of the queue for undeliverable events. */
  readonly queue: string;
}

/** The alert hub, in its own account. */
export interface ExpectedHub {
  /**
   * What the names of its resources derive from.
   *
   * @default - those of an installation without settings
   */
  readonly names?: NamesSettings | undefined;
  readonly stack: string;
  readonly region: string;
  /** Name of its event bus. */
  readonly bus: string;
  /** ARN of its state machine. */
  readonly machine: string;
  /** The machine's definition: its text between references to other resources. Empty if it is not known. */
  readonly definition: readonly string[];
  readonly role: ExpectedRole;
  /** ARNs of the topics that it publishes to. */
  readonly topics: readonly string[];
  /** The machine that finds an alarm's events; undefined for a hub of an earlier version. */
  readonly details: ExpectedDetails | undefined;
  /** The digest of notices; undefined: each notice is sent at once. */
  readonly digest?: ExpectedDigest | undefined;
  /** Resource names of its webhooks, each with its address. */
  readonly webhooks: readonly { readonly name: string; readonly url: string }[];
}

/** The schedule that starts the digest. */
export interface ExpectedDigest {
  readonly name: string;
  /** In UTC, such as `cron(0 7 * * ? *)`. */
  readonly expression: string;
  /** The ARN of a universal target. */
  readonly target: string;
  /** Parameters of the call, as JSON. */
  readonly input: string;
  readonly role: ExpectedRole;
}

/** The state machine that finds an alarm's events. */
export interface ExpectedDetails {
  readonly machine: string;
  /** As `ExpectedHub.definition`. */
  readonly definition: readonly string[];
  readonly role: ExpectedRole;
}

/** The role of an account with which the hub reads its events. */
export interface ExpectedDetailsRole {
  readonly stack: string;
  readonly role: ExpectedRole;
  /** Its trust policy, as JSON. */
  readonly trust: string;
  /** ARN of the only role that may assume it. */
  readonly caller: string;
  readonly region: string;
  /** Names of the log groups that it may read. */
  readonly logGroups: readonly string[];
}
