import { ORGANIZATION_TRAIL } from "../lib/naming/trails";
import type { Organization } from "../organization/organization";

/** Name of the trail that records the organization's management events: an existing one, or Trailwatch's own. */
export function organizationTrailOf({ trail }: Pick<Organization, "trail">): string {
  return trail.existing?.name ?? ORGANIZATION_TRAIL;
}
