import type { z } from "zod";
import { withDefaults } from "../../organization/resolve/defaults";
import type { Organization } from "../../organization/organization";
import { accountFile, organizationFile } from "../../organization/schema/schema";

type OrganizationInput = z.input<typeof organizationFile>;
type AccountInput = z.input<typeof accountFile>;

/** What a test wants to be different; the accounts by name, those of new names with their id and role. */
export type OrganizationChanges = Partial<OrganizationInput> & {
  readonly accounts?: Readonly<Record<string, Partial<AccountInput>>>;
};

const ORGANIZATION: OrganizationInput = {
  id: "o-exampleorgid",
  homeRegion: "eu-west-1",
  archive: { bucket: "example-archive" },
  state: { backend: "s3", account: "log-archive", bucket: "example-state" },
  notifications: { alerts: { email: ["security@example.com"] } },
};

const ACCOUNTS: Readonly<Record<string, Partial<AccountInput>>> = {
  management: { id: "111111111111", role: "management" },
  "log-archive": { id: "222222222222", role: "log-archive" },
  workloads: { id: "333333333333", role: "member", secrets: { create: [{ name: "MyProjectSecrets" }] } },
};

/**
 * An organization of three accounts (111111111111 management, 222222222222 log-archive, 333333333333 workloads) with
 * only what is required, and one secret in workloads; parsed by the real schemas, so that every default is the real one.
 */
export function testOrganization(changes: OrganizationChanges = {}): Organization {
  const { accounts = {}, ...rest } = changes;
  const names = [...new Set([...Object.keys(ACCOUNTS), ...Object.keys(accounts)])].sort();
  return withDefaults(
    organizationFile.parse({ ...ORGANIZATION, ...rest }),
    names.map((name) => accountFile.parse({ name, ...ACCOUNTS[name], ...accounts[name] })),
  );
}
