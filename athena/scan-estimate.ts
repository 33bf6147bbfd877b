import pLimit from "p-limit";
import type { CountsQuery } from "./counts/counts-query";

/** An object of a bucket, as a listing shows it. */
export interface ListedObject {
  readonly Key?: string | undefined;
  readonly Size?: number | undefined;
  readonly StorageClass?: string | undefined;
}

/** A page of a bucket listing. */
export type ListPage = (input: {
  readonly Prefix: string;
  readonly Delimiter?: string;
  readonly StartAfter?: string;
  readonly ContinuationToken?: string | undefined;
}) => Promise<{
  readonly Contents?: readonly ListedObject[] | undefined;
  readonly CommonPrefixes?: readonly { readonly Prefix?: string | undefined }[] | undefined;
  readonly NextContinuationToken?: string | undefined;
}>;

/** What a query reads. Athena bills bytes as stored in the bucket, compressed. */
export interface Scan {
  readonly objects: number;
  readonly bytes: number;
  /** Those in Glacier Instant Retrieval, which bills retrieval. */
  readonly coldObjects: number;
  readonly coldBytes: number;
}

export const NO_SCAN: Scan = { objects: 0, bytes: 0, coldObjects: 0, coldBytes: 0 };

export function sumOf(scans: readonly Scan[]): Scan {
  return scans.reduce(
    (sum, scan) => ({
      objects: sum.objects + scan.objects,
      bytes: sum.bytes + scan.bytes,
      coldObjects: sum.coldObjects + scan.coldObjects,
      coldBytes: sum.coldBytes + scan.coldBytes,
    }),
    NO_SCAN,
  );
}

/** Accounts whose objects are listed at the same time. */
const AT_ONCE = 16;

/**
 * What a query will read, from the listing of the objects in its partitions: exact, except for objects delivered
 * meanwhile.
 *
 * @param folder where the organization's records are in the bucket: `AWSLogs/o-…/`
 */
export async function scanOf(
  query: CountsQuery,
  folder: string,
  list: ListPage,
  onAccount: () => void = () => undefined,
): Promise<Scan> {
  const scanOfAccount = async ({ id }: { readonly id: string }): Promise<Scan> => {
    const prefix = `${folder}${id}/CloudTrail/`;
    const ofRegions: Scan[] = [];
    for (const region of await regionFolders(prefix, list)) {
      if (query.regions?.includes(region) !== false)
        ofRegions.push(await scanOfDays(`${prefix}${region}/`, query, list));
    }
    onAccount();
    return sumOf(ofRegions);
  };
  const limited = pLimit(AT_ONCE);
  return sumOf(await Promise.all(query.accounts.map((account) => limited(scanOfAccount, account))));
}

async function regionFolders(prefix: string, list: ListPage): Promise<string[]> {
  // There are fewer regions than entries in a page.
  const { CommonPrefixes = [] } = await list({ Prefix: prefix, Delimiter: "/" });
  return CommonPrefixes.map(({ Prefix = "" }) => Prefix.slice(prefix.length, -1));
}

async function scanOfDays(prefix: string, { days }: CountsQuery, list: ListPage): Promise<Scan> {
  const found: Scan[] = [];
  const end = `${prefix}${days.last}/`;
  let token: string | undefined;
  do {
    const page = await list({ Prefix: prefix, StartAfter: `${prefix}${days.first}/`, ContinuationToken: token });
    const objects = (page.Contents ?? []).filter(({ Key = "" }) => Key.slice(0, end.length) <= end);
    found.push(...objects.map(scanOfObject));
    token = objects.length < (page.Contents ?? []).length ? undefined : page.NextContinuationToken;
  } while (token !== undefined);
  return sumOf(found);
}

function scanOfObject({ Size = 0, StorageClass }: ListedObject): Scan {
  const isCold = StorageClass === "GLACIER_IR";
  return { objects: 1, bytes: Size, coldObjects: isCold ? 1 : 0, coldBytes: isCold ? Size : 0 };
}

/**
 * US dollars in us-east-1: Athena per terabyte, S3 per object read, and Glacier Instant Retrieval per gigabyte in
 * addition. Source: AWS's public prices, November 2026; other regions differ.
 */
export function priceOf({ objects, bytes, coldObjects, coldBytes }: Scan): number {
  const requests = ((objects - coldObjects) * 0.0004 + coldObjects * 0.01) / 1000;
  return (bytes / 1e12) * 5 + (coldBytes / 1e9) * 0.03 + requests;
}
