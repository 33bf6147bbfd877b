import { createHash } from "node:crypto";
import type { Fields } from "./fields";

/** The caller of a call, as in `userIdentity`. */
export interface Caller {
  /** The 12-digit id of the account that the caller belongs to, and in which the call is recorded. */
  readonly account: string;
  /** `userIdentity`, without the access key. */
  readonly identity: Fields;
}

/** A session of a role, at its start. */
export interface RoleSession {
  /** Of the role, with its path. */
  readonly roleArn: string;
  /** `AROA…:<session name>` */
  readonly assumedRoleId: string;
  /** `arn:<partition>:sts::<account>:assumed-role/<role>/<session name>` */
  readonly sessionArn: string;
  readonly sourceIdentity: string | undefined;
  readonly mfaAuthenticated: boolean;
  readonly beganAt: Date;
}

/** An IAM user. */
export function iamUserCaller(arn: string, userId?: string): Caller {
  const account = accountOf(arn);
  const userName = arn.split("/").at(-1) ?? "";
  const identity = {
    type: "IAMUser",
    principalId: userId ?? inventedId("AIDA", arn),
    arn,
    accountId: account,
    userName,
  };
  return { account, identity };
}

/** The account's root user. */
export function rootUserCaller(arn: string): Caller {
  const account = accountOf(arn);
  return {
    account,
    identity: { type: "Root", principalId: account, arn, accountId: account },
  };
}

/** A caller with credentials of a role. */
export function assumedRoleCaller(session: RoleSession): Caller {
  const account = accountOf(session.roleArn);
  return {
    account,
    identity: {
      type: "AssumedRole",
      principalId: session.assumedRoleId,
      arn: session.sessionArn,
      accountId: account,
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: session.assumedRoleId.split(":")[0],
          arn: session.roleArn,
          accountId: account,
          userName: session.roleArn.split("/").at(-1),
        },
        attributes: {
          creationDate: atSeconds(session.beganAt),
          mfaAuthenticated: String(session.mfaAuthenticated),
        },
        ...(session.sourceIdentity === undefined ? {} : { sourceIdentity: session.sourceIdentity }),
      },
    },
  };
}

/** How a caller of one account appears in another account's records. */
export function foreignAccount({ account, identity }: Caller): Fields {
  return { type: "AWSAccount", principalId: identity["principalId"], accountId: account };
}

/** `2026-01-15T09:30:00Z`: CloudTrail's times have whole seconds. */
export function atSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** The account in an ARN; empty where it has none, as for buckets. */
export function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}

/** An id in AWS's format, always the same for the same thing. */
function inventedId(prefix: string, of: string): string {
  return prefix + createHash("sha256").update(of).digest("hex").slice(0, 17).toUpperCase();
}
