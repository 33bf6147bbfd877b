import { arnPrefix, bucketArn } from "../../lib/aws/partitions";
import { ALARMED_TYPES, ARN_BEGINNINGS } from "../../detections/packs/data-events/resource-types";
import { PLAIN_NAMES } from "../../lib/naming/own-resources";
import { accessLogBucketOf } from "../../lib/naming/archive-buckets";
import { statePlaceOf } from "../resolve/state";
import type { DataEvents, OrganizationFile } from "../schema/schema";
import type { Path, YamlFile } from "../yaml/yaml-file";
import type { Checked } from "./check";
import type { Problem } from "./problem";
import { repeats } from "./repeats";

const ONCE_ON_EACH_TRAIL = "a type may have one entry with 'alarms: true' and one without";

/** Problems of `trail.dataEvents`: above all entries that would silently record nothing. */
export function dataEventProblems({ file, valid }: Checked<OrganizationFile>): Problem[] {
  const entries = valid.trail?.dataEvents ?? [];
  const { homeRegion } = valid;
  const ownArns =
    homeRegion === undefined ? [] : ownBucketsOf(valid, homeRegion).map((name) => bucketArn(homeRegion, `${name}/`));
  return entries.flatMap((entry, index) => {
    const path = ["trail", "dataEvents", index];
    return [
      ...typeProblems(file, entries, index),
      ...ARN_LISTS.flatMap((list) => repeats(file, [...path, list], entry[list])),
      ...ARN_LISTS.flatMap((list) =>
        entry[list].flatMap((arn, at) => arnProblems(file, [...path, list, at], entry, { arn, homeRegion })),
      ),
      ...entry.includeArns.flatMap((arn, at) => {
        const place = [...path, "includeArns", at];
        return [...leftOutProblems(file, place, entry, arn), ...ownProblems(file, place, arn, ownArns)];
      }),
      ...entry.excludeArns.flatMap((arn, at) => uselessProblems(file, [...path, "excludeArns", at], entry, arn)),
    ];
  });
}

const ARN_LISTS = ["includeArns", "excludeArns"] as const;

/** A type may have one entry on each of the two trails of data events. */
function typeProblems(file: YamlFile, entries: readonly DataEvents[], index: number): Problem[] {
  const path = ["trail", "dataEvents", index];
  const { resourceType, includeArns = [], alarms } = entries[index] ?? {};
  const others = entries.filter((other, at) => at !== index && other.resourceType === resourceType);
  // Two selectors of one type on one trail are combined: the first would let through what the second excludes.
  if (entries.slice(0, index).some((other) => other.resourceType === resourceType && other.alarms === alarms)) {
    return [file.problem([...path, "resourceType"], "be listed once", { hint: ONCE_ON_EACH_TRAIL })];
  }
  if (alarms === true && !ALARMED_TYPES.some((type) => type === resourceType)) {
    const rule = `be a type that pack data-events evaluates: ${ALARMED_TYPES.join(", ")}`;
    return [file.problem([...path, "resourceType"], rule, { hint: "or remove 'alarms: true'" })];
  }
  if (alarms !== true || includeArns.length > 0 || others.every((other) => other.alarms)) return [];
  const rule = "choose resources by includeArns: the other entry of this type has no others left to record";
  return [file.problem(path, rule)];
}

/** CloudTrail compares the beginning letter by letter, and accepts what no resource of the type begins with. */
function arnProblems(
  file: YamlFile,
  path: Path,
  { resourceType }: DataEvents,
  { arn, homeRegion }: { readonly arn: string; readonly homeRegion: string | undefined },
): Problem[] {
  const service = Object.entries(ARN_BEGINNINGS).find(([type]) => type === resourceType)?.[1];
  // An ARN of another partition is reported as such.
  if (service === undefined || homeRegion === undefined || !arn.startsWith(`${arnPrefix(homeRegion)}:`)) return [];
  const beginning = `${arnPrefix(homeRegion)}:${service}`;
  if (arn.startsWith(beginning) || beginning.startsWith(arn)) return [];
  return [file.problem(path, `begin like the ARNs of ${resourceType}: ${beginning}`)];
}

/** Resources that are chosen, and of which nothing is recorded. */
function leftOutProblems(file: YamlFile, path: Path, { excludeArns }: DataEvents, arn: string): Problem[] {
  if (!excludeArns.some((excluded) => arn.startsWith(excluded))) return [];
  return [file.problem(path, "not be left out again by excludeArns", { hint: "remove one of the two" })];
}

function ownProblems(file: YamlFile, path: Path, arn: string, ownArns: readonly string[]): Problem[] {
  if (!ownArns.some((own) => arn.startsWith(own))) return [];
  const hint = "recording the writes of the logs themselves would never end, so it is always left out";
  return [file.problem(path, "be another bucket than those of the archive and the state", { hint })];
}

/** Resources that are left out of what is not chosen. */
function uselessProblems(file: YamlFile, path: Path, { includeArns }: DataEvents, arn: string): Problem[] {
  if (includeArns.length === 0 || includeArns.some((one) => arn.startsWith(one) || one.startsWith(arn))) return [];
  return [file.problem(path, "begin like one of includeArns: all else is left out already")];
}

/** Buckets, or parts of them, that take part in the logging. */
function ownBucketsOf(
  { archive, state, names = PLAIN_NAMES }: Checked<OrganizationFile>["valid"],
  homeRegion: OrganizationFile["homeRegion"],
): string[] {
  const place = state && statePlaceOf({ state, homeRegion, names });
  return [
    ...(archive?.bucket === undefined ? [] : [archive.bucket, accessLogBucketOf(archive.bucket)]),
    ...(archive?.existing === undefined ? [] : [archive.existing.bucket]),
    ...(place === undefined ? [] : [place.ownPart]),
  ];
}
