import { randomUUID } from "node:crypto";
import type { Exchange } from "../proxy/call";
import { fieldsOf, nestedText, type Fields } from "./fields";
import { responseOutput } from "./wire";
import { xmlFields } from "./xml-fields";

/** Why a call failed. */
export interface CallFailure {
  readonly errorCode: string;
  readonly errorMessage: string;
}

/** The error that a service returned; undefined for a call that succeeded. */
export function failureOf(exchange: Exchange): CallFailure | undefined {
  const { call, response } = exchange;
  if (response.status < 400) return undefined;
  const isXml = call.protocol === "query" || call.protocol === "rest-xml";
  const { code, message } = isXml ? xmlError(response.body) : jsonError(exchange);
  return { errorCode: inCloudTrail(call.service, code ?? String(response.status)), errorMessage: message ?? "" };
}

/** The request id that the service assigned, so that a caller finds the record of the call; otherwise one of ours. */
export function requestIdOf({ response }: Exchange): string {
  const inHeader = response.headers["x-amzn-requestid"] ?? response.headers["x-amz-request-id"];
  const inBody = /<(RequestId|requestId)>([^<]+)</.exec(response.body.toString("latin1", 0, 100_000))?.[2];
  return (Array.isArray(inHeader) ? inHeader[0] : inHeader) ?? inBody ?? randomUUID();
}

interface WireError {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** `<Error><Code>…`, alone (S3), in `<ErrorResponse>`, or in `<Response><Errors>` (EC2). */
function xmlError(body: Buffer): WireError {
  const root = xmlFields(body);
  const error: Fields = "Code" in root ? root : fieldsOf(fieldsOf(root["Errors"])["Error"] ?? root["Error"]);
  return { code: nestedText(error, "Code"), message: nestedText(error, "Message") };
}

/** `__type` may have a namespace before `#`, the header a link after `:`. */
function jsonError(exchange: Exchange): WireError {
  const output = responseOutput(exchange);
  const inHeader = exchange.response.headers["x-amzn-errortype"];
  const type = nestedText(output, "__type") ?? (typeof inHeader === "string" ? inHeader.split(":")[0] : undefined);
  return { code: type?.split("#").at(-1), message: nestedText(output, "message") ?? nestedText(output, "Message") };
}

/** Error codes as in records; on the wire, some services omit the ending. */
function inCloudTrail(service: string, code: string): string {
  if (code === "AccessDeniedException") return "AccessDenied";
  if (service === "ec2") return `Client.${code}`;
  if (code === "AccessDenied") return code;
  return (service === "iam" || service === "sns") && !code.endsWith("Exception") ? `${code}Exception` : code;
}
