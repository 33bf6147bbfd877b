import type { DetectionTuning } from "../signals";
import { ignoreYaml } from "./account-changes";
import { principalsIn } from "./alarm-list";
import type { Advice } from "./report-data";
import type { TextTable } from "./text-table";

const MAX_NOISE = 8;
const MAX_LOST = 50;

/** A tuning's advice about a detection. */
export function adviceOf(tuning: DetectionTuning, texts: TextTable): Advice {
  const { verdict, reason, budgetPerWeek, recommended, then, sharpest, noise, incidents, noLongerRaised } = tuning;
  const listed = noise.filter(({ isChosen }, number) => isChosen || number < MAX_NOISE);
  return {
    ...{ verdict, reason, budgetPerWeek, then, incidents },
    ...(recommended && {
      recommended: { threshold: recommended.threshold, periodSeconds: recommended.periodSeconds },
    }),
    noLongerRaised: noLongerRaised
      .slice(-MAX_LOST)
      .reverse()
      .map(({ at, until, events, principals, partOf }) => ({
        ...{ at, until, events, partOf },
        ...principalsIn(principals, texts),
      })),
    noLongerRaisedLeftOut: Math.max(0, noLongerRaised.length - MAX_LOST),
    ...(tuning.caution !== undefined && { caution: tuning.caution }),
    sharpest,
    offersAnomalyDetection: tuning.offersAnomalyDetection,
    noise: listed.map((entry) => {
      const { id, field, equals, removes, alarmsAfter, hides, isChosen } = entry;
      return { id, field, equals, removes, alarmsAfter, hides, isChosen, yaml: ignoreYaml([entry]) };
    }),
    noiseLeftOut: noise.length - listed.length,
    ...(tuning.seasons.busyHours === undefined && !tuning.seasons.isWeekly ? {} : { season: tuning.seasons }),
  };
}
