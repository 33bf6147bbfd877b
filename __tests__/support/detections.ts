import { findDetection, PACKS } from "../../detections/catalogue";
import type { Detection, TunedDetection } from "../../detections/detection";
import type { Detections, PackId } from "../../organization/schema/schema";

/** The detection of that id. */
export function detectionNamed(id: string): Detection {
  const entry = findDetection(id);
  if (entry === undefined) throw new Error(`'${id}' must be in the catalogue`);
  return entry.detection;
}

/** The tuned detection of that id. */
export function tunedDetection(id: string): TunedDetection {
  const detection = detectionNamed(id);
  if ("patterns" in detection) throw new Error(`'${id}' must be tuned, and is frozen`);
  return detection;
}

/** What an account's file says so that these detections are on, and no others. */
export function only(...ids: readonly string[]): { packs: PackId[]; detections: Detections } {
  const packs = PACKS.filter(({ detections }) => detections.some(({ id }) => ids.includes(id)));
  const others = packs.flatMap(({ detections }) => detections.filter(({ id }) => !ids.includes(id)));
  return {
    packs: packs.map(({ id }) => id),
    detections: Object.fromEntries(others.map(({ id }) => [id, { enabled: false }])),
  };
}
