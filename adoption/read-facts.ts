import { ownNames } from "../lib/naming/own-names";
import pLimit from "p-limit";
import { accountWithRole, type Account, type Organization } from "../organization/organization";
import type { AccountAccess } from "../verification/aws/access";
import { Unanswered } from "../verification/aws/unanswered";
import type { AccountFacts, BucketFacts, Facts, OrganizationFacts, OwnNamed, TrailFacts, Unread } from "./facts";
import { plannedBucketsOf } from "./findings/archive";
import { bucketOwnerOf } from "./findings/control-tower";
import { reusableTrail } from "./findings/trails";
import { readAccount } from "./reads/account-facts";
import { readBucket } from "./reads/bucket-facts";
import { readOrganizationFacts } from "./reads/organization-facts";
import { readPlannedBucket } from "./reads/own-named";
import { Reading } from "./reads/reading";

/** Accounts read at a time. Calls within an account follow each other, but for those of one trail or bucket. */
const CONCURRENT_ACCOUNTS = 4;

export interface ReadFactsOptions {
  readonly organization: Organization;
  readonly access: AccountAccess;
  /** Called after each account. */
  readonly onAccount?: () => void;
}

/** Reads the whole organization. Read-only; what AWS does not answer is recorded, and the rest is read. */
export async function readFacts({ organization, access, onAccount }: ReadFactsOptions): Promise<Facts> {
  const unread: Unread[] = [];
  const readings = new Map<string, Reading>();
  const limited = pLimit(CONCURRENT_ACCOUNTS);
  const accounts = await Promise.all(
    organization.accounts.map((account) =>
      limited(async (): Promise<AccountFacts | undefined> => {
        const reading = await enter(access, account, unread);
        if (reading !== undefined) readings.set(account.name, reading);
        const facts = reading === undefined ? undefined : await readAccount(reading, account, organization);
        onAccount?.();
        return facts;
      }),
    ),
  );
  const management = accountWithRole(organization, "management");
  const reading = readings.get(management.name);
  const own = accounts.find((facts) => facts?.name === management.name);
  const trail = own === undefined ? undefined : reusableTrail(own, organization);
  return {
    organization: reading === undefined ? NOTHING_READ : await readOrganizationFacts(reading, organization),
    accounts: accounts.filter((facts) => facts !== undefined),
    bucket: trail === undefined ? undefined : await readBucketOf(trail, { organization, access, readings, unread }),
    plannedBuckets: trail === undefined ? await readPlanned(organization, readings) : [],
    // Accounts are read at the same time: their order here must not depend on AWS.
    unread: byAccount(unread, organization),
  };
}

const NOTHING_READ: OrganizationFacts = { id: undefined, withoutFile: [], policies: undefined };

async function enter(access: AccountAccess, account: Account, unread: Unread[]): Promise<Reading | undefined> {
  try {
    return new Reading(account.name, await access.enter(account), unread);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    const { message, missingAction } = error;
    unread.push({
      account: account.name,
      what: "the account",
      reason: message,
      ...(missingAction && { missingAction }),
    });
    return undefined;
  }
}

interface Around {
  readonly organization: Organization;
  readonly access: AccountAccess;
  readonly readings: ReadonlyMap<string, Reading>;
  readonly unread: Unread[];
}

/** From the account in the name of Control Tower's bucket, the log archive, or else the management account. */
async function readBucketOf(trail: TrailFacts, around: Around): Promise<BucketFacts | undefined> {
  const { organization, access, readings, unread } = around;
  const named = bucketOwnerOf(trail.bucket);
  const candidates = [
    organization.accounts.find(({ id }) => id === named),
    accountWithRole(organization, "log-archive"),
    accountWithRole(organization, "management"),
  ].filter((account) => account !== undefined);
  let first: readonly Unread[] | undefined;
  for (const account of new Set(candidates)) {
    if (!readings.has(account.name)) continue;
    const own: Unread[] = [];
    const reading = await enter(access, account, own);
    const bucket = reading && (await readBucket(reading, trail.bucket, organization.homeRegion));
    if (bucket !== undefined) {
      unread.push(...own);
      return bucket;
    }
    first ??= own.length === 0 ? undefined : own;
  }
  unread.push(...(first ?? []));
  return undefined;
}

async function readPlanned(
  organization: Organization,
  readings: ReadonlyMap<string, Reading>,
): Promise<readonly OwnNamed[]> {
  const reading = readings.get(accountWithRole(organization, "log-archive").name);
  if (reading === undefined) return [];
  const { archive, athena, homeRegion } = organization;
  const found: OwnNamed[] = [];
  for (const name of plannedBucketsOf(archive.bucket, athena.enabled)) {
    const bucket = await readPlannedBucket(reading, ownNames(organization.names), name, homeRegion);
    if (bucket !== undefined) found.push(bucket);
  }
  return found;
}

function byAccount(unread: readonly Unread[], { accounts }: Organization): Unread[] {
  const place = new Map(accounts.map(({ name }, index) => [name, index]));
  return [...unread].sort((one, other) => (place.get(one.account) ?? 0) - (place.get(other.account) ?? 0));
}
