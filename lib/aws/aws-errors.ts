import { expectedMessage } from "../support/failure";
import { printableLine } from "../support/printable";

/** A group of AWS errors with one cause. */
export interface KnownError {
  /** Names of the errors. */
  readonly names: RegExp;
  readonly cause: string;
  /** What to do. */
  readonly remedy?: string;
}

/** Errors that every service and the SDK itself have. */
const COMMON = {
  noCredentials: {
    names: /^CredentialsProviderError$/,
    cause: "there are no AWS credentials",
    remedy: "set AWS_PROFILE, or sign in with 'aws sso login'",
  },
  expired: { names: /^ExpiredToken/, cause: "the AWS credentials have expired", remedy: "sign in again" },
  unknownCredentials: {
    names: /^(UnrecognizedClient|Invalid(ClientTokenId|AccessKeyId|Token|Signature)|SignatureDoesNotMatch)/,
    cause: "AWS does not know these credentials",
    remedy: "check AWS_PROFILE and the AWS_ variables, and run 'aws sts get-caller-identity'",
  },
  denied: {
    names: /AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|Forbidden/,
    cause: "access is denied",
  },
  throttled: {
    names: /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/,
    cause: "AWS throttles these calls, even after several attempts",
    remedy: "try again in a minute",
  },
} satisfies Readonly<Record<string, KnownError>>;

export type CommonError = keyof typeof COMMON;

/** What differs from the common errors for a service: other remedies, and errors that only this service has. */
export interface ServiceErrors {
  readonly remedies?: Partial<Readonly<Record<CommonError, string>>>;
  readonly further?: readonly KnownError[];
}

/** Names for errors that have only an HTTP status: the response to a HEAD request has no body. */
const NAME_OF_STATUS: Readonly<Record<number, string>> = { 403: "AccessDenied", 404: "NotFound", 429: "Throttling" };

/** Error names that carry no information. */
const NAMELESS = /^(|Error|TypeError|AggregateError|NoAnswer|Unknown(Error)?)$/;

/** AWS's code of an error, which the SDK uses as the error's name; "" if it has none. */
export function awsErrorName(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const { Code } = error as { readonly Code?: unknown };
  const name = typeof Code === "string" && error.name === "Error" ? Code : error.name;
  return NAMELESS.test(name) ? (NAME_OF_STATUS[httpStatus(error) ?? 0] ?? "") : name;
}

/** HTTP status of AWS's response; undefined without a response. */
export function httpStatus(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  return (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** Which of the common errors it is: by its name, or else by its HTTP status. */
export function commonError(error: unknown): CommonError | undefined {
  const keys = Object.keys(COMMON) as CommonError[];
  const named = (name: string) => keys.find((key) => COMMON[key].names.test(name));
  return named(awsErrorName(error)) ?? named(NAME_OF_STATUS[httpStatus(error) ?? 0] ?? "");
}

/** Cause of an error and what to do about it; undefined for an error that is in neither table. */
export function knownError(error: unknown, { remedies, further = [] }: ServiceErrors = {}): KnownError | undefined {
  const name = awsErrorName(error);
  const ofService = further.find(({ names }) => names.test(name));
  const common = commonError(error);
  if (ofService !== undefined || common === undefined) return ofService;
  return { ...COMMON[common], ...(remedies?.[common] !== undefined && { remedy: remedies[common] }) };
}

/** An error in one sentence: the cause, what AWS reports, and what to do. */
export function explainAwsError(error: unknown, service: ServiceErrors = {}): string {
  const name = awsErrorName(error);
  const reported = [...new Set([name, oneLine(error)])].filter((text) => text !== "").join(": ");
  const known = knownError(error, service);
  return known === undefined ? reported : withRemedy(`${known.cause} (${reported})`, known);
}

/** A text followed by what to do, if that is known. */
export function withRemedy(text: string, { remedy }: KnownError): string {
  return remedy === undefined ? text : `${text}; ${remedy}`;
}

function oneLine(error: unknown): string {
  // A failed connection has its reasons in a list of errors, and no message.
  const text = error instanceof AggregateError ? error.errors.map(String).join(", ") : expectedMessage(error);
  return printableLine(text.replaceAll(/\s+/g, " ").trim());
}
