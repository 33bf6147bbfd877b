import { readdirSync } from "node:fs";
import { join } from "node:path";
import { accountProblems } from "./account-rules";
import { check } from "./check";
import { withDefaults } from "./defaults";
import type { Organization } from "./organization";
import { organizationProblems } from "./organization-rules";
import { OrganizationError, compare, inReadingOrder } from "./problem";
import { accountFile, organizationFile } from "./schema";
import { YamlFile, errorCodeOf, relativeToHere } from "./yaml-file";

const ORGANIZATION_FILE = "organization.yaml";

/** The same with the other ending would pass for an account. */
const MISNAMED_ORGANIZATION_FILE = "organization.yml";

/**
 * Reads an accounts folder: `organization.yaml` and one further YAML file per account, sorted by name.
 *
 * @throws OrganizationError with every problem of every file, when there is any
 */
export function loadOrganization(folder: string): Organization {
  const names = namesIn(folder);
  const organization = check(organizationFile, new YamlFile(join(folder, ORGANIZATION_FILE), hintAt(names)));
  const accounts = names
    .filter((name) => /^[^.].*\.ya?ml$/.test(name))
    .filter((name) => name !== ORGANIZATION_FILE && name !== MISNAMED_ORGANIZATION_FILE)
    .map((name) => check(accountFile, new YamlFile(join(folder, name))));

  const problems = [
    ...[organization, ...accounts].flatMap((checked) => checked.problems),
    ...organizationProblems(organization, accounts),
    ...accountProblems(accounts, organization),
  ];
  if (problems.length > 0 || organization.complete === undefined) throw new OrganizationError(inReadingOrder(problems));

  const complete = accounts.flatMap((account) => account.complete ?? []);
  return withDefaults(
    organization.complete,
    complete.sort((a, b) => compare(a.name, b.name)),
  );
}

/** In an order that does not depend on the file system. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort(compare);
  } catch (error) {
    const code = errorCodeOf(error);
    const file = relativeToHere(folder);
    const hint = `it holds ${ORGANIZATION_FILE} and one file per account; TRAILWATCH_ACCOUNTS names another folder`;
    const problem = { property: "accounts", value: `${file} (${code})`, file, line: 1, column: 1, hint };
    throw new OrganizationError([{ ...problem, rule: "be a readable folder" }]);
  }
}

function hintAt(names: readonly string[]): string | undefined {
  return names.includes(MISNAMED_ORGANIZATION_FILE) ? `rename '${MISNAMED_ORGANIZATION_FILE}'` : undefined;
}
