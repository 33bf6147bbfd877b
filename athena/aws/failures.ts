import { commonError, explainAwsError } from "../../lib/aws/aws-errors";
import { expectedMessage } from "../../lib/support/failure";
import { LOG_ARCHIVE_STACK } from "../../lib/naming/stack-ids";

/** What an error message needs, so that it can say what to do. */
export interface QueriedPlace {
  readonly workgroup: string;
  /** Database of the archive's table. */
  readonly database: string;
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
  const isKnown = commonError(error) !== undefined;
  if (!isKnown && /workgroup.*(?:not found|does not exist)/i.test(expectedMessage(error)))
    return missingWorkgroup(place);
  const remedies = {
    noCredentials: `use credentials of account ${place.account}: set AWS_PROFILE, or sign in with 'aws sso login'`,
    denied: "docs/athena.md lists the required permissions",
  };
  return new AthenaError(`the call to Athena failed: ${explainAwsError(error, { remedies })}`, { cause: error });
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
