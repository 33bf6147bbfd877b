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
import { abbreviated } from "../../../lib/support/abbreviated";
import { SEVERITY_TONES } from "../../tones";
import { aligned, leading, type Line } from "../../../lib/support/print";

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

/** More accounts of a pack are only counted. */
const SHOWN_ACCOUNTS = 4;

/** Columns of the table of accounts that a terminal may be too narrow for, in the order in which they are left out. */
const SPARE_COLUMNS = ["ROLE", "IGNORES", "ALARMS", "FEED"];

/** A line for each account: what is on there, and how much differs from the default; then where each pack is on. */
export function detectionsSummaryText(accounts: readonly AccountWithUsage[]): Line[] {
  const columns = ["ACCOUNT", "ROLE", "FEED", "ON", "TUNED", "IGNORES", "FILTERS", "ALARMS", "A MONTH"];
  const [head = "", ...rows] = aligned(
    [
      columns,
      ...accounts.map(({ name, role, feed, detections, usage }) => {
        const on = detections.filter((detection) => detection.on);
        return [
          name,
          role,
          feed.value,
          String(on.length),
          String(detections.filter(isTuned).length),
          String(on.reduce((sum, { ignore }) => sum + ignore.length, 0)),
          `${usage.metricFilters} of ${QUOTAS.metricFilters.limit}`,
          String(usage.alarms),
          `$${usage.monthlyDollars.toFixed(2)}`,
        ];
      }),
    ],
    { right: new Set([3, 4, 5, 6, 7, 8]), spare: SPARE_COLUMNS.map((column) => columns.indexOf(column)) },
  );
  return [
    { dim: head },
    ...rows,
    "",
    ...packLines(accounts),
    "",
    ...regionLines(accounts),
    { dim: "trailwatch detections <account> shows every setting and where it is set." },
  ];
}

/** A line for each pack: how many of its detections are on, and where. */
function packLines(accounts: readonly ExplainedAccount[]): Line[] {
  const packs = packsOf(accounts.flatMap(({ detections }) => detections));
  const [head = "", ...rows] = aligned([
    ["PACK", "DETECTIONS", "ON IN"],
    ...packs.map((pack) => {
      const counts = accounts.map(({ name, detections }) => {
        const ofPack = detections.filter((detection) => detection.pack === pack);
        return { name, on: ofPack.filter(({ on }) => on).length, all: ofPack.length };
      });
      const having = counts.filter(({ on }) => on > 0);
      const on = [...new Set(having.map((count) => count.on))].sort((one, other) => one - other);
      const all = Math.max(...counts.map((count) => count.all));
      const [least = 0, most = least] = [on[0], on.at(-1)];
      return [
        pack,
        having.length === 0 ? `${all} off` : `${least === most ? least : `${least} to ${most}`} of ${all}`,
        having.length === accounts.length && accounts.length > 1
          ? `all ${accounts.length} accounts`
          : abbreviated(
              having.map(({ name }) => name),
              SHOWN_ACCOUNTS,
            ) || "no account",
      ];
    }),
  ]);
  return [{ dim: head }, ...rows];
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
  const on = detections.filter((detection) => detection.on);
  const [head = "", ...lines] = aligned([
    ["DETECTION", "SEVERITY", "ALARM AT"],
    ...on.map(({ id: detection, settings }) => [`  ${detection}`, settings.severity.value, thresholdText(settings)]),
  ]);
  const line = new Map(on.map((detection, index) => [detection, lines[index] ?? ""]));

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
          if (!detection.on) return [];
          const severity = detection.settings.severity.value;
          return [
            leading(SEVERITY_TONES[severity], line.get(detection) ?? "", ` ${severity} `),
            ...periodLines(detection),
            ...settingLines(detection),
            ...alarmLines(detection),
            ...ignoreLines(detection),
          ];
        }),
        ...offLines(ofPack),
      ];
    }),
    ...pathAlarmLines(account),
    "",
    { dim: "Settings without 'set in' are the detection's defaults." },
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

/** `20 in 300 s`. */
function thresholdText({ threshold, periodSeconds }: ExplainedDetection["settings"]): string {
  return `${threshold.value} in ${periodSeconds.value} s`;
}

/** Below the table: few detections wait for several periods. */
function periodLines({ settings: { evaluationPeriods } }: ExplainedDetection): string[] {
  return evaluationPeriods.value === 1 ? [] : [`    alarms after ${evaluationPeriods.value} such periods in a row`];
}

/** Where the settings are that differ from the defaults. */
function settingLines(detection: ExplainedDetection): Line[] {
  const chosen = tuned(detection).map((key) => `${key} set in ${detection.settings[key].from}`);
  return chosen.length === 0 ? [] : [{ dim: `    ${chosen.join(", ")}` }];
}

/** Detections that are off: each reason once. */
function offLines(detections: readonly ExplainedDetection[]): Line[] {
  const reasons = new Map<string, string[]>();
  for (const { id, off, from, coveredBy } of detections) {
    if (off === undefined) continue;
    const why = coveredBy === undefined ? WHY_OFF[off] : `${WHY_OFF[off]} ${coveredBy}`;
    const reason = `${why}${from === "default" ? "" : ` (${from})`}`;
    reasons.set(reason, [...(reasons.get(reason) ?? []), id]);
  }
  return [...reasons].map(([reason, ids]) => ({ dim: `  off: ${ids.join(", ")}: ${reason}` }));
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

function packsOf(detections: readonly ExplainedDetection[]): string[] {
  return [...new Set(detections.map(({ pack }) => pack))];
}
