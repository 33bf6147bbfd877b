import type { PolicyStatement } from "../policy-document";

/** The repository whose workflows may enter, as GitHub's tokens name it. */
export interface GithubRepository {
  /** `owner/name`. */
  readonly repository: string;
  /** GitHub's number of the owner. */
  readonly ownerId: number;
  /** GitHub's number of the repository. */
  readonly repositoryId: number;
}

/** Issuer of the tokens that GitHub gives to jobs. */
export const GITHUB_HOST = "token.actions.githubusercontent.com";
/** Audience that GitHub's tokens for AWS name. */
export const GITHUB_AUDIENCE = "sts.amazonaws.com";
/** Audience that HCP Terraform's tokens for AWS name. */
export const HCP_AUDIENCE = "aws.workload.identity";

/**
 * As long as the longest job of the workflows: credentials that end before their job leave a state half-written. From
 * here Terraform assumes the second role again whenever its hour is over.
 */
export const ENTRY_SESSION_SECONDS = 3 * 60 * 60;

/** Which jobs of the repository get in. */
export interface GithubJobs {
  /** As the end of the token's subject has it: `environment:production`, `pull_request`, `ref:refs/heads/main`. */
  readonly context: string;
  /**
   * Branch that the job's code must be of: an environment by itself takes any branch that its settings let in.
   *
   * @default - any; pull requests have no branch
   */
  readonly branch?: string | undefined;
}

/**
 * Jobs of one repository, in one context, compared whole.
 *
 * Repositories made since July 2026 have a subject that also holds the numbers of owner and repository; older ones have
 * the names alone. Both are admitted, and the repository's number is asked for in either case: a name can be given up,
 * and taken by somebody else. Source: IAM User Guide, "Available keys for AWS OIDC federation", GitHub (since 2026-01).
 */
export function githubTrust(
  accountId: string,
  { repository, ownerId, repositoryId }: GithubRepository,
  { context, branch }: GithubJobs,
): PolicyStatement {
  const [owner = "", name = ""] = repository.split("/");
  return federated(accountId, GITHUB_HOST, "GithubJobs", {
    StringEquals: {
      [`${GITHUB_HOST}:aud`]: GITHUB_AUDIENCE,
      [`${GITHUB_HOST}:sub`]: [
        `repo:${repository}:${context}`,
        `repo:${owner}@${ownerId}/${name}@${repositoryId}:${context}`,
      ],
      [`${GITHUB_HOST}:repository_id`]: String(repositoryId),
      ...(branch === undefined ? {} : { [`${GITHUB_HOST}:ref`]: `refs/heads/${branch}` }),
    },
  });
}

/** Where on HCP Terraform runs may come from. */
export interface HcpTerraformProject {
  /** Such as `app.terraform.io`. */
  readonly hostname: string;
  readonly organization: string;
  readonly project: string;
}

/**
 * Runs of Trailwatch's workspaces in one project, in both phases: a run plans and applies as one and the same role, as its
 * plan holds the provider's configuration.
 * Source: HCP Terraform, "Dynamic credentials with the AWS provider".
 */
export function hcpTerraformTrust(
  accountId: string,
  { hostname, organization, project }: HcpTerraformProject,
): PolicyStatement {
  const subject = `organization:${organization}:project:${project}:workspace:trailwatch-*:run_phase`;
  return federated(accountId, hostname, "HcpTerraformRuns", {
    StringEquals: { [`${hostname}:aud`]: HCP_AUDIENCE },
    // A workspace's name has no ':' in it, so that the wildcard ends where the name does.
    StringLike: { [`${hostname}:sub`]: [`${subject}:plan`, `${subject}:apply`] },
  });
}

function federated(
  accountId: string,
  host: string,
  sid: string,
  condition: NonNullable<PolicyStatement["Condition"]>,
): PolicyStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${host}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  };
}
