import type { Organization } from "../../organization/organization";
import type { NewIds } from "../accounts-copy";
import type { LocalAws } from "../aws-organization";
import type { Mailbox } from "../mailbox/mailbox";
import { controlTower } from "./control-tower";
import type { LandingZone, ZoneSettings } from "./landing-zone";
import { ownTrail } from "./own-trail";
import { ZoneSite } from "./zone-site";

/** Every landing zone that a sandbox can begin with. */
export const LANDING_ZONES: readonly LandingZone[] = [controlTower, ownTrail];

/** The organization has accounts, and nothing in them. */
export const NO_LANDING_ZONE = "none";

/** The landing zone of an id; undefined for none. */
export function landingZoneNamed(id: string): LandingZone | undefined {
  return LANDING_ZONES.find((zone) => zone.id === id);
}

/**
 * Rejects a start without the trail and archive that organization.yaml uses.
 *
 * @throws Error that names the setting and what to do
 */
export function checkLandingZone(zone: LandingZone | undefined, { trail, archive }: Organization): void {
  if (zone !== undefined) return;
  const used = [
    ...(trail.existing === undefined ? [] : ["'trail.existing'"]),
    ...(archive.existing === undefined ? [] : ["'archive.existing'"]),
  ];
  if (used.length === 0) return;
  throw new Error(
    `a sandbox with ${used.join(" and ")} must begin with a trail and an archive, got an empty organization: ` +
      `add --landing-zone ${LANDING_ZONES.map(({ id }) => id).join(" or ")}`,
  );
}

/** Where a landing zone is created. */
export interface ZonePlace {
  readonly described: Organization;
  readonly newIds: NewIds;
  readonly aws: LocalAws;
  readonly mailbox: Mailbox;
}

/** Creates a landing zone in an organization that has just been created. Returns the settings that use it. */
export async function createLandingZone(zone: LandingZone, place: ZonePlace): Promise<ZoneSettings> {
  const { described, newIds, aws, mailbox } = place;
  const known = (id: string): string => newIds.get(id) ?? id;
  const accounts = described.accounts.map((account) => ({ ...account, id: known(account.id) }));
  const site = new ZoneSite({ ...described, accounts, id: known(described.id) }, aws, mailbox);
  try {
    return await zone.create(site);
  } finally {
    site.destroy();
  }
}
