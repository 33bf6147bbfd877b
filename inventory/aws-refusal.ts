import { explainAwsError, type ServiceErrors } from "../lib/aws/aws-errors";

/** Errors of AWS Organizations. */
const ORGANIZATIONS: ServiceErrors = {
  remedies: {
    denied:
      "use credentials of the management account, or of a delegated administrator of AWS Organizations, with the " +
      "permissions that docs/accounts-sync.md lists",
    throttled: "all callers in the organization share one quota: try again later",
  },
  further: [
    {
      names: /^AWSOrganizationsNotInUseException$/,
      cause: "these credentials are of an account that is in no organization",
    },
  ],
};

/** An error of the AWS SDK as a readable message: the request, the response, and what to do. */
export function awsRefusal(action: string, error: unknown): Error {
  return new Error(`${action} failed: ${explainAwsError(error, ORGANIZATIONS)}`, { cause: error });
}
