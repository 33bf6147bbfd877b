import { SEVERITIES, type Severity } from "../lib/naming/severity";
import type { NamesSettings } from "../lib/naming/own-resources";
import type { TechniqueId } from "./attack-techniques";
import type { CisControlNumber } from "./cis-benchmark";
import type { Condition } from "./condition";
import type { CloudTrailRecord } from "./predicate";

export { SEVERITIES, type Severity };

/** What a detection can use of the account that it is compiled for. */
export interface WatchedAccount {
  readonly name: string;
  readonly id: string;
  readonly homeRegion: string;
  /** Id of the organization, such as `o-exampleorgid`: what has it in its ARN is at home. */
  readonly organizationId: string;
  /** The 12-digit id of the management account, which is in the ARN of the organization and of its units. */
  readonly managementAccount: string;
  /** Names or ARNs of the secrets that the account watches; a trailing `*` stands for anything. */
  readonly watchedSecrets: readonly string[];
  /**
   * Names of the archive bucket and the buckets of its access logs and query results, in the account that owns them;
   * empty in other accounts.
   */
  readonly archiveBuckets: readonly string[];
  readonly stateBucket?: string;
  /**
   * What the keys of Trailwatch's states begin with, such as `trailwatch/`, in a bucket that may hold other states.
   *
   * @default - all objects of the bucket are Trailwatch's
   */
  readonly stateFolder?: string;
  /**
   * Trail of the organization that Trailwatch did not create, in the account that owns it, and its log group if metric
   * filters are on it.
   *
   * @default - Trailwatch's own
   */
  readonly existingTrail?: { readonly name: string; readonly region: string; readonly logGroup?: string };
  /**
   * ARNs of the account's topics that Trailwatch notifies and did not create.
   *
   * @default - none
   */
  readonly existingTopics?: readonly string[];
  /**
   * The same of all accounts, where the organization's events arrive.
   *
   * @default - none
   */
  readonly organizationTopics?: readonly string[];
  /**
   * Whether the alert hub is in the account.
   *
   * @default false
   */
  readonly hasAlertHub?: boolean;
  /**
   * Whether that alert hub has webhooks.
   *
   * @default false
   */
  readonly hasWebhooks?: boolean;
  /**
   * What the names of Trailwatch's resources derive from.
   *
   * @default - those of an installation without settings
   */
  readonly names?: NamesSettings;
  /**
   * What the names of Trailwatch's roles begin with, before `trailwatch-`.
   *
   * @default - nothing
   */
  readonly rolePrefix?: string;
  /**
   * Names of the deployment roles that stacks create under names without that beginning; where the organization's
   * events arrive, those of all accounts.
   *
   * @default - none
   */
  readonly chosenRoles?: readonly string[];
  /**
   * Path and name of the policy that is the permissions boundary of Trailwatch's roles.
   *
   * @default trailwatch-boundary
   */
  readonly roleBoundary?: string;
  /** Name of the role by which the organization deploys, with its path before it: its own changes are expected. */
  readonly deploymentRole?: string;
  /**
   * Names, with their path, of further roles that may read the state bucket.
   *
   * @default - none
   */
  readonly stateReaders?: readonly string[];
  /**
   * Names of principals that `ignore` entries pass over in the account; `*` stands for any text.
   *
   * @default - none
   */
  readonly ignoredNames?: IgnoredNames;
  /**
   * Names, with their path, of the roles by which the organization deploys to any of its accounts, where the organization's events arrive.
   *
   * @default - none
   */
  readonly deploymentRoles?: readonly string[];
  /**
   * Names of the archive bucket, its access-log bucket and the state bucket of the organization, where the
   * organization's events arrive.
   *
   * @default - none
   */
  readonly organizationBuckets?: readonly string[];
  /**
   * The 12-digit id of the alert hub's account, where the organization's events arrive.
   *
   * @default - no hub
   */
  readonly alertHubAccount?: string;
  /**
   * Regions of the partition, where the organization's events arrive.
   *
   * @default - all are watched in every account
   */
  readonly regions?: RegionsByFeed;
  /**
   * Ids of the detections of all accounts that are on in the account, where the organization's events arrive, with their
   * default severity and threshold, or stricter ones, and without `ignore`.
   *
   * @default - none
   */
  readonly organizationDetections?: readonly string[];
  /**
   * Resource types whose data events raise alarms, such as `AWS::S3::Object`, where these events arrive.
   *
   * @default - none
   */
  readonly alarmedResourceTypes?: readonly string[];
  /**
   * The 12-digit ids of the organization's accounts, where its data events arrive.
   *
   * @default - none
   */
  readonly organizationAccounts?: readonly string[];
}

/** Regions by whether every account's feed delivers their events. */
export interface RegionsByFeed {
  readonly watched: readonly string[];
  readonly unwatched: readonly string[];
}

/** Names of principals that `ignore` entries pass over. */
export interface IgnoredNames {
  readonly roles: readonly string[];
  readonly users: readonly string[];
}

/** When to notify: a number of events per period, for a number of consecutive periods. */
export interface AlarmDefaults {
  readonly severity: Severity;
  /** Events per period that raise the alarm, or that must occur in each period to keep it from being raised. */
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  /**
   * `reached`: too many events; no events are the normal case. `missed`: too few events; no events are the worst case,
   * and the alarm's return to OK sends a message too.
   *
   * @default reached
   */
  readonly alarmWhen?: "reached" | "missed";
}

/** References to the detection in other catalogues. */
export interface References {
  /** Monitoring controls of the CIS AWS Foundations Benchmark, by their numbers in versions 1.4 to 5.0. */
  readonly cis?: readonly CisControlNumber[];
  /** Control of AWS Security Hub, such as `CloudWatch.5`. */
  readonly securityHub?: string;
  /** Techniques of MITRE ATT&CK, such as `T1555.006`. */
  readonly mitre: readonly TechniqueId[];
}

/** What to do when the alarm is raised; becomes docs/runbooks/<id>.md. */
export interface Runbook {
  /** Steps of the first five minutes. */
  readonly firstFiveMinutes: readonly string[];
  /** Harmless events that look the same. */
  readonly falsePositives: readonly string[];
  /** How to make it quieter, or more sensitive, without missing events. */
  readonly tuning: string;
}

/** Records that show what a detection matches: tests evaluate them, and documents quote them. */
export interface Examples {
  /** Records that must match. */
  readonly matches: readonly CloudTrailRecord[];
  /** Records that come close and must not match. */
  readonly nearMisses: readonly CloudTrailRecord[];
}

interface DetectionText extends AlarmDefaults {
  /** Short name: file name, metric, part of the alarm's name, key in `accounts/*.yaml`. */
  readonly id: string;
  readonly title: string;
  /** What happened when it matches. */
  readonly meaning: string;
  /** Why it matters. */
  readonly why: string;
  /**
   * `account`: what happens in the account. `organization`: what can only be seen from the management account, in the
   * log group of the organization trail.
   */
  readonly scope: "account" | "organization";
  /**
   * Whether it also notifies the account's witness topic, which does not depend on the alert hub. Only the management
   * account and the hub's account have that topic.
   *
   * @default false
   */
  readonly notifiesWitness?: boolean;
  readonly references: References;
  readonly runbook: Runbook;
  readonly examples: Examples;
}

/** What to watch for, as a condition: tuned for each account, compiled for its feed. */
export interface TunedDetection extends DetectionText {
  /**
   * What a record must be like. A function where it depends on the account; then no record may meet two of its
   * conditions, because each becomes a filter onto one metric. An empty list means that there is nothing to watch.
   */
  readonly condition: Condition | ((account: WatchedAccount) => readonly Condition[]);
  /**
   * Id of a detection of all accounts that reports all that this one would, by every caller. Where that one is on, this
   * one has nothing to watch: a log group takes 100 filters.
   *
   * @default - no other detection covers it
   */
  readonly coveredBy?: string;
}

/** What to watch for, in a checker's own words: CloudWatch gets these patterns byte for byte. */
export interface VerbatimDetection extends DetectionText {
  readonly patterns: readonly string[];
  /**
   * Whether an event may match two of the patterns. It then counts twice, which is harmless at threshold 1.
   *
   * @default false
   */
  readonly countsTwice?: boolean;
  /**
   * Id of the tuned detection of the same thing: tune that one in place of this one, which takes no `ignore`.
   *
   * @default - no other detection watches for it
   */
  readonly tunedTwin?: string;
}

export type Detection = TunedDetection | VerbatimDetection;

/** A named group of detections that an account subscribes to. */
export interface Pack {
  readonly id: string;
  readonly title: string;
  /** What it watches, which accounts have it by default, and why. */
  readonly description: string;
  /**
   * `data`: data events, which have a log group of their own. Such a pack is on in the management account while an entry
   * of `trail.dataEvents` has `alarms: true`, and cannot be chosen otherwise.
   *
   * @default - management events, in the log group of the account's feed
   */
  readonly events?: "data";
  readonly detections: readonly Detection[];
}

/** The conditions of a detection in an account; empty: it has nothing to watch there. */
export function conditionsFor(detection: TunedDetection, account: WatchedAccount): readonly Condition[] {
  if (isCovered(detection, account)) return [];
  return typeof detection.condition === "function" ? detection.condition(account) : [detection.condition];
}

/** Whether a detection of all accounts, which is on in the account, reports all that this one would. */
export function isCovered({ coveredBy }: TunedDetection, account: WatchedAccount): boolean {
  return coveredBy !== undefined && watchesAll(account, coveredBy);
}

/** Whether a detection of all accounts is on in the account, where it sees the account's own events too. */
export function watchesAll({ organizationDetections = [] }: WatchedAccount, id: string): boolean {
  return organizationDetections.includes(id);
}
