import type { AccountFeed } from "../../lib/naming/feeds";
import { writeOrganization } from "./generated-organization";

/** How the members of a generated organization differ from the default. */
interface AccountKind {
  /** Lines of each member's file. @default - the usual member */
  readonly member?: string;
  /** Further lines of `organization.yaml`. @default - none */
  readonly settings?: string;
  /** @default - a bucket of the log-archive account */
  readonly state?: string;
}

/** A new feed needs an entry. */
const BY_FEED: Readonly<Record<AccountFeed, AccountKind>> = {
  "event-bus": {},
  "account-trail": { member: "feed: account-trail\npacks: [cis, secrets]\n" },
};

const HUB = "alertHub: { account: log-archive }\n";
const GITHUB = "{ repository: acme/watch, ownerId: 1001, repositoryId: 2002 }";

/** Each way in which an account's monitoring is deployed, and what grows with the number of accounts elsewhere. */
const KINDS: Readonly<Record<string, AccountKind>> = {
  ...BY_FEED,
  "alert hub": { settings: HUB },
  "alert hub, own settings": { settings: HUB, member: "notifications: { alerts: { email: [NAME@example.com] } }\n" },
  "deployed by CI": {
    settings: `deploymentRole: trailwatch-deploy\ndeployment: { account: log-archive, github: ${GITHUB} }\n`,
  },
  "HCP Terraform": { state: "{ backend: cloud, organization: acme, manageWorkspaces: true }" },
  "without detections": { member: "packs: []\n" },
};

export const ACCOUNT_KINDS: readonly string[] = Object.keys(KINDS);

/** Writes an accounts folder whose members are all of one kind. */
export function writeOrganizationOf(kind: string, folder: string, accounts: number): void {
  const differences = KINDS[kind];
  if (differences === undefined) {
    throw new Error(`'--kinds' must be some of ${ACCOUNT_KINDS.join(", ")}, got '${kind}'`);
  }
  writeOrganization(folder, accounts, differences);
}
