import { accessLogBucketOf, queryResultsBucketOf } from "../../lib/naming/archive-buckets";
import { accountWithRole, type Organization } from "../../organization/organization";
import type { BucketFacts, OwnNamed, TrailFacts, Unread } from "../facts";
import type { AdoptFinding } from "./finding";

/** Names of the buckets of an archive of Trailwatch's; none where the settings have no name for it. */
export function plannedBucketsOf(bucket: string | undefined, withQueries: boolean): string[] {
  if (bucket === undefined) return [];
  return [bucket, accessLogBucketOf(bucket), ...(withQueries ? [queryResultsBucketOf(bucket)] : [])];
}

export interface BucketOptions {
  readonly unread: readonly Unread[];
  /** Name of the log-archive account. */
  readonly logArchive: string;
  /** Whether trails of Trailwatch's remain, which need an archive of their own. */
  readonly keepsOwn: boolean;
}

/** The bucket of the trail to reuse. */
export function bucketFindings(
  trail: TrailFacts,
  bucket: BucketFacts | undefined,
  { unread, logArchive, keepsOwn }: BucketOptions,
): AdoptFinding[] {
  const { bucket: name } = trail;
  const common = { subject: "archive", account: bucket?.account ?? logArchive, name };
  if (bucket === undefined) {
    // A bucket that was not read is among the unread.
    if (unread.some(({ what }) => what === `bucket ${name}`)) return [];
    const sentence = "The trail delivers to this bucket, which does not exist: correct the trail first.";
    return [{ verdict: "collides", ...common, sentence }];
  }
  const what = descriptionOf(trail, bucket);
  if (keepsOwn) return [{ verdict: "found", ...common, sentence: `${what}.` }];
  if (bucket.account !== logArchive) {
    const sentence = `${what}, in account ${bucket.account}: to use it, give this account the role log-archive.`;
    return [{ verdict: "collides", ...common, sentence }];
  }
  const sentence = `${what}: Trailwatch creates no archive, and queries this bucket.`;
  return [
    { verdict: "reuse", ...common, sentence, cost: "an archive of Trailwatch's besides it stores everything twice" },
  ];
}

function descriptionOf({ prefix, keyArn }: TrailFacts, { region, objectLock, isPolicyReadable }: BucketFacts): string {
  const lock =
    objectLock === "none"
      ? "no default retention by object lock, so its owner can delete records"
      : `object lock ${objectLock ?? "not read"}`;
  return (
    `The trail delivers to it${prefix === undefined ? "" : `, below ${prefix}`} (${region ?? "region not read"}; ${lock}; ` +
    `${keyArn === undefined ? "no customer key" : `key ${keyArn}`}; policy ${isPolicyReadable ? "" : "not "}readable)`
  );
}

/** The archive that Trailwatch creates, and buckets of its names. */
export function plannedArchiveFindings(
  organization: Organization,
  existing: readonly OwnNamed[],
  unread: readonly Unread[],
): AdoptFinding[] {
  const account = accountWithRole(organization, "log-archive").name;
  const { archive, athena } = organization;
  return plannedBucketsOf(archive.bucket, athena.enabled).flatMap((name): AdoptFinding[] => {
    const common = { subject: "archive", account, name };
    const found = existing.find((one) => one.name === name);
    if (found === undefined) {
      return unread.some(({ what }) => what === `bucket ${name}`)
        ? []
        : [{ verdict: "create", ...common, sentence: "No bucket has this name." }];
    }
    if (found.isOwn === true)
      return [{ verdict: "found", ...common, sentence: "This bucket was deployed by Trailwatch." }];
    // Its tags are among the unread.
    if (found.isOwn === undefined) return [];
    const sentence =
      "A bucket of this name exists that Trailwatch did not deploy: choose another name for archive.bucket.";
    return [{ verdict: "collides", ...common, sentence }];
  });
}
