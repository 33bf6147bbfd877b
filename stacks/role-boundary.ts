import { ownNames } from "../lib/naming/own-names";
import { PLAIN_NAMES } from "../lib/naming/own-resources";
import { policyArn } from "../lib/aws/partitions";
import { ownRole } from "../lib/naming/role-names";
import type { WatchedAccount } from "../detections/detection";
import type { Organization } from "../organization/organization";

/** Path and name of that policy. */
function boundaryPolicy({ iam, names }: Organization): string {
  return iam.permissionsBoundary?.replace(/^arn:[^/]*:policy\//, "") ?? ownRole(iam, ownNames(names).boundary);
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
export function ownRoleNames(
  organization: Organization,
): Pick<WatchedAccount, "names" | "rolePrefix" | "roleBoundary"> {
  const { iam, names } = organization;
  const { namePrefix } = iam;
  const boundary = boundaryPolicy(organization);
  return {
    ...(names.prefix === PLAIN_NAMES.prefix ? {} : { names }),
    ...(namePrefix === "" ? {} : { rolePrefix: namePrefix }),
    ...(boundary === ownNames(names).boundary ? {} : { roleBoundary: boundary }),
  };
}
