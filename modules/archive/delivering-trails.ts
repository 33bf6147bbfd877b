import type { PolicyStatement } from "../policy-document";

/** A trail that delivers into the archive. */
export interface DeliveringTrail {
  /** The 12-digit id of the account that owns the trail: for an organization trail the management account. */
  readonly accountId: string;
  /** ARN of the trail, computed: the trail can only be created once the archive admits it. */
  readonly arn: string;
}

/** The trails that deliver into the archive. */
export interface DeliveringTrails {
  /** `o-…`; the organization of all trails. */
  readonly organizationId: string;
  /** Trails of the whole organization; they write under the organization's id and their owner's. */
  readonly organizationTrails: readonly DeliveringTrail[];
  /** Trails of single accounts; each writes under its account's id. */
  readonly accountTrails: readonly DeliveringTrail[];
}

/**
 * As many account trails are named one by one in the archive's policies, which fit with the longest names. More of them
 * are admitted by their name in any account of the organization.
 */
export const MOST_NAMED_ACCOUNT_TRAILS = 25;

/** Trails that a policy names, and the ARNs of others with `*` in place of the account. */
interface AdmittedTrails {
  readonly named: readonly DeliveringTrail[];
  /** Empty: all are named. */
  readonly patterns: readonly string[];
}

/** How the archive's policies admit account trails. */
export function admittedAccountTrails({ accountTrails }: DeliveringTrails): AdmittedTrails {
  if (accountTrails.length <= MOST_NAMED_ACCOUNT_TRAILS) return { named: accountTrails, patterns: [] };
  const patterns = accountTrails.map(({ accountId, arn }) => arn.replace(`:${accountId}:`, ":*:"));
  return { named: [], patterns: [...new Set(patterns)] };
}

/**
 * Condition of a request that CloudTrail makes for a trail of these names in the organization.
 * Source: AWS Control Tower User Guide, "Amazon S3 bucket policy in the audit account"; IAM User Guide, `aws:SourceOrgID`.
 */
export function inOrganization(organizationId: string, patterns: readonly string[]) {
  return {
    StringEquals: { "aws:SourceOrgID": organizationId },
    ArnLike: { "aws:SourceArn": [...patterns] },
  } satisfies PolicyStatement["Condition"];
}
