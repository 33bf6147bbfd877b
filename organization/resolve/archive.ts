import type { NamesSettings } from "../../lib/naming/own-resources";
import { ownNames } from "../../lib/naming/own-names";
import { accountWithRole, type Organization } from "../organization";
import type { ArchiveSettings } from "../schema/storage-settings";

/** Settings of an archive that Trailwatch creates. */
export type OwnArchive = ArchiveSettings & { readonly bucket: string };

/** A bucket that exists and is used as the archive. */
export type ExistingArchive = NonNullable<ArchiveSettings["existing"]>;

/** The settings of the archive that Trailwatch creates; undefined where an existing bucket is used. */
export function ownArchiveOf(archive: ArchiveSettings): OwnArchive | undefined {
  const { bucket } = archive;
  return bucket === undefined ? undefined : { ...archive, bucket };
}

/** Name and region of the archive's bucket, whether or not Trailwatch creates it. */
export function archiveBucketOf({ archive, homeRegion }: Pick<Organization, "archive" | "homeRegion">): {
  readonly bucket: string;
  readonly region: string;
} {
  const { bucket, existing } = archive;
  if (existing !== undefined) return existing;
  if (bucket === undefined) throw new TypeError("'archive' has neither 'bucket' nor 'existing'");
  return { bucket, region: homeRegion };
}

/** What the keys of the organization's log files begin with, such as `AWSLogs/o-exampleorgid/`. */
export function archiveKeyPrefixOf({ archive, id }: Pick<Organization, "archive" | "id">): string {
  const prefix = archive.existing?.prefix;
  return `${prefix === undefined ? "" : `${prefix}/`}AWSLogs/${id}/`;
}

/**
 * What the names of the buckets of queries begin with: the name of the archive. Beside an existing bucket, whose name
 * may be too long to append to, account and region make it unique.
 */
export function archiveFamilyOf(organization: Organization): string {
  const { bucket } = organization.archive;
  return (
    bucket ??
    queryFamilyOf(organization.names, accountWithRole(organization, "log-archive").id, organization.homeRegion)
  );
}

/** Begins the names of the buckets of queries on an existing archive. */
export function queryFamilyOf(names: NamesSettings, accountId: string, homeRegion: string): string {
  return `${ownNames(names).prefix}${accountId}-${homeRegion}`;
}
