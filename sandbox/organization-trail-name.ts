import { ownNames } from "../lib/naming/own-names";
import type { Organization } from "../organization/organization";

/** Name of the trail that records the organization's management events: an existing one, or Trailwatch's own. */
export function organizationTrailOf({ names, trail }: Pick<Organization, "names" | "trail">): string {
  return trail.existing?.name ?? ownNames(names).organizationTrail;
}
