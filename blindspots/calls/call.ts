import type { JsonObject } from "../../lib/patterns/json/json-value";
import type { PathResource } from "../path-resource";

/** An API call that weakens a deployed resource. */
export interface WeakeningCall {
  /** Service in CloudTrail's event source, without `.amazonaws.com`. */
  readonly service: Service;
  /** Event name in CloudTrail, which can differ from the name in the API. */
  readonly operation: string;
  /** The request parameters of its record, with the one that names the resource. */
  readonly parameters: (resource: PathResource) => JsonObject;
  /** What it does to the monitoring, as the end of a sentence. */
  readonly effect: string;
  /**
   * Whether the resource's part of the signal path stops working at once, before the event of the call arrives. `all
   * alarms`: one call can name every alarm of the account that would report it.
   *
   * @default true
   */
  readonly cuts?: boolean | "all alarms" | undefined;
  /**
   * Name of the operation in the API reference.
   *
   * @default - the event name
   */
  readonly apiName?: string;
  /** Recorded as a data event. */
  readonly isDataEvent?: true;
}

/** The API references of AWS, and for a service with one endpoint in the standard partition, its region. */
export const SERVICES = {
  cloudtrail: { reference: "awscloudtrail/latest/APIReference" },
  logs: { reference: "AmazonCloudWatchLogs/latest/APIReference" },
  monitoring: { reference: "AmazonCloudWatch/latest/APIReference" },
  events: { reference: "eventbridge/latest/APIReference" },
  sns: { reference: "sns/latest/api" },
  sqs: { reference: "AWSSimpleQueueService/latest/APIReference" },
  kms: { reference: "kms/latest/APIReference" },
  iam: { reference: "IAM/latest/APIReference" },
  scheduler: { reference: "scheduler/latest/APIReference" },
  ssm: { reference: "systems-manager/latest/APIReference" },
  states: { reference: "step-functions/latest/apireference" },
  chatbot: { reference: "chatbot/latest/APIReference", region: "us-east-2" },
  s3: { reference: "AmazonS3/latest/API" },
  glue: { reference: "glue/latest/webapi" },
  athena: { reference: "athena/latest/APIReference" },
  organizations: { reference: "organizations/latest/APIReference" },
  account: { reference: "accounts/latest/reference" },
} as const satisfies Record<string, { readonly reference: string; readonly region?: string }>;

export type Service = keyof typeof SERVICES;

/** Page of AWS's API reference that documents the call. */
export function sourceOf({ service, operation, apiName }: WeakeningCall): string {
  return `https://docs.aws.amazon.com/${SERVICES[service].reference}/API_${apiName ?? operation}.html`;
}

/** Several operations of a service that take the resource's name in the same way and do much the same. */
export function calls(
  service: Service,
  operations: readonly string[],
  { parameters, effect, cuts }: Pick<WeakeningCall, "parameters" | "effect" | "cuts">,
): WeakeningCall[] {
  return operations.map((operation) => ({ service, operation, parameters, effect, cuts }));
}

/** A log resource policy that denies what ours allows: an `Allow` of other principals changes nothing. */
export const DENY_WRITES = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: "*", Action: "logs:PutLogEvents", Resource: "*" }],
});
