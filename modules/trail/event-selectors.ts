import type { CloudtrailAdvancedEventSelector } from "@cdktf/provider-aws/lib/cloudtrail";

/** Data events of one resource type. */
export interface DataEventsOfType {
  /** CloudTrail's name of the type, such as `AWS::S3::Object`. */
  readonly resourceType: string;
  /** Only resources whose ARN starts with one of these; empty: all. */
  readonly includeArns: readonly string[];
  /** Resources whose ARN starts with one of these are excluded. */
  readonly excludeArns: readonly string[];
  /** Whether alarms need them: they have a trail of their own, with a log group. */
  readonly alarms: boolean;
}

/**
 * All management events, read and write. Any further field would exclude some, and then the checks that require a trail
 * of all management events would fail (Security Hub CloudTrail.1, CloudWatch.7).
 */
export const MANAGEMENT_EVENTS: CloudtrailAdvancedEventSelector[] = [
  { name: "Management events", fieldSelector: [{ field: "eventCategory", equalTo: ["Management"] }] },
];

/** The selectors of the two trails of data events; a trail without selectors is not needed. */
export interface DataEventSelectors {
  readonly archived: CloudtrailAdvancedEventSelector[];
  readonly withAlarms: CloudtrailAdvancedEventSelector[];
}

/**
 * The selectors of each trail, read and write. No event is recorded by both trails, which would be billed twice: what
 * the trail with alarms records is left out of the other one.
 *
 * @param ownBucketArns buckets that take part in the logging; a delivery to them is itself a data event
 */
export function dataEventSelectors(
  dataEvents: readonly DataEventsOfType[],
  ownBucketArns: readonly string[],
): DataEventSelectors {
  const withAlarms = dataEvents.filter(({ alarms }) => alarms);
  const own = ({ resourceType }: DataEventsOfType) =>
    resourceType === "AWS::S3::Object" ? ownBucketArns.map((bucket) => `${bucket}/`) : [];
  return {
    archived: dataEvents
      .filter(({ alarms }) => !alarms)
      .flatMap((entry) => {
        const alarmed = withAlarms.find(({ resourceType }) => resourceType === entry.resourceType);
        if (alarmed === undefined) return [selectorOf(entry, own(entry))];
        // What the other trail leaves out of its own resources.
        const leftOut = commonPrefixes(alarmed.excludeArns, entry.includeArns);
        return [
          selectorOf(entry, [...own(entry), ...alarmed.includeArns]),
          ...(leftOut.length === 0 ? [] : [selectorOf({ ...entry, includeArns: leftOut }, own(entry))]),
        ];
      }),
    withAlarms: withAlarms.map((entry) => selectorOf(entry, own(entry))),
  };
}

/** The beginnings of ARNs that begin with one of each list; an empty second list stands for every ARN. */
function commonPrefixes(some: readonly string[], others: readonly string[]): string[] {
  if (others.length === 0) return [...some];
  return some.flatMap((one) => [
    ...(others.some((other) => one.startsWith(other)) ? [one] : []),
    ...others.filter((other) => other !== one && other.startsWith(one)),
  ]);
}

/** CloudTrail combines all tests of a field: its value must meet each of them. */
function selectorOf(
  { resourceType, includeArns, excludeArns }: DataEventsOfType,
  furtherExclusions: readonly string[],
): CloudtrailAdvancedEventSelector {
  const excluded = [...furtherExclusions, ...excludeArns];
  const arns = {
    ...(includeArns.length > 0 ? { startsWith: [...includeArns] } : {}),
    ...(excluded.length > 0 ? { notStartsWith: excluded } : {}),
  };
  return {
    name: `Data events of ${resourceType}`,
    fieldSelector: [
      { field: "eventCategory", equalTo: ["Data"] },
      { field: "resources.type", equalTo: [resourceType] },
      ...(Object.keys(arns).length > 0 ? [{ field: "resources.ARN", ...arns }] : []),
    ],
  };
}
