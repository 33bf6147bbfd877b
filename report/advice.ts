import type { DetectionTuning } from "../signals";
import { ignoreYaml } from "./account-changes";
import type { Advice } from "./report-data";

const MAX_NOISE = 8;

/** A tuning's advice about a detection. */
export function adviceOf(tuning: DetectionTuning): Advice {
  const { verdict, reason, budgetPerWeek, recommended, then, sharpest, noise, incidents } = tuning;
  const listed = noise.filter(({ isChosen }, number) => isChosen || number < MAX_NOISE);
  return {
    ...{ verdict, reason, budgetPerWeek, then, incidents },
    ...(recommended && {
      recommended: { threshold: recommended.threshold, periodSeconds: recommended.periodSeconds },
    }),
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
