import type { AccountState } from "@aws-sdk/client-organizations";

/** An account as AWS Organizations knows it. */
export interface AwsAccount {
  readonly id: string;
  /** As people see it in the console: any ASCII text, not unique. */
  readonly name: string;
  readonly state: AccountState;
  /** Names of organizational units from below the root down, joined by '/'; undefined directly below the root. */
  readonly organizationalUnit: string | undefined;
  /** Those of the asked keys that it has. */
  readonly tags: Readonly<Record<string, string>>;
}

/** An organization as AWS Organizations knows it. */
export interface AwsOrganization {
  readonly id: string;
  readonly managementAccountId: string;
  /** Sorted by id. */
  readonly accounts: readonly AwsAccount[];
}

/** Why an account's file has nothing to describe any more. */
export type GoneState = "SUSPENDED" | "PENDING_CLOSURE" | "CLOSED" | "not in the organization";

/** Undefined for an account that is there, or about to be. */
export function goneState(account: Pick<AwsAccount, "state"> | undefined): GoneState | undefined {
  if (account === undefined) return "not in the organization";
  const { state } = account;
  return state === "ACTIVE" || state === "PENDING_ACTIVATION" ? undefined : state;
}

/** Whether anything can be deployed to the account: neither closed, nor on its way there, nor still being set up. */
export function isActive({ state }: Pick<AwsAccount, "state">): boolean {
  return state === "ACTIVE";
}
