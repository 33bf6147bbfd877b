import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { loadOrganization } from "../../organization/load";
import type { Organization } from "../../organization/organization";
import { OrganizationError } from "../../organization/validation/problem";

/** The smallest valid organization: every required setting and no other, except for one subscriber. */
export const ORGANIZATION = `id: o-exampleorgid
homeRegion: eu-west-1
archive: { bucket: example-archive }
state: { backend: local }
notifications: { alerts: { email: [security@example.com] } }
`;

/** An account with nothing but what is required. */
export const account = (name: string, id: string, role = "member"): string =>
  `name: ${name}\nid: "${id}"\nrole: ${role}\n`;

/** A member that each test may change; its first free line is 4. */
export const MEMBER = account("workloads", "333344445555");

type Files = Record<string, string | undefined>;

const files: Files = {
  "organization.yaml": ORGANIZATION,
  "management.yaml": account("management", "111122223333", "management"),
  "log-archive.yaml": account("log-archive", "222233334444", "log-archive"),
  "workloads.yaml": MEMBER,
};

const root = mkdtempSync(join(tmpdir(), "trailwatch-accounts-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** A folder of the files above, some of them changed, added or (undefined) left out. */
export function accountsFolder(changes: Files = {}): string {
  const folder = mkdtempSync(join(root, "accounts-"));
  for (const [name, text] of Object.entries({ ...files, ...changes })) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

export function load(changes: Files = {}): Organization {
  return loadOrganization(accountsFolder(changes));
}

/** What loading complains about, line by line, with files named as within the folder; nothing when all is well. */
export function complaints(changes: Files = {}): string[] {
  return complaintsAbout(accountsFolder(changes));
}

export function complaintsAbout(folder: string): string[] {
  try {
    loadOrganization(folder);
    return [];
  } catch (error) {
    if (!(error instanceof OrganizationError)) throw error;
    return error.message.replaceAll(`${relative(process.cwd(), folder)}/`, "").split("\n");
  }
}
