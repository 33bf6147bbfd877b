import { randomUUID } from "node:crypto";
import type { AwsResponse } from "../http";
import { jsonOf, type Shim, withBody } from "../shim";

/** The provider reads a state machine's type and versions and validates its definition; moto supports none of them. */
export function stateMachines(): Shim[] {
  /** Types of the state machines that were created here, by ARN. */
  const types = new Map<unknown, unknown>();
  return [
    {
      service: "states",
      operations: ["CreateStateMachine", "DescribeStateMachine"],
      why: "returns every state machine as a standard one",
      does: "returns the type that it was created with",
      answer: async (request, send, call) => {
        const response = await send(request);
        const answer = jsonOf(response);
        const { stateMachineArn } = answer;
        if (response.status !== 200) return response;
        if (call.operation === "CreateStateMachine") {
          types.set(stateMachineArn, jsonOf(request)["type"] ?? "STANDARD");
          return response;
        }
        const type = types.get(stateMachineArn);
        return type === undefined ? response : withBody(response, JSON.stringify({ ...answer, type }));
      },
    },
    {
      service: "states",
      operations: ["ValidateStateMachineDefinition"],
      why: "does not implement the validation of a state machine's definition",
      does: "checks that it is JSON that starts at one of its states",
      answer: (request) => {
        const isRight = startsSomewhere(String(jsonOf(request)["definition"]));
        const problem = {
          severity: "ERROR",
          code: "SCHEMA_VALIDATION_FAILED",
          message: "StartAt must name one of States",
        };
        return Promise.resolve(
          json({ result: isRight ? "OK" : "FAIL", diagnostics: isRight ? [] : [problem], truncated: false }),
        );
      },
    },
    {
      service: "states",
      operations: ["ListStateMachineVersions"],
      why: "does not implement versions of a state machine",
      does: "returns an empty list",
      answer: () => Promise.resolve(json({ stateMachineVersions: [] })),
    },
  ];
}

function startsSomewhere(definition: string): boolean {
  const { StartAt, States } = jsonOf({ body: Buffer.from(definition) });
  return typeof StartAt === "string" && typeof States === "object" && States !== null && StartAt in States;
}

function json(output: object): AwsResponse {
  return {
    status: 200,
    headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": randomUUID() },
    body: Buffer.from(JSON.stringify(output)),
  };
}
