import { regionalService } from "../../lib/aws/partitions";
import type { Exchange } from "../proxy/call";
import { target, type AwsRequest } from "../proxy/http";
import { isOfAccount } from "../proxy/s3-operations";
import { jsonOf } from "../proxy/shim";
import { parseXML } from "@aws-sdk/xml-builder";
import type { Fields } from "./fields";
import { xmlFields } from "./xml-fields";

/** Headers that CloudTrail includes in the parameters: access control, locks, encryption and copies. */
const PARAMETER_HEADERS =
  /^x-amz-(acl|bucket-object-lock-enabled|bypass-governance-retention|copy-source|grant-.*|mfa|object-.*|server-side-encryption.*|storage-class|tagging)$/;

/** Parameters that only sign the request, or carry the SDK's name of the call. */
const NO_PARAMETERS = /^(X-Amz-.*|x-id)$/;

/** The bucket and key of an S3 request in path style. */
export function s3Target(request: AwsRequest): { bucket: string | undefined; key: string | undefined } {
  const { path } = target(request);
  const [, bucket = "", ...parts] = isOfAccount(path) ? [] : path.split("/").map(decoded);
  const key = parts.join("/");
  return { bucket: bucket === "" ? undefined : bucket, key: key === "" ? undefined : key };
}

/** Returns text that is not correctly encoded unchanged. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** S3's request parameters in CloudTrail's special format: as in HTTP, with configurations as objects. */
export function s3Parameters({ call, request }: Exchange): Fields {
  const { bucket, key } = s3Target(request);
  const query = [...target(request).query].filter(([name]) => !NO_PARAMETERS.test(name));
  const headers = Object.entries(request.headers).filter(([name]) => PARAMETER_HEADERS.test(name));
  return {
    ...(bucket === undefined ? {} : { bucketName: bucket }),
    Host: regionalService(call.region, "s3"),
    ...(key === undefined ? {} : { key }),
    ...Object.fromEntries(query),
    ...Object.fromEntries(headers),
    ...configuration(exchangeBody(call.operation, request)),
  };
}

interface S3Body {
  readonly operation: string;
  readonly body: Buffer;
}

/** Only bucket configurations are recorded, never the content of an object. */
function exchangeBody(operation: string, { body }: AwsRequest): S3Body {
  const isConfiguration = /^(Put|Create)/.test(operation) && !/^(PutObject|CreateMultipartUpload)$/.test(operation);
  return { operation, body: isConfiguration ? body : Buffer.alloc(0) };
}

/** `bucketPolicy` is the policy itself; other bodies are XML, named by their root. */
function configuration({ operation, body }: S3Body): Fields {
  if (body.length === 0) return {};
  if (operation === "PutBucketPolicy") return { bucketPolicy: jsonOf({ body }) };
  const root = rootName(body);
  return root === undefined ? {} : { [root]: xmlFields(body) };
}

function rootName(body: Buffer): string | undefined {
  try {
    return Object.keys(parseXML(body.toString("utf8")) as Fields)[0];
  } catch {
    return undefined;
  }
}
