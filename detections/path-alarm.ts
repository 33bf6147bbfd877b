import type { Feed } from "../lib/naming/feeds";
import type { AlarmDefaults, References, Runbook, Severity } from "./detection";

/**
 * An alarm on the signal path itself, for the metrics of detections or of AWS: no event raises it, so it has neither a
 * condition nor settings. Accounts that subscribe to pack `guard` have it.
 */
export interface PathAlarm {
  /** Short name: file name, part of the alarm's name. No detection has the same. */
  readonly id: string;
  readonly title: string;
  /** What happened when it is raised. */
  readonly meaning: string;
  /** Why it matters. */
  readonly why: string;
  readonly severity: Severity;
  /**
   * The feed that has what it watches.
   *
   * @default - every feed
   */
  readonly feed?: Feed;
  /** Whether only the account's hourly call guarantees the traffic that it watches. */
  readonly needsHeartbeat: boolean;
  /**
   * `missed`: it is raised by missing traffic, and its recovery is worth a message.
   *
   * @default reached
   */
  readonly alarmWhen?: AlarmDefaults["alarmWhen"];
  /** When it is raised, as a phrase. */
  readonly raisedBy: string;
  readonly references: References;
  readonly runbook: Omit<Runbook, "tuning">;
}
