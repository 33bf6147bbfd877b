import { policyArn } from "../lib/aws/partitions";
import { BOUNDARY, ownRole } from "../lib/naming/role-names";
import type { WatchedAccount } from "../detections/detection";
import type { Organization } from "../organization/organization";

/** Path and name of that policy. */
function boundaryPolicy({ iam }: Organization): string {
  return iam.permissionsBoundary?.replace(/^arn:[^/]*:policy\//, "") ?? ownRole(iam, BOUNDARY);
}

/**
 * ARN of the policy that is the permissions boundary of Trailwatch's roles in an account, where they have one.
 *
 * A role has one boundary. That of `iam` takes the place of Trailwatch's own, which is for deployments by CI.
 */
export function boundaryArn(organization: Organization, accountId: string): string {
  const { permissionsBoundary = "" } = organization.iam;
  return permissionsBoundary.startsWith("arn:")
    ? permissionsBoundary
    : policyArn(organization.homeRegion, accountId, boundaryPolicy(organization));
}

/** How detections and rules recognize Trailwatch's roles and their boundary. */
export function ownRoleNames(organization: Organization): Pick<WatchedAccount, "rolePrefix" | "roleBoundary"> {
  const { namePrefix } = organization.iam;
  const boundary = boundaryPolicy(organization);
  return {
    ...(namePrefix === "" ? {} : { rolePrefix: namePrefix }),
    ...(boundary === BOUNDARY ? {} : { roleBoundary: boundary }),
  };
}
