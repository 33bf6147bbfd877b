import type { Call } from "../proxy/call";

/** How CloudTrail records a call. */
export type EventKind = "Management" | "Data" | "not recorded";

/** Data-plane operations by signing name, without S3's. Source: each service's page on CloudTrail. */
const DATA = new Map([
  ["sns", /^Publish(Batch)?$/],
  [
    "sqs",
    /^((SendMessage|DeleteMessage|ChangeMessageVisibility)(Batch)?|ReceiveMessage|GetQueue(Attributes|Url)|List(DeadLetterSourceQueues|Queues|QueueTags))$/,
  ],
  [
    "monitoring",
    /^(PutMetricData|GetMetricData|GetMetricStatistics|GetMetricWidgetImage|ListMetrics|GetInsightRuleReport)$/,
  ],
  [
    "dynamodb",
    /^((Batch)?(Get|Put|Update|Delete|Write)Item|Query|Scan|Transact(Get|Write)Items|(Batch)?ExecuteStatement)$/,
  ],
  ["kinesis", /^(PutRecords?|GetRecords|GetShardIterator|SubscribeToShard)$/],
  ["lambda", /^Invoke(Async)?$/],
]);

/** S3's operations on objects, and those that list them. Source: S3 User Guide, "Amazon S3 CloudTrail events". */
const S3_DATA =
  /Object(s|sV2|Acl|Attributes|LegalHold|Retention|Tagging|Torrent|Versions)?$|^(HeadBucket|ListParts|ListMultipartUploads|UploadPart(Copy)?|(Create|Complete|Abort)MultipartUpload)$/;

/** Data-plane operations for which CloudTrail has no event. */
const NEVER = new Set(["logs:PutLogEvents", "events:PutEvents"]);

/** Unsigned calls that CloudTrail records: those that return credentials. */
const UNSIGNED = new Set(["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"]);

/** Whether CloudTrail records a call, and as which kind of event. */
export function kindOf({ service, operation, accessKeyId }: Call): EventKind {
  // An operation without a known name is not an AWS call, for example a request to moto's own pages.
  if (operation.includes(" ") || NEVER.has(`${service}:${operation}`)) return "not recorded";
  if (accessKeyId === "" && !UNSIGNED.has(operation)) return "not recorded";
  const isData = service === "s3" ? S3_DATA.test(operation) : DATA.get(service)?.test(operation) === true;
  return isData ? "Data" : "Management";
}
