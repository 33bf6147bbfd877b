import type { AwsRequest, AwsResponse } from "../http";
import { jsonOf, withBody, type Shim } from "../shim";

/** The key under which moto's stored policy carries the original one. Moto reads `Statement` only. */
const AS_PUT = "sandbox:as-put";

/**
 * Moto enforces bucket policies but evaluates them incorrectly, so it gets only the part that it evaluates correctly.
 */
export const bucketPolicy: Shim = {
  service: "s3",
  operations: ["PutBucketPolicy", "GetBucketPolicy"],
  why:
    "enforces policies without knowing any condition's value: a conditional statement, even one that allows, denies everyone; " +
    'and looks for the permission of S3\'s log delivery in a way that fails at `"Principal": "*"`',
  does: "passes only statements that moto evaluates as AWS does; returns the whole policy",
  answer: async (request, send, call) =>
    call.operation === "PutBucketPolicy" ? send(evaluable(request)) : whole(await send(request)),
};

function evaluable(request: AwsRequest): AwsRequest {
  const asPut = request.body.toString("utf8");
  const { Statement } = jsonOf(request);
  // Not a policy: moto reports that.
  if (Statement === undefined) return request;
  const statements = [Statement].flat() as Record<string, unknown>[];
  const Evaluated = [...statements.flatMap(allowing), ...statements.flatMap(denying)];
  return withBody(request, JSON.stringify({ Version: "2012-10-17", Statement: Evaluated, [AS_PUT]: asPut }));
}

/** Moto allows everything that is not denied: it uses allowing statements only to check who may deliver logs. */
function allowing(statement: Record<string, unknown>): Record<string, unknown>[] {
  if (statement["Effect"] !== "Allow" || typeof statement["Principal"] !== "object") return [];
  const { Sid, Effect, Principal, Action, Resource } = statement;
  return [{ Sid, Effect, Principal, Action, Resource }];
}

/** Statements that deny something to everyone, unconditionally, on named resources. */
function denying(statement: Record<string, unknown>): Record<string, unknown>[] {
  const forEveryone = statement["Effect"] === "Deny" && statement["Principal"] === "*";
  if (!forEveryone || "Condition" in statement || !("Resource" in statement)) return [];
  return [{ ...statement, Principal: { AWS: "*" } }];
}

function whole(response: AwsResponse): AwsResponse {
  const asPut = jsonOf(response)[AS_PUT];
  return response.status === 200 && typeof asPut === "string" ? withBody(response, asPut) : response;
}
