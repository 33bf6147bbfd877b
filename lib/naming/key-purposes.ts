/**
 * What Trailwatch encrypts with KMS keys, each purpose with a key of its own in each account and stack that has it. The
 * key is the setting below `keys`. What an entry says about AWS's own keys is in docs/landing-zones.md.
 */
export const KEY_PURPOSES = {
  archive: "the archive, what trails deliver there, and results of queries",
  logs: "log groups",
  topics: "topics, and the alert hub's tables and connections",
  secrets: "secrets that Trailwatch creates",
  state: "Terraform state",
} as const satisfies Readonly<Record<string, string>>;

export type KeyPurpose = keyof typeof KEY_PURPOSES;

/** All purposes, in the order of the table. */
export const keyPurposes = Object.keys(KEY_PURPOSES) as readonly KeyPurpose[];

/** Whether Trailwatch creates keys, or leaves encryption to keys that AWS owns. */
export const ENCRYPTIONS = ["customer-key", "aws-owned"] as const;

export type Encryption = (typeof ENCRYPTIONS)[number];

/** The key of a purpose: a new one, one that exists, or none of the customer's. */
export type KeyChoice = Encryption | { readonly existing: string };
