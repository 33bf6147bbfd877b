import type { Call, Protocol } from "./call";
import { header, target, type AwsRequest } from "./http";
import { restOperation } from "./rest-operations";
import { s3Operation } from "./s3-operations";

/** `AWS4-HMAC-SHA256 Credential=<access key>/<date>/<region>/<service>/aws4_request, …` */
const CREDENTIAL = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/;

/** `POST /service/<service id>/operation/<operation>`: AWS's newest protocol names its operation in the path. */
const SMITHY_RPC = /^\/service\/[^/]+\/operation\/([^/?]+)$/;

/** Calls that need no signature: their caller has no credentials yet. */
const UNSIGNED = new Map([
  ["AssumeRoleWithWebIdentity", "sts"],
  ["AssumeRoleWithSAML", "sts"],
]);

/** Identifies the API call and its caller from the request alone. */
export function identify(request: AwsRequest): Call {
  const { operation, protocol } = named(request);
  const scope = credentialScope(request) ?? {
    accessKeyId: "",
    region: "us-east-1",
    service: UNSIGNED.get(operation ?? "") ?? "s3",
  };
  if (operation !== undefined) return { ...scope, operation, protocol };
  return scope.service === "s3"
    ? { ...scope, operation: s3Operation(request), protocol: "rest-xml" }
    : { ...scope, operation: restOperation(scope.service, request), protocol: "rest-json" };
}

function credentialScope(request: AwsRequest): Pick<Call, "accessKeyId" | "region" | "service"> | undefined {
  const presigned = target(request).query.get("X-Amz-Credential");
  const match = CREDENTIAL.exec(presigned === null ? header(request, "authorization") : `Credential=${presigned}`);
  const [, accessKeyId, region, service] = match ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) return undefined;
  return { accessKeyId, region, service: service.toLowerCase() };
}

/** The operation, where the protocol contains its name: in a header, a parameter or the path. */
function named(request: AwsRequest): { operation: string | undefined; protocol: Protocol } {
  const amzTarget = header(request, "x-amz-target");
  if (amzTarget !== "") return { operation: amzTarget.split(".").at(-1), protocol: "json" };

  const { path, query } = target(request);
  const rpc = header(request, "smithy-protocol").startsWith("rpc-v2") ? SMITHY_RPC.exec(path)?.[1] : undefined;
  if (rpc !== undefined) return { operation: rpc, protocol: "cbor" };

  const isForm = header(request, "content-type").startsWith("application/x-www-form-urlencoded");
  const parameters = isForm ? new URLSearchParams(request.body.toString("utf8")) : query;
  return { operation: parameters.get("Action") ?? query.get("Action") ?? undefined, protocol: "query" };
}
