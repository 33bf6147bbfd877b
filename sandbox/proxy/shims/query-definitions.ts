import { randomUUID } from "node:crypto";
import { errorResponse } from "../aws-error";
import type { Call } from "../call";
import { CallerAccounts } from "../caller-account";
import type { AwsResponse } from "../http";
import { jsonOf, type Shim } from "../shim";

type Definition = Readonly<Record<string, unknown>> & { readonly queryDefinitionId: string };

/** Stores saved Logs Insights queries, by account and region: moto has none. */
export function queryDefinitions(): Shim {
  const callers = new CallerAccounts();
  const kept = new Map<string, Map<string, Definition>>();
  return {
    service: "logs",
    operations: ["PutQueryDefinition", "DescribeQueryDefinitions", "DeleteQueryDefinition"],
    why: "does not implement saved queries",
    does: "stores them itself, per account and region",
    answer: async (request, send, call) => {
      const place = `${await callers.accountOf(request, send)}/${call.region}`;
      const definitions = kept.get(place) ?? new Map<string, Definition>();
      kept.set(place, definitions);
      return OPERATIONS[call.operation]?.(definitions, jsonOf(request), call) ?? send(request);
    },
  };
}

type Operation = (definitions: Map<string, Definition>, input: Record<string, unknown>, call: Call) => AwsResponse;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  PutQueryDefinition: (definitions, input, call) => {
    const given = input["queryDefinitionId"];
    if (given !== undefined && !(typeof given === "string" && definitions.has(given))) return missing(call);
    const queryDefinitionId = given ?? randomUUID();
    definitions.set(queryDefinitionId, { ...input, queryDefinitionId, lastModified: Date.now() });
    return json({ queryDefinitionId });
  },
  DescribeQueryDefinitions: (definitions, { queryDefinitionNamePrefix: prefix = "" }) => {
    const named = [...definitions.values()].filter(({ name }) => String(name).startsWith(String(prefix)));
    return json({ queryDefinitions: named });
  },
  DeleteQueryDefinition: (definitions, input, call) =>
    definitions.delete(String(input["queryDefinitionId"])) ? json({ success: true }) : missing(call),
};

function missing(call: Call): AwsResponse {
  return errorResponse(call.protocol, {
    code: "ResourceNotFoundException",
    message: "The specified query definition does not exist.",
  });
}

function json(output: object): AwsResponse {
  return {
    status: 200,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() },
    body: Buffer.from(JSON.stringify(output)),
  };
}
