import { expectedMessage } from "../../lib/support/failure";

/** AWS did not answer a question: nothing is known of what was asked for. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";

  constructor(
    message: string,
    /** The IAM action that the caller lacks, when that is why. */
    public readonly missingAction?: string,
  ) {
    super(message);
  }
}

const NOT_THERE = /NotFound|NoSuch|DoesNotExist/;
const DENIED = /AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|Forbidden/;
const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/;

/** Whether AWS says that there is no such thing; a HEAD request has its status only. */
export function isNotThere(error: unknown): boolean {
  return NOT_THERE.test(nameOf(error)) || statusOf(error) === 404;
}

/** Why AWS did not answer, for people. */
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

/** AWS names the action that is missing, which for some calls is not the call's own name. */
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
