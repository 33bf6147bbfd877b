import { SEVERITIES, type Severity } from "../lib/naming/severity";
import type { Condition } from "./condition";
import type { CloudTrailRecord } from "./predicate";

export { SEVERITIES, type Severity };

/** What a detection may know of the account that it is compiled for. */
export interface WatchedAccount {
  readonly name: string;
  readonly id: string;
  readonly homeRegion: string;
  /** Names or ARNs of the secrets that the account watches; a trailing `*` stands for anything. */
  readonly watchedSecrets: readonly string[];
  /** Names of the archive bucket and its access-log bucket, in the account that owns them; elsewhere none. */
  readonly archiveBuckets: readonly string[];
  readonly stateBucket?: string;
  /** Name of the role by which the organization deploys: its own changes are expected. */
  readonly deploymentRole?: string;
  /**
   * Names of further roles that read the state bucket by right.
   *
   * @default - none
   */
  readonly stateReaders?: readonly string[];
}

/** When a person should be told: so many events in a period, for so many periods in a row. */
export interface AlarmDefaults {
  readonly severity: Severity;
  /** Events per period that raise the alarm, or that must come in each period so that it is not raised. */
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  /**
   * `reached`: too many events, and none is the good case. `missed`: too few, and none at all is the worst case.
   *
   * @default reached
   */
  readonly alarmWhen?: "reached" | "missed";
}

/** Where a detection is known elsewhere. */
export interface References {
  /** Sections of the CIS AWS Foundations Benchmark, such as `3.0 4.5`. */
  readonly cis?: readonly string[];
  /** Control of AWS Security Hub, such as `CloudWatch.5`. */
  readonly securityHub?: string;
  /** Techniques of MITRE ATT&CK, such as `T1555.006`. */
  readonly mitre: readonly string[];
}

/** What a person does when the alarm goes off; becomes docs/runbooks/<id>.md. */
export interface Runbook {
  /** Steps of the first five minutes. */
  readonly firstFiveMinutes: readonly string[];
  /** What looks the same and is harmless. */
  readonly falsePositives: readonly string[];
  /** How to make it quieter, or sharper, without making it blind. */
  readonly tuning: string;
}

/** Records that show what a detection means: tests run them, documents quote them. */
export interface Examples {
  /** Records that must match. */
  readonly matches: readonly CloudTrailRecord[];
  /** Records that come close and must not. */
  readonly nearMisses: readonly CloudTrailRecord[];
}

interface DetectionText extends AlarmDefaults {
  /** Short name: file name, metric, part of the alarm's name, key in `accounts/*.yaml`. */
  readonly id: string;
  readonly title: string;
  /** What has happened when it matches. */
  readonly meaning: string;
  /** Why somebody should look. */
  readonly why: string;
  /**
   * `account`: what happens in the account. `organization`: what can only be seen from the management account, in the
   * log group of the organization's trail.
   */
  readonly scope: "account" | "organization";
  readonly references: References;
  readonly runbook: Runbook;
  readonly examples: Examples;
}

/** What to watch for, as a condition: tuned for each account, compiled for its feed. */
export interface TunedDetection extends DetectionText {
  /**
   * What a record must be like. A function where it depends on the account; then no record may meet two of its
   * conditions, each being a filter onto one metric, and none at all means that there is nothing to watch.
   */
  readonly condition: Condition | ((account: WatchedAccount) => readonly Condition[]);
}

/** What to watch for, in a checker's own words: CloudWatch gets these patterns byte for byte. */
export interface VerbatimDetection extends DetectionText {
  readonly patterns: readonly string[];
  /**
   * Id of the tuned detection of the same thing: what to tune in place of this one, which takes no `ignore`.
   *
   * @default - nothing else watches for it
   */
  readonly tunedTwin?: string;
}

export type Detection = TunedDetection | VerbatimDetection;

/** A named group of detections that an account subscribes to. */
export interface Pack {
  readonly id: string;
  readonly title: string;
  readonly detections: readonly Detection[];
}

/** The conditions of a detection in an account; none: it has nothing to watch there. */
export function conditionsFor(detection: TunedDetection, account: WatchedAccount): readonly Condition[] {
  return typeof detection.condition === "function" ? detection.condition(account) : [detection.condition];
}
