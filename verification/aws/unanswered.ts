import { awsErrorName, commonError, explainAwsError, httpStatus } from "../../lib/aws/aws-errors";
import { expectedMessage } from "../../lib/support/failure";

/** AWS did not answer a call: the state of the resource is unknown. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";

  constructor(
    message: string,
    /** The IAM action that the caller lacks, if that is the reason. */
    public readonly missingAction?: string,
  ) {
    super(message);
  }
}

const NOT_THERE = /NotFound|NoSuch|DoesNotExist/;

/** Whether AWS reports that the resource does not exist; the response to a HEAD request has only a status. */
export function isNotThere(error: unknown): boolean {
  return NOT_THERE.test(awsErrorName(error)) || httpStatus(error) === 404;
}

/** A readable reason why AWS did not answer. */
export function unanswered(action: string, error: unknown): Unanswered {
  if (commonError(error) === "denied") {
    const missing = actionIn(expectedMessage(error)) ?? action;
    return new Unanswered(`the caller may not ${missing}`, missing);
  }
  return new Unanswered(`${action} was not answered: ${explainAwsError(error)}`);
}

/** AWS names the missing action, which for some calls differs from the name of the call. */
function actionIn(message: string): string | undefined {
  return /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1];
}
