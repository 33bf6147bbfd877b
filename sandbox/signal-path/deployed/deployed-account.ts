import type { DeployedAccount, DeployedAlarm, DeployedFilter, DeployedRule, DeployedTrail } from "../../../signals";

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

/** A rule as EventBridge has it. */
export interface LiveRule extends DeployedRule {
  readonly arn: string;
  /** Its targets that are topics. */
  readonly notices: readonly RuleNotice[];
}

/** A topic that gets a rule's events, and the text that it gets. */
export interface RuleNotice {
  readonly topicArn: string;
  /** JSON path of each variable, such as `$.detail.eventName`. */
  readonly paths: Readonly<Record<string, string>>;
  /** Text with `<variable>`; undefined: the whole event. */
  readonly template: string | undefined;
}

/** What is deployed in an account, as the AWS API describes it. */
export interface LiveAccount extends DeployedAccount {
  readonly trails: readonly LiveTrail[];
  readonly rules: readonly LiveRule[];
  readonly filters: readonly LiveFilter[];
  readonly alarms: readonly LiveAlarm[];
}

/** A resource of which no setting is read. */
export interface NamedResource {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
}

/** A state machine of Step Functions. */
export interface DeployedMachine extends NamedResource {
  /** JSON in Amazon States Language. */
  readonly definition: string;
}

/** What is deployed in an account, with what follows its alarms. */
export interface WholeAccount extends LiveAccount {
  readonly topics: readonly NamedResource[];
  readonly machines: readonly DeployedMachine[];
}
