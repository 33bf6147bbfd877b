import { missingService, partitionOf, partitionRegions, PARTITIONS, type Feature } from "../../lib/aws/partitions";
import { bucketStateOf } from "../resolve/state";
import type { AccountFile, OrganizationFile } from "../schema/schema";
import type { Path, YamlFile } from "../yaml/yaml-file";
import type { Checked } from "./check";
import type { Problem } from "./problem";

/** The partition and region of an ARN, or of the beginning of one; no partition where a wildcard stands for it. */
const ARN = /^arn:(aws[a-z-]*):[^:]*(?::([a-z0-9-]*):)?/;

/** Settings that lead out of the partition of the home region, and those that AWS does not offer in it. */
export function partitionProblems(
  organization: Checked<OrganizationFile>,
  accounts: readonly Checked<AccountFile>[],
): Problem[] {
  const { homeRegion } = organization.valid;
  if (homeRegion === undefined) return [];
  return [
    ...foreignRegions(organization, homeRegion),
    ...missingFeatures(organization, homeRegion),
    ...[organization, ...accounts].flatMap(({ file, valid }) =>
      Object.entries(valid).flatMap(([key, value]) => foreignArns(file, [key], value, homeRegion)),
    ),
  ];
}

function foreignRegions({ file, valid }: Checked<OrganizationFile>, homeRegion: string): Problem[] {
  const regions = partitionRegions(homeRegion);
  const rule = `be a region of ${titleOf(homeRegion)}, the partition of homeRegion`;
  const hint = regions.length > 2 ? undefined : `there are ${regions.join(" and ")}`;
  const places: readonly (readonly [Path, string | undefined])[] = [
    ...(valid.furtherRegions ?? []).map((region, index) => [["furtherRegions", index], region] as const),
    ...(valid.omittedRegions ?? []).map(({ region }, index) => [["omittedRegions", index, "region"], region] as const),
    [["archive", "existing", "region"], valid.archive?.existing?.region],
    [["state", "existing", "region"], bucketStateOf(valid.state)?.existing?.region],
  ];
  return places.flatMap(([path, region]) =>
    region === undefined || regions.some((known) => known === region) ? [] : [file.problem(path, rule, { hint })],
  );
}

/** Whether a feature is configured. One without an entry does not compile. */
const IS_USED: Readonly<Record<Feature, (alertHub: OrganizationFile["alertHub"]) => boolean>> = {
  "alertHub.chat": (alertHub) => Object.keys(alertHub?.chat ?? {}).length > 0,
  "alertHub.webhooks": (alertHub) => (alertHub?.webhooks ?? []).length > 0,
};

function missingFeatures({ file, valid }: Checked<OrganizationFile>, homeRegion: string): Problem[] {
  return (Object.keys(IS_USED) as Feature[]).flatMap((feature) => {
    const service = missingService(homeRegion, feature);
    if (service === undefined || !IS_USED[feature](valid.alertHub)) return [];
    const rule = `be left out: ${titleOf(homeRegion)}, the partition of homeRegion, lacks ${service}`;
    const hint = "use subscribers of 'notifications' instead: email, https or sqs";
    return [file.problem(feature.split("."), rule, { hint, atKey: true })];
  });
}

/** ARNs that are in another partition, or name a region of another one: nothing there can be reached. */
function foreignArns(file: YamlFile, path: Path, value: unknown, homeRegion: string): Problem[] {
  if (typeof value === "string") {
    const [, partition, region = ""] = ARN.exec(value) ?? [];
    const home = partitionOf(homeRegion);
    if (partition === undefined || (partition === home && (region === "" || partitionOf(region) === home))) return [];
    return [file.problem(path, `be an ARN of ${titleOf(homeRegion)}, the partition of homeRegion: arn:${home}:…`)];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    foreignArns(file, [...path, Array.isArray(value) ? Number(key) : key], part, homeRegion),
  );
}

function titleOf(region: string): string {
  return PARTITIONS[partitionOf(region)].title;
}
