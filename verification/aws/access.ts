import { roleArn } from "../../lib/aws/partitions";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { assumedRoleCredentials } from "../../lib/aws/assumed-role";
import { createClient, type ClientSettings, type CredentialProvider } from "../../lib/aws/client";
import { commonError } from "../../lib/aws/aws-errors";
import { enteringRole } from "../../organization/resolve/access";
import type { Account, Organization } from "../../organization/organization";
import { openSession, type Session } from "./session";
import { Unanswered, unanswered } from "./unanswered";

/** Access to the accounts of an organization. */
export interface AccountAccess {
  /** @throws Unanswered when the account cannot be accessed */
  enter: (account: Account) => Promise<Session>;
}

export interface AccessOptions {
  readonly organization: Organization;
  /**
   * Name of the role to assume in each account except the caller's own.
   *
   * @default - the role that Terraform assumes there
   */
  readonly role?: string;
}

const ASSUME_ROLE = "sts:AssumeRole";

/** Attempts before throttling counts as an answer; `AWS_MAX_ATTEMPTS` takes precedence. */
const MAX_ATTEMPTS = 8;

/**
 * Identifies the caller by the usual AWS environment (profile, variables, `AWS_ENDPOINT_URL`). The caller's own account
 * is accessed with the caller's own credentials, any other with a role.
 *
 * @throws Unanswered without valid AWS credentials
 */
export async function openAccess({ organization, role }: AccessOptions): Promise<AccountAccess> {
  // Retries that slow down with AWS's own limits.
  const retries = {
    retryMode: "adaptive",
    maxAttempts: Number(process.env.AWS_MAX_ATTEMPTS ?? MAX_ATTEMPTS),
  } as const;
  const sts = createClient(STSClient, { region: organization.homeRegion, ...retries });
  // One provider for all roles: the caller signs in once.
  const credentials = () => sts.config.credentials();
  // A bucket in another region than expected still exists.
  const common = { ...retries, forcePathStyle: organization.localAws, followRegionRedirects: true };
  const caller = await identify(sts);
  return {
    enter: async (account) => {
      // CI accesses every account with a role, including the one that it comes from.
      if (account.id === caller && organization.access === undefined) return openSession(common);
      const name = role ?? enteringRole(organization, account);
      if (name === undefined) {
        throw new Unanswered(
          `the caller is in account ${caller}, not in '${account.name}' (${account.id}), and no role is known there: ` +
            "use credentials of the management account, or give --role",
        );
      }
      const assuming = { ...retries, region: organization.homeRegion, credentials };
      return openSession({
        ...common,
        credentials: await assume(roleArn(organization.homeRegion, account.id, name), assuming),
      });
    },
  };
}

/** The 12-digit id of the caller's account; GetCallerIdentity needs no permission. */
async function identify(sts: STSClient): Promise<string> {
  try {
    const { Account } = await sts.send(new GetCallerIdentityCommand());
    return Account ?? "";
  } catch (error) {
    const { message } = unanswered("sts:GetCallerIdentity", error);
    const remedy = commonError(error) === undefined ? "; set AWS_PROFILE, or sign in" : "";
    throw new Unanswered(`AWS does not know who calls: ${message}${remedy}`);
  }
}

/** Assumes the role at once, so that an account that cannot be accessed fails before its checks. */
async function assume(roleArn: string, caller: ClientSettings): Promise<CredentialProvider> {
  const credentials = assumedRoleCredentials(roleArn, "trailwatch-verify", caller);
  try {
    await credentials();
    return credentials;
  } catch (error) {
    const { message, missingAction } = unanswered(ASSUME_ROLE, error);
    throw new Unanswered(`${roleArn} cannot be assumed: ${message}`, missingAction);
  }
}
