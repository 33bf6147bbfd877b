import { isNode, parseDocument, stringify } from "yaml";
import { editYaml, PLAINLY, setYaml, type YamlValue } from "../inventory/edit-yaml";
import { forwardedByDefault, type Organization } from "../organization/organization";
import type { BucketFacts, TrailFacts } from "./facts";
import type { DeniedRegion } from "./findings/denied-regions";
import { trailLogGroupOf } from "./findings/log-group";

/** The settings of `organization.yaml` that `adopt` writes. */
export interface Settings {
  readonly trail?: { readonly name: string; readonly region: string; readonly logGroup?: string };
  readonly archive?: {
    readonly bucket: string;
    readonly region: string;
    readonly keyArn?: string;
    readonly prefix?: string;
  };
  /** Regions to add to `omittedRegions`. */
  readonly omittedRegions?: readonly { readonly region: string; readonly reason: string }[];
  /** Regions to remove from `furtherRegions`. */
  readonly removedRegions?: readonly string[];
}

/** The settings for regions in which service control policies deny every deployment. */
export function regionSettings(
  denied: readonly DeniedRegion[],
  { furtherRegions, homeRegion }: Organization,
): Pick<Settings, "omittedRegions" | "removedRegions"> {
  const names = denied.map(({ region }) => region);
  const removedRegions = furtherRegions.filter((region) => names.includes(region));
  const omittedRegions = denied
    .filter(({ region }) => forwardedByDefault(homeRegion).some((global) => global === region))
    .map(({ region, policies }) => ({ region, reason: `Denied by service control policies: ${policies.join(", ")}` }));
  return {
    ...(omittedRegions.length === 0 ? {} : { omittedRegions }),
    ...(removedRegions.length === 0 ? {} : { removedRegions }),
  };
}

/** Settings of a trail or archive of Trailwatch's own, which an existing one must not have. */
const OF_OWN = {
  trail: ["logRetentionDays", "insights", "logFileNotifications", "dataEvents"],
  archive: [
    "bucket",
    "objectLock",
    "colderStorageAfterDays",
    "readerRoleArns",
    "denyWritesNotFromCloudTrail",
    "breakGlassRole",
  ],
} as const;

/** Settings that `adopt` does not always find. For the same trail or bucket, those of the user stay. */
const OF_USER = { trail: ["account"], archive: ["keyArn", "retentionDays"] } as const;

/** What a trail and an archive are known by. */
const NAMED_BY = { trail: "name", archive: "bucket" } as const;

/** Neither an alias, which can be moved, nor the id alone. */
const KEY_ARN = /^arn:[^:]+:kms:[^:]+:\d{12}:key\//;

/**
 * The settings for the trail to reuse.
 *
 * @param logArchive name of the log-archive account: only a bucket there is used as the archive
 */
export function settingsOf(
  trail: TrailFacts | undefined,
  bucket: BucketFacts | undefined,
  { organization, logArchive }: { readonly organization: Organization; readonly logArchive: string },
): Settings {
  if (trail === undefined) return {};
  const { name, homeRegion: region, prefix, keyArn } = trail;
  const logGroup = trailLogGroupOf(trail);
  const settings: Settings = { trail: { name, region, ...(logGroup === undefined ? {} : { logGroup }) } };
  if (keepsOwnArchive(trail, organization)) return settings;
  // Without an archive, the trail alone is no valid setting.
  if (bucket?.region === undefined || bucket.account !== logArchive) return {};
  return {
    ...settings,
    archive: {
      bucket: bucket.name,
      region: bucket.region,
      ...(keyArn !== undefined && KEY_ARN.test(keyArn) ? { keyArn } : {}),
      ...(prefix === undefined ? {} : { prefix }),
    },
  };
}

/** Whether trails of Trailwatch's remain, which deliver to an archive of Trailwatch's. */
export function keepsOwnArchive({ details }: TrailFacts, { trail: { dataEvents } }: Organization): boolean {
  const recorded = details?.dataEvents ?? [];
  return dataEvents.some(({ resourceType }) => !recorded.includes(resourceType));
}

/**
 * `organization.yaml` with the settings. Comments and all other settings stay, except those that only a trail or archive
 * of Trailwatch's has.
 *
 * @throws Error when the text is written so that they cannot be changed alone
 */
export function withSettings(text: string, settings: Settings): string {
  return withRegions(withTrailAndArchive(text, settings), settings);
}

function withRegions(text: string, { omittedRegions = [], removedRegions = [] }: Settings): string {
  const listIn = (setting: string): YamlValue[] => {
    const plain = Object(parseDocument(text, { logLevel: "error" }).toJS()) as Readonly<Record<string, unknown>>;
    return Array.isArray(plain[setting]) ? (plain[setting] as YamlValue[]) : [];
  };
  const further = listIn("furtherRegions").filter((region) => !removedRegions.some((removed) => removed === region));
  const without = removedRegions.length === 0 ? text : setYaml(text, ["furtherRegions"], further);
  if (omittedRegions.length === 0) return without;
  return setYaml(without, ["omittedRegions"], [...listIn("omittedRegions"), ...omittedRegions]);
}

function withTrailAndArchive(text: string, { trail, archive }: Settings): string {
  if (trail === undefined) return text;
  const withTrail = replaced(text, "trail", { ...trail }, archive === undefined);
  // Queries on an archive of Trailwatch's would miss the events of the existing trail.
  if (archive === undefined) return changed(withTrail, ["athena", "enabled"], false);
  return replaced(withTrail, "archive", { ...archive }, false);
}

/** As they stand in `organization.yaml`, to be copied by hand. */
export function settingsYaml(settings: Settings): string {
  const { trail, archive, omittedRegions } = settings;
  const parts = Object.entries({ trail, archive }).flatMap(([part, existing]) =>
    existing === undefined ? [] : [[part, { existing }] as const],
  );
  return stringify(
    { ...Object.fromEntries(parts), ...(omittedRegions === undefined ? {} : { omittedRegions }) },
    PLAINLY,
  );
}

function replaced(text: string, part: keyof typeof OF_OWN, existing: Existing, keepsData: boolean): string {
  const set = withExisting(text, part, existing);
  return OF_OWN[part]
    .filter((setting) => !(setting === "dataEvents" && keepsData))
    .reduce((result, setting) => changed(result, [part, setting], undefined), set);
}

type Existing = Readonly<Record<string, string>>;

/** Setting by setting, as the comments between them stay. */
function withExisting(text: string, part: keyof typeof OF_OWN, existing: Existing): string {
  const path = [part, "existing"];
  const present = valueAt(text, path);
  if (typeof present !== "object" || present === null) return changed(text, path, existing);
  const before = present as Readonly<Record<string, unknown>>;
  const isSame = before[NAMED_BY[part]] === existing[NAMED_BY[part]];
  const set = Object.entries(existing).reduce(
    (result, [setting, value]) => changed(result, [...path, setting], value),
    text,
  );
  return Object.keys(before)
    .filter((setting) => !(setting in existing) && !(isSame && OF_USER[part].some((kept) => kept === setting)))
    .reduce((result, setting) => changed(result, [...path, setting], undefined), set);
}

/** Unchanged where the setting has the value already, in any notation. Undefined removes it. */
function changed(text: string, path: readonly string[], value: Existing | string | boolean | undefined): string {
  const present = valueAt(text, path);
  if (present === value) return text;
  return value === undefined ? editYaml(text, { path, value }) : setYaml(text, path, value);
}

function valueAt(text: string, path: readonly string[]): unknown {
  const present: unknown = parseDocument(text, { logLevel: "error" }).getIn(path, false);
  return isNode(present) ? (present.toJSON() as unknown) : present;
}
