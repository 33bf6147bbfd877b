import type { Organization } from "./organization";

/** What decides which data events raise alarms. */
type WithTrail = Pick<Organization, "trail">;

/** Whether the organization has a log group of data events. */
export function hasDataAlarms({ trail }: WithTrail): boolean {
  return trail.dataEvents.some(({ alarms }) => alarms);
}

/** The resource types whose data events raise alarms. */
export function alarmedResourceTypes({ trail }: WithTrail): string[] {
  return trail.dataEvents.filter(({ alarms }) => alarms).map(({ resourceType }) => resourceType);
}
