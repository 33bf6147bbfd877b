import {
  type Account,
  DescribeOrganizationCommand,
  type OrganizationsClient,
  paginateListAccounts,
  paginateListTagsForResource,
} from "@aws-sdk/client-organizations";
import pLimit from "p-limit";
import { type AwsAccount, type AwsOrganization, isActive } from "./aws-organization";
import { awsRefusal } from "./aws-refusal";
import { collectPages, given } from "./collect";
import { unitsOfAccounts } from "./organizational-units";

/**
 * Calls in progress at a time. AWS allows about ten a second for the whole organization, and all its tools share them:
 * the SDK repeats throttled calls with increasing delays.
 */
const CONCURRENT_CALLS = 4;

/** Progress of the reading. */
export interface ReadProgress {
  readonly accounts: number;
  readonly organizationalUnits: number;
  /** Accounts whose tags were read. */
  readonly tagged: number;
}

export interface ReadOptions {
  /** Keys of the tags to read. If empty, no tags are requested, which saves a call for each account. */
  readonly tagKeys: readonly string[];
  /**
   * Called at each step.
   *
   * @default - no progress is reported
   */
  readonly onProgress?: (progress: ReadProgress) => void;
}

/**
 * Reads the organization of the client's account: every account, its place and its tags. Read-only.
 *
 * @throws Error with a readable message, when AWS refuses or an account was moved meanwhile
 */
export async function readOrganization(
  client: OrganizationsClient,
  { tagKeys, onProgress }: ReadOptions,
): Promise<AwsOrganization> {
  let progress: ReadProgress = { accounts: 0, organizationalUnits: 0, tagged: 0 };
  const advance = (step: Partial<ReadProgress>) => {
    progress = { ...progress, ...step };
    onProgress?.(progress);
  };

  const { id, managementAccountId } = await describe(client);
  const listed = await collectPages(
    "organizations:ListAccounts",
    paginateListAccounts({ client }, {}),
    ({ Accounts = [] }) => {
      advance({ accounts: progress.accounts + Accounts.length });
      return Accounts;
    },
  );
  const units = await unitsOfAccounts(client, CONCURRENT_CALLS, () => {
    advance({ organizationalUnits: progress.organizationalUnits + 1 });
  });

  const read = async ({ Id, Name, State, Status }: Account): Promise<AwsAccount> => {
    const account = {
      id: given("id of an account", Id),
      name: Name ?? "",
      // AWS replaces Status by State, which other or older implementations may not send yet.
      state: given(`state of account ${Id ?? ""}`, State ?? Status),
    };
    if (!isActive(account)) return { ...account, organizationalUnit: undefined, tags: {} };
    if (!units.has(account.id)) {
      throw new Error(`account ${account.id} was moved while it was read; run the command again`);
    }
    const tags = tagKeys.length === 0 ? {} : await tagsOf(client, account.id, tagKeys);
    advance({ tagged: progress.tagged + 1 });
    return { ...account, organizationalUnit: units.get(account.id), tags };
  };
  const limited = pLimit(CONCURRENT_CALLS);
  const accounts = await Promise.all(listed.map((account) => limited(read, account)));
  return { id, managementAccountId, accounts: accounts.sort(byId) };
}

async function describe(client: OrganizationsClient): Promise<Pick<AwsOrganization, "id" | "managementAccountId">> {
  try {
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    return {
      id: given("id of the organization", Organization?.Id),
      managementAccountId: given("id of the management account", Organization?.MasterAccountId),
    };
  } catch (error) {
    throw awsRefusal("organizations:DescribeOrganization", error);
  }
}

async function tagsOf(client: OrganizationsClient, id: string, keys: readonly string[]): Promise<AwsAccount["tags"]> {
  const tags = await collectPages(
    "organizations:ListTagsForResource",
    paginateListTagsForResource({ client }, { ResourceId: id }),
    ({ Tags = [] }) => Tags,
  );
  return Object.fromEntries(
    keys.flatMap((key) => {
      const tag = tags.find(({ Key }) => Key === key);
      return tag === undefined ? [] : [[key, tag.Value ?? ""]];
    }),
  );
}

function byId(a: AwsAccount, b: AwsAccount): number {
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
