import { unwatchedRegionUsed } from "../../detections/packs/organization/unwatched-region-used";
import { unwatchedRegions, watchedRegions, type Account, type Organization } from "../organization";
import type { Region } from "../../lib/aws/partitions";
import { choicesOf } from "./subscriptions";

/** The regions of the partition, by whether an account's detections see their events. */
export interface RegionCover {
  readonly watched: readonly Region[];
  readonly unwatched: readonly Region[];
  /** Name of the account that reports changes in the unwatched regions, from the organization trail; undefined: none. */
  readonly reportedBy?: string;
}

/** Which regions an account's detections see, and which account reports changes in the others. */
export function regionCoverOf(organization: Organization, account: Account): RegionCover {
  const reporting = organization.accounts.find((candidate) =>
    choicesOf(organization, candidate).some(
      ({ detection, off }) => detection.id === unwatchedRegionUsed.id && off === undefined,
    ),
  );
  return {
    watched: watchedRegions(organization, account),
    unwatched: unwatchedRegions(organization, account),
    ...(reporting === undefined ? {} : { reportedBy: reporting.name }),
  };
}

/** The regions in a line of text. */
export function regionCoverText({ watched, unwatched, reportedBy }: RegionCover): string {
  if (unwatched.length === 0) return "all";
  const report =
    reportedBy === undefined
      ? `no account has ${unwatchedRegionUsed.id} on`
      : `${reportedBy} reports changes there (${unwatchedRegionUsed.id})`;
  return `${watched.join(", ")}; not the others (${unwatched.length}): ${report}`;
}
