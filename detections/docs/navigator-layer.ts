import { ATTACK_TECHNIQUES, type TechniqueId } from "../attack-techniques";
import { allDetections } from "../catalogue";
import type { Severity } from "../detection";
import { KIND_OF_SEVERITY } from "../../lib/naming/alarm-description";

/** The detections that refer to a technique. */
export interface CoveredTechnique {
  readonly id: TechniqueId;
  readonly detections: readonly { readonly id: string; readonly severity: Severity }[];
  /** Whether one of them pages. */
  readonly pages: boolean;
}

/** Colours of the matrix and the layer. */
export const COVERAGE_COLOURS = { pages: "#1b7f4b", notice: "#a9d8bd", none: "#ffffff" } as const;

/** Every technique for AWS, in the order of its table, with the detections that refer to it. */
export function coveredTechniques(): readonly CoveredTechnique[] {
  return (Object.keys(ATTACK_TECHNIQUES) as TechniqueId[]).map((id) => {
    const detections = allDetections()
      .filter(({ pack, detection }) => pack.id !== "cis" && detection.references.mitre.includes(id))
      .map(({ detection }) => ({ id: detection.id, severity: detection.severity }));
    return { id, detections, pages: detections.some(({ severity }) => KIND_OF_SEVERITY[severity] === "alert") };
  });
}

/**
 * A layer for MITRE's ATT&CK Navigator: the score is the number of detections.
 *
 * Source: https://github.com/mitre-attack/attack-navigator, layer format 4.5
 */
export function navigatorLayer(): object {
  const techniques = coveredTechniques().filter(({ detections }) => detections.length > 0);
  return {
    name: "Trailwatch",
    versions: { attack: "16", navigator: "5.1.0", layer: "4.5" },
    domain: "enterprise-attack",
    description: "Detections of Trailwatch. Dark green: one of them pages. Light green: notices only.",
    filters: { platforms: ["IaaS", "Identity Provider"] },
    techniques: techniques.map(({ id, detections, pages }) => ({
      techniqueID: id,
      score: detections.length,
      color: pages ? COVERAGE_COLOURS.pages : COVERAGE_COLOURS.notice,
      comment: detections.map((detection) => `${detection.id} (${detection.severity})`).join(", "),
      enabled: true,
      showSubtechniques: id.includes("."),
    })),
    legendItems: [
      { label: "pages", color: COVERAGE_COLOURS.pages },
      { label: "notice", color: COVERAGE_COLOURS.notice },
    ],
  };
}
