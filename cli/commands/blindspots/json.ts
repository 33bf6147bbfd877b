import { unaccepted, type Blindspots, type TriedCall } from "../../../blindspots/blindspots";

/** What `trailwatch blindspots --json` prints. */
export interface BlindspotsJson {
  readonly calls: readonly TriedCall[];
  readonly unknownTypes: readonly string[];
  /** Why nothing is deployed in a region, by region. */
  readonly omittedRegions: Readonly<Record<string, string>>;
  /** How many calls notify after their effect. */
  readonly noticed: number;
  /** How many are silent and accepted. */
  readonly accepted: number;
  /** How many are silent and not accepted. */
  readonly silent: number;
}

/** The calls as JSON, with their numbers. */
export function blindspotsJson(found: Blindspots): BlindspotsJson {
  return {
    noticed: found.calls.filter(({ notified }) => notified.length > 0).length,
    accepted: found.calls.filter(({ accepted }) => accepted !== undefined).length,
    silent: unaccepted(found).length,
    unknownTypes: found.unknownTypes,
    omittedRegions: found.omittedRegions,
    calls: found.calls,
  };
}
