import { evaluate, type PolicyRequest } from "../../lib/aws/policy-evaluator";
import type { Policy } from "./synth";

/** Whether a policy admits a request; what cannot be evaluated is an error, never an answer. */
export function admits(policy: Policy, request: PolicyRequest): boolean {
  const { answer, because } = evaluate([JSON.stringify(policy)], request);
  if (answer === "undecided") throw new Error(because);
  return answer === "allowed";
}
