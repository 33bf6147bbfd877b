const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How long AWS takes for each step, in milliseconds; the sandbox divides them by its speed. */
export const DELAYS = {
  /**
   * Until CloudTrail has the record. AWS promises no time: a rule gets most events within half a minute of the call.
   */
  cloudTrail: 15 * SECOND,
  /** From the call to the rule's log group: "near real time" (EventBridge User Guide), in practice tens of seconds. */
  eventBridge: 30 * SECOND,
  /** From the call to a trail's log group: "an average of about 5 minutes" (CloudTrail User Guide, working with log files). */
  trailLogs: 5 * MINUTE,
  /** Between two files of a trail: "about every 5 minutes" (CloudTrail User Guide, how CloudTrail works). */
  archiveFile: 5 * MINUTE,
  /** Between two digest files: "every hour" (CloudTrail User Guide, digest file structure). */
  digestFile: 60 * MINUTE,
  /** Between two evaluations of an alarm: each minute (CloudWatch User Guide, evaluating an alarm). */
  alarmEvaluation: MINUTE,
} as const;

/** The default factor by which the sandbox is faster than AWS. */
export const DEFAULT_SPEED = 60;
