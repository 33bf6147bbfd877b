import { shownValue } from "../lib/support/printable";
import { NoAnswer } from "../lib/aws/no-answer";
import { expectedMessage } from "../lib/support/failure";

/** What to do about errors of AWS and of its SDK, by name. */
const REMEDIES: Readonly<Record<string, string>> = {
  AccessDeniedException:
    "use credentials of the management account, or of a delegated administrator of AWS Organizations, with the " +
    "permissions that docs/accounts-sync.md lists",
  AWSOrganizationsNotInUseException: "these credentials are of an account that is in no organization",
  CredentialsProviderError: "no credentials were found: set AWS_PROFILE, or sign in with 'aws sso login'",
  ExpiredTokenException: "sign in again",
  InvalidClientTokenId: "the access key is unknown to AWS: see 'aws sts get-caller-identity'",
  UnrecognizedClientException: "the access key is unknown to AWS: see 'aws sts get-caller-identity'",
  TooManyRequestsException: "AWS was asked too much by everybody in the organization together: try again later",
};

/** Error names that carry no information. */
const NAMELESS = new Set(["", "Error", "TypeError"]);

/** An error of the AWS SDK as a readable message: the request, the response, and what to do. */
export function awsRefusal(action: string, error: unknown): Error {
  if (error instanceof NoAnswer) return new Error(`AWS must answer '${action}': ${error.message}`, { cause: error });
  const name = error instanceof Error ? error.name : "";
  // A failed connection has its reason in a list of errors, and no message.
  const cause = error instanceof AggregateError ? error.errors.map(String).join(", ") : expectedMessage(error);
  const got = [name, cause.replaceAll(/\s+/g, " ").trim()].filter((text) => !NAMELESS.has(text)).join(": ");
  const remedy = REMEDIES[name];
  return new Error(
    `AWS must answer '${action}', got '${shownValue(got)}'${remedy === undefined ? "" : `; ${remedy}`}`,
    {
      cause: error,
    },
  );
}
