import { PACKS } from "../../../detections/catalogue";
import { heartbeat } from "../../../detections/packs/guard/heartbeat";
import { pathAlarmsOf } from "../../../detections/path-alarms";
import { QUOTAS } from "../../../lib/aws/quotas";
import type { AccountUsage } from "../../../stacks/account-usage";
import { counted } from "../../../lib/support/counted";
import { printableLine } from "../../../lib/support/printable";
import { regionCoverText } from "../../../organization/resolve/region-cover";
import { SETTINGS, type ExplainedAccount, type ExplainedDetection } from "../../../organization/resolve/explain";
import { ignoreTests, type IgnoreTest } from "../../../organization/schema/schema";
import { aligned, type Line } from "../../../lib/support/print";

const WHY_OFF = {
  pack: "its pack is off",
  enabled: "turned off",
  feed: "needs feed organization-trail",
  "data events": "needs data events with 'alarms: true', in the management account",
  idle: "nothing to watch here",
  covered: "covered by",
} as const;

/** An account with what its detections take of the quota, and cost. */
type AccountWithUsage = ExplainedAccount & { readonly usage: AccountUsage };

/** A line for each account: how many detections of each pack are on, and how many differ from the default. */
export function detectionsSummaryText(accounts: readonly AccountWithUsage[]): Line[] {
  const packs = packsOf(accounts.flatMap(({ detections }) => detections));
  const [head = "", ...rows] = aligned([
    [
      "ACCOUNT",
      "ROLE",
      "FEED",
      ...packs.map((pack) => pack.toUpperCase()),
      "TUNED",
      "IGNORES",
      "FILTERS",
      "ALARMS",
      "A MONTH",
    ],
    ...accounts.map(({ name, role, feed, detections, usage }) => {
      const on = detections.filter((detection) => detection.on);
      return [
        name,
        role,
        feed.value,
        ...packs.map((pack) => onOf(detections.filter((detection) => detection.pack === pack))),
        String(detections.filter(isTuned).length),
        String(on.reduce((sum, { ignore }) => sum + ignore.length, 0)),
        `${usage.metricFilters} of ${QUOTAS.metricFilters.limit}`,
        String(usage.alarms),
        `$${usage.monthlyDollars.toFixed(2)}`,
      ];
    }),
  ]);
  return [
    { dim: head },
    ...rows,
    "",
    ...regionLines(accounts),
    { dim: "trailwatch detections <account> shows every setting and where it is set." },
  ];
}

/** The regions that accounts watch, a line for each feed that does not deliver the events of all. */
function regionLines(accounts: readonly ExplainedAccount[]): string[] {
  const limited = accounts.filter(({ regions }) => regions.unwatched.length > 0);
  return [
    ...new Set(
      limited.map(({ feed, regions }) => `Accounts with feed ${feed.value} watch ${regionCoverText(regions)}.`),
    ),
  ];
}

/** Every detection of an account, with each configured value and its location. */
export function accountText(account: AccountWithUsage): Line[] {
  const { name, id, role, organizationalUnit, feed, packs, regions, detections, usage } = account;
  const rows = aligned([
    ["DETECTION", ...SETTINGS, "SET IN"],
    ...detections.map((detection) => [`  ${detection.id}`, ...cells(detection)]),
  ]);
  const [head = "", ...lines] = rows;
  const line = new Map(detections.map((detection, index) => [detection, lines[index] ?? ""]));

  return [
    [name, id, role, ...(organizationalUnit === undefined ? [] : [organizationalUnit])].join("  "),
    `feed: ${feed.value}  (${feed.from})`,
    `packs: ${packs.value.join(", ") || "none"}  (${packs.from})`,
    `regions: ${regionCoverText(regions)}`,
    `metric filters: ${usage.metricFilters} of ${QUOTAS.metricFilters.limit}  alarms: ${usage.alarms}, $${usage.monthlyDollars.toFixed(2)} a month with their metrics`,
    "",
    { dim: head },
    ...packsOf(detections).flatMap((pack): Line[] => {
      const ofPack = detections.filter((detection) => detection.pack === pack);
      const description = descriptionLines(pack);
      if (ofPack.every(({ off }) => off === "data events")) {
        const why = role === "management" ? ", no entry of trail.dataEvents has 'alarms: true'" : "";
        return [{ dim: `${pack}: off, ${counted(ofPack.length, "detection")}${why}` }, ...description];
      }
      if (ofPack.every(({ off }) => off === "pack")) {
        return [{ dim: `${pack}: off, ${counted(ofPack.length, "detection")}` }, ...description];
      }
      return [
        pack,
        ...description,
        ...ofPack.flatMap((detection): Line[] => {
          const text = line.get(detection) ?? "";
          return detection.on ? [text, ...alarmLines(detection), ...ignoreLines(detection)] : [{ dim: text }];
        }),
      ];
    }),
    ...pathAlarmLines(account),
    "",
    { dim: "Settings that 'SET IN' does not list are the detection's defaults." },
  ];
}

/** What a pack watches, and which accounts have it by default. */
function descriptionLines(id: string): Line[] {
  const pack = PACKS.find((candidate) => candidate.id === id);
  return pack === undefined ? [] : [{ dim: `  ${pack.description}` }];
}

/** Alarms of pack `guard` that are no detections. */
function pathAlarmLines({ packs, feed, detections }: ExplainedAccount): Line[] {
  const hasHeartbeat = detections.some(({ id, on }) => id === heartbeat.id && on);
  const alarms = pathAlarmsOf({ packs: packs.value, feed: feed.value, hasHeartbeat });
  if (alarms.length === 0) return [];
  const rows = aligned([
    ["ALARM ON THE SIGNAL PATH", "severity"],
    ...alarms.map(({ id, severity }) => [`  ${id}`, severity]),
  ]);
  const [head = "", ...lines] = rows;
  return ["", { dim: head }, ...lines];
}

function cells(detection: ExplainedDetection): string[] {
  const { off, from, settings, coveredBy } = detection;
  if (off !== undefined) {
    const why = coveredBy === undefined ? WHY_OFF[off] : `${WHY_OFF[off]} ${coveredBy}`;
    return ["off", ...SETTINGS.slice(1).map(() => ""), `${why}${from === "default" ? "" : ` (${from})`}`];
  }
  const chosen = tuned(detection).map((key) => `${key} ${settings[key].from}`);
  return [...SETTINGS.map((key) => String(settings[key].value)), chosen.join(", ") || "default"];
}

function alarmLines({ alarm }: ExplainedDetection): Line[] {
  if (alarm === undefined) return [];
  return [`    by anomaly detection, band width ${alarm.value.bandWidth}, in place of the threshold  (${alarm.from})`];
}

function ignoreLines({ ignore }: ExplainedDetection): Line[] {
  return ignore.flatMap((entry) => [
    `    ignores ${ignoreTests(entry).map(ignoreText).join(" and ")}  (${entry.from})`,
    { dim: `      ${entry.until === undefined ? "" : `until ${entry.until}: `}${printableLine(entry.reason)}` },
  ]);
}

function ignoreText({ field, equals, matches, ipAddress }: IgnoreTest): string {
  if (equals !== undefined) return `${field} = '${printableLine(equals)}'`;
  return matches === undefined ? `${field} in ${ipAddress ?? ""}` : `${field} like '${printableLine(matches)}'`;
}

function tuned({ settings }: ExplainedDetection): (typeof SETTINGS)[number][] {
  return SETTINGS.filter((key) => settings[key].from !== "default");
}

function isTuned(detection: ExplainedDetection): boolean {
  const isSet = tuned(detection).length > 0 || detection.alarm !== undefined;
  return detection.off === "enabled" || (detection.on && isSet);
}

function onOf(detections: readonly ExplainedDetection[]): string {
  const on = detections.filter((detection) => detection.on).length;
  return on === 0 ? "off" : `${on} of ${detections.length}`;
}

function packsOf(detections: readonly ExplainedDetection[]): string[] {
  return [...new Set(detections.map(({ pack }) => pack))];
}
