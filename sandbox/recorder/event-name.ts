import { globalRegionOf } from "../../lib/aws/partitions";
import type { Call } from "../proxy/call";

/** Services whose event source is not `<signing name>.amazonaws.com`. */
const SOURCES = new Map([["email", "ses.amazonaws.com"]]);

/** S3 operations with another name in CloudTrail. Source: S3 User Guide, "Amazon S3 CloudTrail events". */
const S3_NAMES = new Map([
  ...["Get", "Put"].flatMap((verb): [string, string][] => [
    [`${verb}BucketLifecycleConfiguration`, `${verb}BucketLifecycle`],
    [`${verb}ObjectLockConfiguration`, `${verb}BucketObjectLockConfiguration`],
    [`${verb}BucketNotificationConfiguration`, `${verb}BucketNotification`],
    [`${verb}BucketAccelerateConfiguration`, `${verb}AccelerateConfiguration`],
  ]),
  ...["Get", "Put", "Delete"].flatMap((verb): [string, string][] => [
    [`${verb}PublicAccessBlock`, `${verb}BucketPublicAccessBlock`],
    [`${verb}BucketAnalyticsConfiguration`, `${verb}AnalyticsConfiguration`],
    [`${verb}BucketInventoryConfiguration`, `${verb}InventoryConfiguration`],
    [`${verb}BucketMetricsConfiguration`, `${verb}MetricsConfiguration`],
  ]),
  ["ListObjectsV2", "ListObjects"],
]);

/** `eventSource`, `eventName` and `awsRegion` of a call. */
export function nameFields({ service, operation, region }: Call): {
  eventSource: string;
  eventName: string;
  awsRegion: string;
} {
  return {
    eventSource: SOURCES.get(service) ?? `${service}.amazonaws.com`,
    eventName: (service === "s3" ? S3_NAMES.get(operation) : undefined) ?? operation,
    awsRegion: globalRegionOf(service, region) ?? region,
  };
}
