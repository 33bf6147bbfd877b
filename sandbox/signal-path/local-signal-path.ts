import { forwardedRegions, type Organization } from "../../organization/organization";
import { SignalPath, type SignalPathOptions } from "./signal-path";

/** The signal path of a whole organization, in every region that it watches. */
export function localSignalPath(
  organization: Organization,
  options: Omit<SignalPathOptions, "organizationId" | "hasAlertHub" | "accounts" | "regions">,
): SignalPath {
  return new SignalPath({
    ...options,
    organizationId: organization.id,
    hasAlertHub: organization.alertHub !== undefined,
    names: organization.names,
    accounts: organization.accounts.map(({ id, name }) => ({ id, name })),
    regions: [organization.homeRegion, ...forwardedRegions(organization)],
  });
}
