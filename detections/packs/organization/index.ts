import type { Pack } from "../../detection";
import { costlyServiceOpened } from "./costly-service-opened";
import { domainOrResourceHandedOver } from "./domain-or-resource-handed-over";
import { identityCenterChanged } from "./identity-center-changed";
import { organizationExtended } from "./organization-extended";
import { unwatchedRegionUsed } from "./unwatched-region-used";

/** What happens in any account and is rare everywhere: one alarm for the organization, from the organization trail. */
export const organization: Pack = {
  id: "organization",
  description:
    "What only the management account can see or do, such as changes of regions and domains. On by default in the management account, whose trail records all accounts.",
  title: "The organization as a whole",
  detections: [
    unwatchedRegionUsed,
    organizationExtended,
    identityCenterChanged,
    domainOrResourceHandedOver,
    costlyServiceOpened,
  ],
};
