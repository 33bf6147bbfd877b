import { randomUUID } from "node:crypto";
import type { AwsResponse } from "../http";
import { jsonOf, type Shim } from "../shim";

/** The provider validates a state machine's definition and reads its versions; moto supports neither. */
export const stateMachines: readonly Shim[] = [
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
