import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  type OrganizationsClient,
} from "@aws-sdk/client-organizations";
import pLimit from "p-limit";

/** Three levels; the accounts are dealt to them in turn, and to the root. */
const UNITS = [
  "Security",
  "Workloads",
  "Workloads/Production",
  "Workloads/Production/EU",
  "Workloads/Test",
  "R&D / Lab",
];

/** So many that each unit's accounts are more than one page, which has 20. */
export const NUMBERS = Array.from({ length: 160 }, (_, number) => number);

/** What was created. */
export interface Created {
  readonly organizationId: string;
  /** By the account's number, from 0. */
  readonly ids: readonly string[];
}

/**
 * Creates an organization of a management account and one for each number. Number n has the name "Team n", the tag `stage` where n
 * is odd, and is in the unit n modulo 7, where 0 is the root. Every fiftieth is closed, and number 1 is the log archive.
 */
export async function createLargeOrganization(client: OrganizationsClient): Promise<Created> {
  const { Organization } = await client.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  const { Roots } = await client.send(new ListRootsCommand({}));
  const root = Roots?.[0]?.Id ?? "";
  const units = new Map<string, string>();
  for (const path of UNITS) {
    const parts = path === "R&D / Lab" ? [path] : path.split("/");
    const ParentId = units.get(parts.slice(0, -1).join("/")) ?? root;
    const created = await client.send(new CreateOrganizationalUnitCommand({ ParentId, Name: parts.at(-1) }));
    units.set(path, created.OrganizationalUnit?.Id ?? "");
  }

  const create = async (number: number): Promise<string> => {
    const AccountName = number === 1 ? "Log Archive" : `Team ${number}`;
    const Tags = number % 2 === 1 ? [{ Key: "stage", Value: number % 3 === 0 ? "prod" : "test" }] : [];
    const { CreateAccountStatus } = await client.send(
      new CreateAccountCommand({ AccountName, Email: `team${number}@example.com`, Tags }),
    );
    const AccountId = CreateAccountStatus?.AccountId ?? "";
    const unit = UNITS[(number % 7) - 1];
    if (unit !== undefined) {
      const DestinationParentId = units.get(unit);
      await client.send(new MoveAccountCommand({ AccountId, SourceParentId: root, DestinationParentId }));
    }
    if (number % 50 === 49) await client.send(new CloseAccountCommand({ AccountId }));
    return AccountId;
  };
  const limited = pLimit(4);
  const ids = await Promise.all(NUMBERS.map((number) => limited(create, number)));
  return { organizationId: Organization?.Id ?? "", ids };
}
