import {
  type OrganizationsClient,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from "@aws-sdk/client-organizations";
import pLimit from "p-limit";
import { collectPages, given } from "./collect";

/** A root or an organizational unit, and the names on the path to it. */
interface Parent {
  readonly id: string;
  readonly names: readonly string[];
}

/** By account id: the path of its organizational unit, or undefined directly below the root. */
export type UnitsOfAccounts = ReadonlyMap<string, string | undefined>;

/**
 * Walks the tree of organizational units, level by level; AWS allows five below the root.
 *
 * @param onUnit called for each root and organizational unit that was read
 */
export async function unitsOfAccounts(
  client: OrganizationsClient,
  concurrentCalls: number,
  onUnit: () => void,
): Promise<UnitsOfAccounts> {
  const units = new Map<string, string | undefined>();
  const roots = await collectPages(
    "organizations:ListRoots",
    paginateListRoots({ client }, {}),
    ({ Roots = [] }) => Roots,
  );

  const limited = pLimit(concurrentCalls);
  const read = async (parent: Parent): Promise<Parent[]> => {
    for (const id of await accountsIn(client, parent)) units.set(id, pathOf(parent));
    onUnit();
    return childrenOf(client, parent);
  };
  let level: Parent[] = roots.map(({ Id }) => ({ id: given("id of the root", Id), names: [] }));
  while (level.length > 0) {
    level = (await Promise.all(level.map((parent) => limited(read, parent)))).flat();
  }
  return units;
}

async function accountsIn(client: OrganizationsClient, { id }: Parent): Promise<string[]> {
  return collectPages(
    "organizations:ListAccountsForParent",
    paginateListAccountsForParent({ client }, { ParentId: id }),
    ({ Accounts = [] }) => Accounts.flatMap(({ Id }) => Id ?? []),
  );
}

async function childrenOf(client: OrganizationsClient, { id, names }: Parent): Promise<Parent[]> {
  return collectPages(
    "organizations:ListOrganizationalUnitsForParent",
    paginateListOrganizationalUnitsForParent({ client }, { ParentId: id }),
    ({ OrganizationalUnits = [] }) =>
      OrganizationalUnits.map((unit) => ({
        id: given("id of an organizational unit", unit.Id),
        names: [...names, given("name of an organizational unit", unit.Name)],
      })),
  );
}

/** AWS allows '/' in a name, which would look like two units here: it is percent-encoded. */
function pathOf({ names }: Parent): string | undefined {
  return names.length === 0 ? undefined : names.map((name) => name.replaceAll("/", "%2F")).join("/");
}
