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
const DENIED = /AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|Forbidden/;
const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/;

/** Whether AWS reports that the resource does not exist; the response to a HEAD request has only a status. */
export function isNotThere(error: unknown): boolean {
  return NOT_THERE.test(nameOf(error)) || statusOf(error) === 404;
}

/** A readable reason why AWS did not answer. */
export function unanswered(action: string, error: unknown): Unanswered {
  const name = nameOf(error);
  const message = expectedMessage(error);
  if (DENIED.test(name) || statusOf(error) === 403) {
    const missing = actionIn(message) ?? action;
    return new Unanswered(`the caller may not ${missing}`, missing);
  }
  if (THROTTLED.test(name) || statusOf(error) === 429) {
    return new Unanswered(`AWS throttles ${action}, also after several attempts: try again in a minute`);
  }
  return new Unanswered(
    `${action} was not answered: ${name === "Error" || name === "NoAnswer" ? "" : `${name}: `}${message}`,
  );
}

/** AWS names the missing action, which for some calls differs from the name of the call. */
function actionIn(message: string): string | undefined {
  return /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1];
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const code: unknown = "Code" in error ? error.Code : undefined;
  return typeof code === "string" && error.name === "Error" ? code : error.name;
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("$metadata" in error)) return undefined;
  return (error.$metadata as { readonly httpStatusCode?: number }).httpStatusCode;
}
