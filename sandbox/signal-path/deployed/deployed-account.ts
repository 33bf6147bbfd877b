import type { DeployedAccount, DeployedAlarm, DeployedFilter, DeployedTrail } from "../../../signals";

/** A trail as CloudTrail has it. */
export interface LiveTrail extends DeployedTrail {
  readonly arn: string;
  readonly bucket: string;
  /** Before `AWSLogs/` in every key; empty for none. */
  readonly keyPrefix: string;
  /** Notified of each delivered file; undefined: the trail has no topic. */
  readonly topicArn: string | undefined;
  /** Whether digest files are delivered. */
  readonly validatesFiles: boolean;
  readonly kmsKeyId: string | undefined;
}

export interface LiveFilter extends DeployedFilter {
  readonly region: string;
}

export interface LiveAlarm extends DeployedAlarm {
  readonly arn: string;
  readonly region: string;
  readonly description: string;
  /** The state that CloudWatch's API returns. */
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly stateReason: string;
}

/** What is deployed in an account, as the AWS API describes it. */
export interface LiveAccount extends DeployedAccount {
  readonly trails: readonly LiveTrail[];
  readonly filters: readonly LiveFilter[];
  readonly alarms: readonly LiveAlarm[];
}
