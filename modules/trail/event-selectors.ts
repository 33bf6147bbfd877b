import type { CloudtrailAdvancedEventSelector } from "@cdktf/provider-aws/lib/cloudtrail";

/** Data events of one resource type. */
export interface DataEventsOfType {
  /** CloudTrail's name of the type, such as `AWS::S3::Object`. */
  readonly resourceType: string;
  /** Resources whose ARN starts with one of these are excluded. */
  readonly excludeArns: readonly string[];
}

/**
 * All management events, read and write. Any further field would exclude some, and then the checks that require a trail
 * of all management events would fail (Security Hub CloudTrail.1, CloudWatch.7).
 */
export const MANAGEMENT_EVENTS: CloudtrailAdvancedEventSelector[] = [
  { name: "Management events", fieldSelector: [{ field: "eventCategory", equalTo: ["Management"] }] },
];

/**
 * One selector for each resource type, read and write.
 *
 * @param ownBuckets buckets that take part in the logging; a delivery to them is itself a data event
 */
export function dataEventSelectors(
  dataEvents: readonly DataEventsOfType[],
  ownBuckets: readonly string[],
): CloudtrailAdvancedEventSelector[] {
  return dataEvents.map(({ resourceType, excludeArns }) => {
    const own = resourceType === "AWS::S3::Object" ? ownBuckets.map((bucket) => `arn:aws:s3:::${bucket}/`) : [];
    const excluded = [...own, ...excludeArns];
    return {
      name: `Data events of ${resourceType}`,
      fieldSelector: [
        { field: "eventCategory", equalTo: ["Data"] },
        { field: "resources.type", equalTo: [resourceType] },
        ...(excluded.length > 0 ? [{ field: "resources.ARN", notStartsWith: excluded }] : []),
      ],
    };
  });
}
