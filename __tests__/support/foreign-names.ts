import { partitionOf, PARTITIONS, REGIONS, type PartitionId } from "../../lib/aws/partitions";
import type { SynthesizedResource } from "./variants";

const NAMES: Readonly<Record<PartitionId, readonly RegExp[]>> = {
  aws: namesOf("aws"),
  "aws-us-gov": namesOf("aws-us-gov"),
  // Names of services are the same in China, but for those with a region.
  "aws-cn": [...namesOf("aws-cn"), /\.amazonaws\.com\.cn\b/],
};

function namesOf(id: PartitionId): RegExp[] {
  const regions = [...PARTITIONS[id].regions].sort((one, other) => other.length - one.length);
  return [
    new RegExp(`\\barn:${id}:`),
    new RegExp(`\\b${PARTITIONS[id].consoleDomain.replaceAll(".", "\\.")}\\b`),
    new RegExp(`(?<![\\w-])(${regions.join("|")})(?![\\w-])`),
  ];
}

/** Where a resource names an ARN, console, region or domain of another partition than the one it is in. */
export function foreignNames(resources: readonly SynthesizedResource[]): string[] {
  const inAws = resources.filter(({ region }) => REGIONS.some((known) => known === region));
  return inAws.flatMap(({ stack, type, id, region, values }) => {
    const own = partitionOf(region);
    const text = JSON.stringify(values);
    const foreign = (Object.keys(NAMES) as PartitionId[])
      .filter((other) => other !== own)
      .flatMap((other) => NAMES[other]);
    const found = foreign.flatMap((name) => name.exec(text)?.[0] ?? []);
    return found.map((name) => `${stack}: ${type}.${id}: ${name}`);
  });
}
