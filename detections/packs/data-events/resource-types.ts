import type { Condition } from "../../condition";
import type { WatchedAccount } from "../../detection";

/**
 * CloudTrail's resource types whose data events detections evaluate: only entries of these types may have `alarms: true`.
 */
export const ALARMED_TYPES = ["AWS::S3::Object", "AWS::Lambda::Function", "AWS::DynamoDB::Table"] as const;

export type AlarmedType = (typeof ALARMED_TYPES)[number];

/** How the ARNs of a type's resources go on after the partition, as CloudTrail's selectors compare them. */
export const ARN_BEGINNINGS: Readonly<Record<AlarmedType, string>> = {
  "AWS::S3::Object": "s3:::",
  "AWS::Lambda::Function": "lambda:",
  "AWS::DynamoDB::Table": "dynamodb:",
};

/** The conditions, where data events of the type raise alarms; elsewhere there is nothing to watch. */
export function onType(type: AlarmedType, ...conditions: readonly Condition[]) {
  return ({ alarmedResourceTypes = [] }: WatchedAccount): readonly Condition[] =>
    alarmedResourceTypes.includes(type) ? conditions : [];
}
