import { ownNames } from "../../lib/naming/own-names";
import type { Organization } from "../../organization/organization";
import type { AccountFacts, TrailFacts } from "../facts";
import type { AdoptFinding } from "./finding";

/** Source: CloudTrail pricing, management events: the first copy is free, each further one is billed. */
export const SECOND_COPY = "a second copy of management events costs $2 per 100,000 events, and is stored twice";

/** The organization trail of AWS Control Tower. Source: Control Tower User Guide, resources in the management account. */
export const CONTROL_TOWER_TRAIL = /^aws-controltower-/;

type Trails = Pick<AccountFacts, "name" | "id" | "names" | "trails">;

/**
 * The organization trail to use in place of one of Trailwatch's: of the management account, recording all management
 * events of all regions. Undefined when there is none, or the trails were not read. The one that the settings name
 * already stays.
 */
export function reusableTrail(
  { names, trails = [] }: Pick<AccountFacts, "names" | "trails">,
  { trail: { existing } }: Pick<Organization, "trail">,
): TrailFacts | undefined {
  const rank = (trail: TrailFacts): number =>
    (trail.name === existing?.name ? 0 : 4) +
    (CONTROL_TOWER_TRAIL.test(trail.name) ? 0 : 2) +
    (trail.logGroupArn === undefined ? 1 : 0);
  return othersOrganizationTrails(ownNames(names).prefix, trails)
    .filter((trail) => isRead(trail) && shortcomingsOf(trail).length === 0)
    .sort((one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1))[0];
}

/** What Trailwatch does about the organization's trail, and what else records the same events. */
export function trailFindings(
  management: Trails,
  chosen: TrailFacts | undefined,
  { trail: { dataEvents, existing } }: Organization,
): AdoptFinding[] {
  const { name: account, trails } = management;
  const own = ownNames(management.names);
  if (trails === undefined) return [];
  const others = othersOrganizationTrails(own.prefix, trails).filter((trail) => trail !== chosen);
  const finding = (verdict: AdoptFinding["verdict"], name: string, sentence: string, cost?: string): AdoptFinding => ({
    verdict,
    subject: "trail",
    account,
    name,
    sentence,
    ...(cost === undefined ? {} : { cost }),
  });

  const found: AdoptFinding[] = [];
  if (chosen !== undefined) {
    const insights = chosen.details?.insights ?? [];
    found.push(
      finding(
        "reuse",
        chosen.name,
        `It records all management events of all accounts and regions in ${chosen.homeRegion}` +
          `${insights.length === 0 ? ", without Insights events" : ""}: Trailwatch creates no organization trail.`,
        `an organization trail of Trailwatch besides it: ${SECOND_COPY}`,
      ),
    );
  } else if (others.every(isRead)) {
    found.push(
      finding(
        "create",
        own.organizationTrail,
        trails.some(({ name }) => name === own.organizationTrail)
          ? "It exists already, and no other organization trail can be used in its place."
          : "No organization trail records all management events of all regions, so Trailwatch creates one.",
        others.length === 0 ? undefined : SECOND_COPY,
      ),
    );
  }
  if (existing !== undefined && chosen?.name !== existing.name) {
    const named = others.find(({ name }) => name === existing.name);
    const reason = named === undefined ? "is no organization trail here" : shortcomingsOf(named).join(", and ");
    if (named === undefined || isRead(named)) {
      found.push(finding("collides", existing.name, `trail.existing names it, but it ${reason}.`));
    }
  }
  if (dataEvents.length > 0) {
    const missing = dataEvents
      .map(({ resourceType }) => resourceType)
      .filter((type) => chosen?.details?.dataEvents.includes(type) !== true);
    if (missing.length > 0) {
      found.push(
        finding(
          "create",
          own.dataTrail,
          `Data events (${[...new Set(missing)].join(", ")}) need a trail of their own.`,
        ),
      );
    }
  }
  return [
    ...found,
    ...others
      .filter((trail) => isRead(trail) && trail.name !== existing?.name)
      .map((trail) => {
        const shortcomings = shortcomingsOf(trail);
        return shortcomings.length === 0
          ? finding("found", trail.name, "A further organization trail records the same events.", SECOND_COPY)
          : finding("found", trail.name, `This organization trail cannot be used: it ${shortcomings.join(", and ")}.`);
      }),
  ];
}

/** Trails of single accounts, which record what the organization's trail records too. */
export function accountTrailFindings({ name: account, id, names, trails = [] }: Trails): AdoptFinding[] {
  return trails
    .filter(
      ({ owner, isOrganizationTrail, name, details }) =>
        owner === id &&
        !isOrganizationTrail &&
        !name.startsWith(ownNames(names).prefix) &&
        details?.managementEvents !== "none",
    )
    .map(({ name }) => ({
      verdict: "found",
      subject: "trail",
      account,
      name,
      sentence:
        "A trail of the account alone; the feed event-bus needs a trail that logs, of the account or the organization.",
      cost: `with an organization trail besides it, ${SECOND_COPY}`,
    }));
}

function othersOrganizationTrails(prefix: string, trails: readonly TrailFacts[]): TrailFacts[] {
  return trails.filter(({ isOrganizationTrail, name }) => isOrganizationTrail && !name.startsWith(prefix));
}

function isRead({ details }: TrailFacts): boolean {
  return details !== undefined;
}

function shortcomingsOf({ isMultiRegion, details }: TrailFacts): string[] {
  return [
    ...(isMultiRegion ? [] : ["records one region only"]),
    ...(details?.isLogging === false ? ["is stopped"] : []),
    ...(details?.managementEvents === "none" ? ["records no management events"] : []),
    ...(details?.managementEvents === "some" ? ["leaves out some management events"] : []),
  ];
}
