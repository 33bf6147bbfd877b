import { expectedMessage } from "../../lib/support/failure";
import { LOG_ARCHIVE_STACK } from "../../lib/naming/stack-ids";

/** What an error message needs, so that it can say what to do. */
export interface QueriedPlace {
  readonly workgroup: string;
  readonly region: string;
  /** Name and id of the account that owns the archive. */
  readonly account: string;
}

/** Athena did not answer: why, and what to do. */
export class AthenaError extends Error {
  override readonly name = "AthenaError";
}

const DEPLOY = `it is part of stack ${LOG_ARCHIVE_STACK} ('npx cdktf deploy ${LOG_ARCHIVE_STACK}')`;

/** The workgroup does not exist. */
export function missingWorkgroup({ workgroup, region, account }: QueriedPlace): AthenaError {
  return new AthenaError(
    `there is no workgroup '${workgroup}' in ${region} of the account of these credentials: it must be ${account}; ${DEPLOY}`,
  );
}

/** Why a call to Athena failed, in one sentence. */
export function callFailure(error: unknown, place: QueriedPlace): AthenaError {
  const { account } = place;
  const name = error instanceof Error ? error.name : "";
  const message = expectedMessage(error);
  const say = (text: string): AthenaError => new AthenaError(text, { cause: error });
  if (name === "CredentialsProviderError") {
    return say(
      `Athena needs AWS credentials of account ${account}, and there are none: sign in ('aws sso login'), or set AWS_PROFILE`,
    );
  }
  if (/^ExpiredToken/.test(name))
    return say("Athena was not asked, as the AWS credentials have expired: sign in again");
  if (/^(?:UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch)/.test(name)) {
    return say("Athena does not know these AWS credentials: check AWS_PROFILE and the AWS_ variables");
  }
  if (/^AccessDenied/.test(name)) {
    return say(`Athena refuses, as access is denied: ${message}. docs/athena.md has what is needed`);
  }
  if (/workgroup.*(?:not found|does not exist)/i.test(message)) return missingWorkgroup(place);
  if (/TooManyRequests|Throttl/.test(name)) return say("Athena is asked too often: try again in a minute");
  return say(`Athena did not answer: ${message}`);
}

/** Why a query ended without a result, in one sentence. */
export function queryFailure(id: string, reason: string, scanLimit: number | undefined): AthenaError {
  if (/bytes scanned limit/i.test(reason)) {
    const limit = scanLimit === undefined ? "" : ` of ${Math.round(scanLimit / 1e9)} GB`;
    return new AthenaError(
      `Athena stopped the query at the workgroup's limit${limit}: ask for fewer days or one account, ` +
        "or raise athena.scanLimitGigabytes in organization.yaml",
    );
  }
  if (/(?:TABLE|SCHEMA)_NOT_FOUND|(?:Table|Schema|Database) .* (?:not found|does not exist)/i.test(reason)) {
    return new AthenaError(`Athena has no table over the archive: ${DEPLOY}`);
  }
  if (/access ?denied|not authorized|forbidden/i.test(reason)) {
    return new AthenaError(
      `Athena may not read the archive with these credentials: ${reason} (query ${id}). docs/athena.md has what is needed`,
    );
  }
  return new AthenaError(`Athena's query ${id} failed: ${reason || "no reason was given"}`);
}
