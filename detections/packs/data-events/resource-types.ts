import type { Condition } from "../../condition";
import type { WatchedAccount } from "../../detection";

/**
 * CloudTrail's resource types whose data events detections evaluate: only entries of these types may have `alarms: true`.
 */
export const ALARMED_TYPES = ["AWS::S3::Object", "AWS::Lambda::Function", "AWS::DynamoDB::Table"] as const;

export type AlarmedType = (typeof ALARMED_TYPES)[number];

/** The conditions, where data events of the type raise alarms; elsewhere there is nothing to watch. */
export function onType(type: AlarmedType, ...conditions: readonly Condition[]) {
  return ({ alarmedResourceTypes = [] }: WatchedAccount): readonly Condition[] =>
    alarmedResourceTypes.includes(type) ? conditions : [];
}
