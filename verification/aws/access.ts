import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { patient } from "../../lib/aws/patient";
import { enteringRole } from "../../organization/resolve/access";
import type { Account, Organization } from "../../organization/organization";
import { retries, type Credentials } from "./clients";
import { openSession, type Session } from "./session";
import { Unanswered, unanswered } from "./unanswered";

/** Access to the accounts of an organization. */
export interface Access {
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

/**
 * Identifies the caller by the usual AWS environment (profile, variables, `AWS_ENDPOINT_URL`). The caller's own account
 * is accessed with the caller's own credentials, any other with a role.
 *
 * @throws Unanswered without valid AWS credentials
 */
export async function openAccess({ organization, role }: AccessOptions): Promise<Access> {
  const sts = patient(new STSClient({ region: organization.homeRegion, ...retries() }));
  const common = { forcePathStyle: organization.localAws };
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
      return openSession({ ...common, credentials: await assume(sts, `arn:aws:iam::${account.id}:role/${name}`) });
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
    throw new Unanswered(`AWS does not know who calls: ${message}; set AWS_PROFILE, or sign in`);
  }
}

async function assume(sts: STSClient, RoleArn: string): Promise<Credentials> {
  try {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "trailwatch-verify" }));
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = Credentials ?? {};
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
  } catch (error) {
    const { message, missingAction } = unanswered(ASSUME_ROLE, error);
    throw new Unanswered(`${RoleArn} cannot be assumed: ${message}`, missingAction);
  }
}
