import type { Detection } from "../../detections/detection";
import { GLOBAL_SERVICES, globalRegionOf, type Region } from "../../lib/aws/partitions";
import { FEEDS } from "../../lib/naming/feeds";
import { abbreviated } from "../../lib/support/abbreviated";
import { counted } from "../../lib/support/counted";
import { printableLine } from "../../lib/support/printable";
import type { Organization } from "../organization";
import { regionCoverOf } from "./region-cover";
import { subscriptionsOf } from "./subscriptions";

/** What is not seen because of an entry of `omittedRegions`, and what sees it instead: an accepted limit. */
export interface OmittedRegion {
  readonly region: Region;
  readonly reason: string;
  /** Global services that record their events there, by the names in CloudTrail's event sources. */
  readonly services: readonly string[];
  /** Names of the accounts whose own detections get none of these events. */
  readonly accounts: readonly string[];
  /** Ids of detections that are on in one of them and need these services' events: they never match there. */
  readonly blind: readonly string[];
  /** The same for detections that also match events of other services. */
  readonly partlyBlind: readonly string[];
  /** The account that gets all events of the region from the organization trail; undefined: none. */
  readonly organizationTrailIn: string | undefined;
  /** The account whose detection unwatched-region-used reports what accounts change there; undefined: none. */
  readonly reportedBy: string | undefined;
}

/** The accepted limits of an organization, one for each omitted region. */
export function omittedRegionsOf(organization: Organization): OmittedRegion[] {
  return organization.omittedRegions.map(({ region, reason }) => {
    const services = GLOBAL_SERVICES.filter((service) => globalRegionOf(service, region) === region);
    const blind = organization.accounts.filter(({ feed }) => FEEDS[feed].regions !== "all");
    const detections = blind.flatMap((account) =>
      subscriptionsOf(organization, account).map(({ detection }) => detection),
    );
    const blindness = new Map(detections.map((detection) => [detection.id, blindnessOf(detection, services)]));
    const having = (kind: Blindness) => [...blindness].filter(([, one]) => one === kind).map(([id]) => id);
    const trailIn = organization.accounts.find(({ feed }) => FEEDS[feed].events === "organization");
    const reportedBy = blind[0] && regionCoverOf(organization, blind[0]).reportedBy;
    return {
      region,
      reason,
      services,
      accounts: blind.map(({ name }) => name),
      blind: having("blind"),
      partlyBlind: having("partly"),
      organizationTrailIn: trailIn?.name,
      reportedBy,
    };
  });
}

type Blindness = "blind" | "partly" | "none";

/** By the services of a detection's examples, of which each alternative of its condition has one. */
function blindnessOf({ examples }: Detection, services: readonly string[]): Blindness {
  const sources = examples.matches.map(({ eventSource }) => String(eventSource).replace(/\.amazonaws\.com$/, ""));
  const unseen = sources.filter((source) => services.includes(source));
  if (unseen.length === 0) return "none";
  return unseen.length === sources.length ? "blind" : "partly";
}

/** Names in a line of text are few; `--json` of verify has all. */
const SHOWN = 4;

/** An accepted limit in lines of text. */
export function omittedRegionText(omitted: OmittedRegion): string[] {
  const { region, reason, services, accounts, blind, partlyBlind, organizationTrailIn, reportedBy } = omitted;
  const where = accounts.length === 0 ? "" : ` of ${abbreviated(accounts, SHOWN)}`;
  const seen = [
    "the archive",
    ...(organizationTrailIn === undefined
      ? []
      : [`${organizationTrailIn} by detections of scope organization, from the organization trail`]),
    ...(reportedBy === undefined ? [] : [`unwatched-region-used in ${reportedBy}`]),
    "accounts with feed account-trail",
  ];
  return [
    `${region} is omitted: ${printableLine(reason)}`,
    `  not seen there${where}: events of ${services.join(", ")}, sign-ins of root, and what else happens in the region`,
    ...(blind.length === 0 ? [] : [`  ${counted(blind.length, "detection")} without any events: ${blind.join(", ")}`]),
    ...(partlyBlind.length === 0
      ? []
      : [`  ${counted(partlyBlind.length, "detection")} without some events: ${partlyBlind.join(", ")}`]),
    "  the witness does not see calls of iam and organizations",
    `  still seen: ${seen.join("; ")}`,
  ];
}
