import { expectedMessage } from "../../../lib/support/failure";

/** An error of a state, named as Step Functions names it, such as `States.Timeout`. */
export class ExecutionError extends Error {
  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/** Error and cause as Step Functions writes them. @throws the error, if it is a bug of the sandbox */
export function failureOf(thrown: unknown): { readonly error: string; readonly cause: string } {
  const cause = expectedMessage(thrown);
  const name = thrown instanceof Error ? thrown.name : "Error";
  return { error: name === "Error" ? "States.TaskFailed" : name, cause };
}
