import type { AccountState } from "@aws-sdk/client-organizations";

/** An account as AWS Organizations knows it. */
export interface AwsAccount {
  readonly id: string;
  /** As shown in the console: any ASCII text, not unique. */
  readonly name: string;
  readonly state: AccountState;
  /** Names of organizational units from below the root down, joined by '/'; undefined directly below the root. */
  readonly organizationalUnit: string | undefined;
  /** Tags with the requested keys. */
  readonly tags: Readonly<Record<string, string>>;
}

/** An organization as AWS Organizations knows it. */
export interface AwsOrganization {
  readonly id: string;
  readonly managementAccountId: string;
  /** Sorted by id. */
  readonly accounts: readonly AwsAccount[];
}

/** Why an account file no longer has an account. */
export type GoneState = "SUSPENDED" | "PENDING_CLOSURE" | "CLOSED" | "not in the organization";

/** Undefined for an account that exists, or is about to. */
export function goneState(account: Pick<AwsAccount, "state"> | undefined): GoneState | undefined {
  if (account === undefined) return "not in the organization";
  const { state } = account;
  return state === "ACTIVE" || state === "PENDING_ACTIVATION" ? undefined : state;
}

/** Whether the account can be deployed to: it is not closed, being closed or still being created. */
export function isActive({ state }: Pick<AwsAccount, "state">): boolean {
  return state === "ACTIVE";
}
