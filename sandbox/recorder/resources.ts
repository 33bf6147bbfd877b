import { arn, bucketArn } from "../../lib/aws/partitions";
import type { Exchange } from "../proxy/call";
import { accountOf } from "./caller";
import { kindOf } from "./event-kind";
import { nestedText, type Fields } from "./fields";
import { s3Target } from "./s3-input";

/** One entry of a record's `resources`. */
export interface Resource {
  /** The account that owns it; absent where it is not known, as for a bucket that was not created in the sandbox. */
  readonly accountId?: string;
  readonly type?: string;
  readonly ARN?: string;
  /** In place of the ARN, for calls that name no single object: DeleteObjects, lists. */
  readonly ARNPrefix?: string;
}

/** What is needed to determine a call's resources. */
export interface ResourceContext {
  readonly exchange: Exchange;
  readonly input: Fields;
  readonly output: Fields;
  /** The caller's account, which owns resources that are given by name only. */
  readonly account: string;
  readonly ownerOfBucket: (bucket: string) => string | undefined;
}

/** The resources that CloudTrail lists for a call; for most services there are none. */
export function resourcesOf(context: ResourceContext): Resource[] {
  const { exchange, input, output, account } = context;
  const { service, operation, region } = exchange.call;
  const inRegion = (rest: string) => arn(region, service, account, rest);
  switch (service) {
    case "s3":
      return s3Resources(context);
    case "kms":
      return kmsKey(input, output, inRegion);
    case "sts":
      return one("AWS::IAM::Role", nestedText(input, "RoleArn"));
    case "ssm": {
      const name = nestedText(input, "Name");
      return one(undefined, name === undefined ? undefined : inRegion(`parameter${name.replace(/^(?!\/)/, "/")}`));
    }
    case "sns":
      return operation.startsWith("Publish") ? one("AWS::SNS::Topic", nestedText(input, "TopicArn")) : [];
    case "sqs": {
      const queue = nestedText(input, "QueueUrl")?.split("/").at(-1);
      return one("AWS::SQS::Queue", queue === undefined ? undefined : inRegion(queue));
    }
    default:
      return [];
  }
}

function one(type: string | undefined, arn: string | undefined): Resource[] {
  if (arn === undefined) return [];
  return [{ accountId: accountOf(arn), ...(type === undefined ? {} : { type }), ARN: arn }];
}

/** Requests may name a key by alias or, to decrypt, not at all; the response has its ARN. */
function kmsKey(input: Fields, output: Fields, inRegion: (rest: string) => string): Resource[] {
  const named = [nestedText(output, "KeyId"), nestedText(output, "KeyMetadata", "Arn"), nestedText(input, "KeyId")];
  const key = named.find((name) => name !== undefined && !name.includes("alias/"));
  return one("AWS::KMS::Key", key === undefined || key.startsWith("arn:") ? key : inRegion(`key/${key}`));
}

function s3Resources({ exchange: { call, request }, ownerOfBucket }: ResourceContext): Resource[] {
  const { bucket, key } = s3Target(request);
  if (bucket === undefined || call.operation === "CreateBucket") return [];
  const owner = ownerOfBucket(bucket);
  const own = {
    ...(owner === undefined ? {} : { accountId: owner }),
    type: "AWS::S3::Bucket",
    ARN: bucketArn(call.region, bucket),
  };
  if (key !== undefined) return [{ type: "AWS::S3::Object", ARN: `${own.ARN}/${key}` }, own];
  return kindOf(call) === "Data" ? [{ type: "AWS::S3::Object", ARNPrefix: `${own.ARN}/` }, own] : [own];
}
