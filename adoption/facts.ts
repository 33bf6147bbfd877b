import type { NamesSettings } from "../lib/naming/own-resources";
/**
 * What was read from AWS. A part that is undefined was not read: `Unread` says why, and no finding may count it as
 * missing.
 */
export interface Facts {
  readonly organization: OrganizationFacts;
  /** In the order of the account files. */
  readonly accounts: readonly AccountFacts[];
  /** The bucket of the trail to reuse. */
  readonly bucket: BucketFacts | undefined;
  /** Buckets of the planned archive that exist already. */
  readonly plannedBuckets: readonly OwnNamed[];
  readonly unread: readonly Unread[];
}

/** Something that AWS did not answer. */
export interface Unread {
  /** Name of the account. */
  readonly account: string;
  /** What was not read, such as `metric filters in eu-west-1`. */
  readonly what: string;
  readonly reason: string;
  /** The IAM action that the caller lacks, if that is the reason. */
  readonly missingAction?: string;
}

export interface OrganizationFacts {
  /** Of AWS Organizations; undefined: not read. */
  readonly id: string | undefined;
  /** Active accounts of AWS Organizations that have no account file. */
  readonly withoutFile: readonly { readonly id: string; readonly name: string }[];
  /** Service control policies that are attached somewhere. */
  readonly policies: readonly ServiceControlPolicy[] | undefined;
}

export interface ServiceControlPolicy {
  readonly name: string;
  /** The policy's JSON. */
  readonly document: string;
  readonly targets: readonly { readonly type: string; readonly id: string; readonly name: string }[];
}

export interface AccountFacts {
  readonly name: string;
  readonly id: string;
  /**
   * What the names of Trailwatch's resources derive from.
   *
   * @default - those of an installation without settings
   */
  readonly names?: NamesSettings | undefined;
  readonly role: "management" | "log-archive" | "member";
  /** Every trail that the home region shows, shadows of other regions and of the organization included. */
  readonly trails: readonly TrailFacts[] | undefined;
  /** In the home region and in those of the account's trails. */
  readonly filters: readonly FilterFacts[] | undefined;
  readonly alarms: readonly AlarmFacts[] | undefined;
  /** Topics of the alarms on recognized filters, by ARN. */
  readonly subscriptions: ReadonlyMap<string, Subscriptions>;
  /** Rules of the default event bus in the home region, and those of them for CloudTrail's events. */
  readonly rules: { readonly count: number; readonly ofCloudTrail: readonly string[] } | undefined;
  /** How many resource policies CloudWatch Logs has in the home region. */
  readonly resourcePolicies: number | undefined;
  /** Whether `AWSControlTowerExecution` exists. */
  readonly controlTowerRole: boolean | undefined;
  /** Resources in the home region with names as Trailwatch gives. */
  readonly ownNamed: readonly OwnNamed[];
}

export interface TrailFacts {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  /** The 12-digit id of its owner. */
  readonly owner: string;
  readonly isOrganizationTrail: boolean;
  readonly isMultiRegion: boolean;
  readonly bucket: string;
  readonly prefix: string | undefined;
  readonly keyArn: string | undefined;
  readonly logGroupArn: string | undefined;
  /** Read for trails that the account owns; undefined for others, and where it was not read. */
  readonly details: TrailDetails | undefined;
}

export interface TrailDetails {
  readonly isLogging: boolean;
  /** Which management events it records. */
  readonly managementEvents: "all" | "some" | "none";
  /** Resource types whose data events it records. */
  readonly dataEvents: readonly string[];
  readonly insights: readonly string[];
}

export interface FilterFacts {
  readonly name: string;
  readonly logGroup: string;
  readonly region: string;
  readonly pattern: string;
  /** The metrics that it writes. */
  readonly metrics: readonly { readonly namespace: string; readonly name: string }[];
}

export interface AlarmFacts {
  readonly name: string;
  readonly region: string;
  readonly namespace: string;
  readonly metric: string;
  /** ARNs of what it notifies. */
  readonly actions: readonly string[];
}

/** How many subscriptions a topic has. */
export interface Subscriptions {
  readonly confirmed: number;
  readonly pending: number;
}

export interface BucketFacts {
  readonly name: string;
  /** Name of the account whose credentials read it. */
  readonly account: string;
  readonly region: string | undefined;
  readonly isPolicyReadable: boolean;
  /** Mode of its default retention; "none" without one; undefined: not read. */
  readonly objectLock: string | undefined;
}

/** A resource whose name is one of Trailwatch's. */
export interface OwnNamed {
  readonly kind: string;
  readonly name: string;
  /** Whether it has the tag that Trailwatch's stacks add; undefined: not read. */
  readonly isOwn: boolean | undefined;
}
