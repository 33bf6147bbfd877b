import type { Detection, Pack } from "./detection";
import { access } from "./packs/access";
import { cis } from "./packs/cis";
import { compute } from "./packs/compute";
import { data } from "./packs/data";
import { dataEvents } from "./packs/data-events";
import { guard } from "./packs/guard";
import { identity } from "./packs/identity";
import { operations } from "./packs/operations";
import { organization } from "./packs/organization";
import { secrets } from "./packs/secrets";
import { watchers } from "./packs/watchers";

/** Every pack that an account can subscribe to, in reading order. */
export const PACKS: readonly Pack[] = [
  secrets,
  access,
  identity,
  data,
  dataEvents,
  compute,
  operations,
  watchers,
  organization,
  guard,
  cis,
];

/** A detection and the pack that it belongs to. */
export interface CatalogueEntry {
  readonly pack: Pack;
  readonly detection: Detection;
}

/** Every detection of every pack. */
export function allDetections(): CatalogueEntry[] {
  return PACKS.flatMap((pack) => pack.detections.map((detection) => ({ pack, detection })));
}

/** The detection with that id; undefined when there is none. */
export function findDetection(id: string): CatalogueEntry | undefined {
  return allDetections().find(({ detection }) => detection.id === id);
}
