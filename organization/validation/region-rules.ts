import { partitionOf, type Region } from "../../lib/aws/partitions";
import { forwardedByDefault } from "../organization";
import type { OrganizationFile } from "../schema/schema";
import type { Checked } from "./check";
import type { Problem } from "./problem";
import { repeats } from "./repeats";

/** Problems of `furtherRegions` and `omittedRegions` within a partition; see `partitionProblems` for regions of others. */
export function regionProblems({ file, valid }: Checked<OrganizationFile>): Problem[] {
  const { homeRegion, furtherRegions = [], omittedRegions = [] } = valid;
  const omitted = omittedRegions.map(({ region }) => region);
  return [
    ...furtherRegions.flatMap((region, index) =>
      region === homeRegion ? [file.problem(["furtherRegions", index], "be another region than homeRegion")] : [],
    ),
    ...omitted.flatMap((region, index) => {
      const rule = homeRegion === undefined ? undefined : omissionRule(region, homeRegion, furtherRegions);
      return rule === undefined ? [] : [file.problem(["omittedRegions", index, "region"], rule)];
    }),
    ...repeats(file, ["furtherRegions"], furtherRegions),
    ...repeats(file, ["omittedRegions"], omitted, ["region"]),
  ];
}

/** What a region to omit is not: one in which something would be deployed otherwise, without being asked for. */
function omissionRule(region: Region, homeRegion: Region, furtherRegions: readonly Region[]): string | undefined {
  if (region === homeRegion) return "be another region than homeRegion, where everything is deployed";
  if (furtherRegions.includes(region)) return "not be in furtherRegions at the same time";
  const possible = forwardedByDefault(homeRegion);
  if (possible.includes(region) || partitionOf(region) !== partitionOf(homeRegion)) return undefined;
  const why = "nothing is deployed in regions besides homeRegion and furtherRegions";
  return possible.length === 0
    ? `be left out: with this homeRegion, ${why}`
    : `be ${possible.join(" or ")}, the region of global services: else ${why}`;
}
