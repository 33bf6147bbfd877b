import type { OwnNames } from "../../lib/naming/own-names";
import { globalArn } from "../../lib/aws/partitions";
import type { PolicyStatement } from "../policy-document";

/** The repository whose workflows may enter, as GitHub's tokens identify it. */
export interface GithubRepository {
  /** `owner/name`. */
  readonly repository: string;
  /** GitHub's numeric id of the owner. */
  readonly ownerId: number;
  /** GitHub's numeric id of the repository. */
  readonly repositoryId: number;
}

/** Issuer of the tokens that GitHub gives to jobs. */
export const GITHUB_HOST = "token.actions.githubusercontent.com";
/** Audience that GitHub's tokens for AWS name. */
export const GITHUB_AUDIENCE = "sts.amazonaws.com";
/** Audience that HCP Terraform's tokens for AWS name. */
export const HCP_AUDIENCE = "aws.workload.identity";

/**
 * As long as the longest job of the workflows: credentials that expire before the job ends leave a state half-written.
 * Within a session, Terraform assumes the second role again whenever its hour is over.
 */
export const ENTRY_SESSION_SECONDS = 3 * 60 * 60;

/** Which jobs of the repository may enter. */
export interface GithubJobs {
  /** As at the end of the token's subject: `environment:production`, `pull_request`, `ref:refs/heads/main`. */
  readonly context: string;
  /**
   * Branch that the job must run on: an environment by itself admits any branch that its settings allow.
   *
   * @default - any; pull requests have no branch
   */
  readonly branch?: string | undefined;
}

/**
 * Jobs of one repository, in one context, compared without wildcards.
 *
 * Repositories created since July 2026 have a subject that also holds the ids of owner and repository; older ones have
 * only the names. Both are admitted, and the repository's id is required in either case, because a released name can be
 * taken by another owner. Source: IAM User Guide, "Available keys for AWS OIDC federation", GitHub (since 2026-01).
 */
export function githubTrust(
  place: { readonly accountId: string; readonly region: string },
  { repository, ownerId, repositoryId }: GithubRepository,
  { context, branch }: GithubJobs,
): PolicyStatement {
  const [owner = "", name = ""] = repository.split("/");
  return federated(place, GITHUB_HOST, "GithubJobs", {
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
 * Runs of Trailwatch's workspaces in one project, in both phases: a run plans and applies with the same role, because
 * its plan holds the provider's configuration.
 * Source: HCP Terraform, "Dynamic credentials with the AWS provider".
 */
export function hcpTerraformTrust(
  place: { readonly accountId: string; readonly region: string; readonly own: OwnNames },
  { hostname, organization, project }: HcpTerraformProject,
): PolicyStatement {
  const subject = `organization:${organization}:project:${project}:workspace:${place.own.workspaceName("*")}:run_phase`;
  return federated(place, hostname, "HcpTerraformRuns", {
    StringEquals: { [`${hostname}:aud`]: HCP_AUDIENCE },
    // A workspace's name has no ':' in it, so the wildcard ends where the name does.
    StringLike: { [`${hostname}:sub`]: [`${subject}:plan`, `${subject}:apply`] },
  });
}

function federated(
  place: { readonly accountId: string; readonly region: string },
  host: string,
  sid: string,
  condition: NonNullable<PolicyStatement["Condition"]>,
): PolicyStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Federated: globalArn(place.region, "iam", place.accountId, `oidc-provider/${host}`) },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  };
}
