import { principalName } from "../lib/naming/principal-name";
import { SEVERITIES } from "../lib/naming/severity";
import { counted } from "../lib/support/counted";
import { bySeverityThenCount, type Ranked } from "./severity";

const MAX_NAME = 80;

/** A detection of an account, as far as the sentence needs it. */
export interface SaidDetection extends Ranked {
  /** Alarms with the recommended settings. @default - as now */
  readonly then?: number;
  readonly isProposed?: boolean;
  /** Whether entries to ignore are chosen. */
  readonly isIgnoring?: boolean;
}

/** What happened, for the sentence at the top of a report. Times are milliseconds since 1970. */
export interface Happened {
  readonly kind: "replay" | "tune";
  /** Records in the requested time. */
  readonly records: number;
  /** Those of them whose account is not in the organization. @default 0 */
  readonly unknown?: number;
  /** Records outside of the requested time. @default 0 */
  readonly outOfTime?: number;
  readonly detections: readonly SaidDetection[];
  /** Names of all evaluated accounts. */
  readonly accounts: number;
  /** Times of the first and the last alarm, or of the matches where there is no alarm. */
  readonly first?: number;
  readonly last?: number;
  /** Files that were not read, or not completely. */
  readonly unread: number;
  /** The principal of most events of a detection; their number if none has most. @default - unknown */
  readonly principalOf?: (detection: string) => string | number | undefined;
}

/** One sentence that says what happened, without its full stop. */
export function sentenceOf(happened: Happened): string {
  return [mainClause(happened), ...tuneClause(happened), ...unreadClause(happened)].join("; ");
}

function mainClause(happened: Happened): string {
  const { records, unknown = 0, outOfTime = 0, detections, accounts } = happened;
  const evaluated = records - unknown;
  const matched = detections.filter(({ events, alarms }) => events > 0 || alarms > 0);
  if (matched.length === 0 && evaluated <= 0)
    return `${nothingText(records, outOfTime)}, so no detection was evaluated`;
  if (matched.length === 0) {
    return `No alarm: nothing in ${counted(evaluated, "record")} of ${counted(accounts, "account")} matched a detection`;
  }
  const alarming = matched.filter(({ alarms }) => alarms > 0);
  if (alarming.length === 0) {
    const events = matched.reduce((sum, one) => sum + one.events, 0);
    const ids = new Set(matched.map(({ detection }) => detection)).size;
    return (
      `No alarm: ${counted(events, "event")} matched ${counted(ids, "detection")}${where(matched, accounts)}${when(happened)}, ` +
      "and none of them raised its alarm"
    );
  }
  return `${alarmsText(alarming)}${where(alarming, accounts)}${when(happened)}; most of all: ${mostText(alarming, happened.principalOf)}`;
}

/** Why there was nothing to evaluate. */
function nothingText(records: number, outOfTime: number): string {
  if (records > 0) return `None of ${counted(records, "record")} is of an account in the organization`;
  return outOfTime > 0
    ? `None of ${counted(outOfTime, "record")} is in the requested time range`
    : "No records were read";
}

/** `3 critical and 12 high alarms`. */
function alarmsText(alarming: readonly SaidDetection[]): string {
  const sum = (some: readonly SaidDetection[]): number => some.reduce((total, { alarms }) => total + alarms, 0);
  const bySeverity = SEVERITIES.map(
    (severity) => [sum(alarming.filter((one) => one.severity === severity)), severity] as const,
  );
  const others = sum(alarming) - bySeverity.reduce((total, [count]) => total + count, 0);
  const parts = [
    ...bySeverity
      .filter(([count]) => count > 0)
      .map(([count, severity]) => `${count.toLocaleString("en")} ${severity}`),
    ...(others === 0 ? [] : [`${others.toLocaleString("en")} ${others === sum(alarming) ? "" : "other "}`.trim()]),
  ];
  const listed = parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}` : (parts[0] ?? "");
  return `${listed} ${sum(alarming) === 1 ? "alarm" : "alarms"}`;
}

function where(some: readonly SaidDetection[], accounts: number): string {
  const names = new Set(some.map(({ account }) => account));
  const [only] = names;
  if (names.size === 1 && only !== undefined)
    return ` in ${only}${accounts > 1 ? ` (1 of ${counted(accounts, "account")})` : ""}`;
  return ` in ${names.size.toLocaleString("en")} of ${counted(accounts, "account")}`;
}

/** The most severe detection with the most alarms, over all accounts. */
function mostText(alarming: readonly SaidDetection[], principalOf: Happened["principalOf"]): string {
  const groups = new Map<string, Ranked & { readonly accounts: ReadonlySet<string> }>();
  for (const { detection, account, severity, alarms, events } of alarming) {
    const known = groups.get(`${severity ?? ""}/${detection}`);
    groups.set(`${severity ?? ""}/${detection}`, {
      ...{ detection, severity, account: known?.account ?? account },
      alarms: alarms + (known?.alarms ?? 0),
      events: events + (known?.events ?? 0),
      accounts: new Set([...(known?.accounts ?? []), account]),
    });
  }
  const [most] = [...groups.values()].sort(bySeverityThenCount);
  if (most === undefined) return "";
  const { detection, account, accounts, alarms, events } = most;
  const principal = principalOf?.(detection);
  return [
    `${detection} in ${accounts.size === 1 ? account : counted(accounts.size, "account")}`,
    `${counted(alarms, "alarm")}${events === 0 ? "" : ` from ${counted(events, "event")}`}`,
    ...(principal === undefined ? [] : [byText(principal)]),
  ].join(", ");
}

function byText(principal: string | number): string {
  return typeof principal === "number"
    ? `by ${counted(principal, "principal")}`
    : `most by ${cut(principalName(principal))}`;
}

/** Records hold names of any length. */
function cut(name: string): string {
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
}

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

/** ` on 3 November 2026`, or ` between 3 and 9 November 2026`; in UTC. */
function when({ first, last }: Happened): string {
  if (first === undefined || last === undefined) return "";
  const [from, to] = [new Date(first), new Date(last)];
  const year = (date: Date): string => ` ${date.getUTCFullYear()}`;
  const month = (date: Date): string => ` ${MONTHS[date.getUTCMonth()] ?? ""}`;
  const end = `${to.getUTCDate()}${month(to)}${year(to)}`;
  if (from.toISOString().slice(0, 10) === to.toISOString().slice(0, 10)) return ` on ${end}`;
  const isSameYear = year(from) === year(to);
  const isSameMonth = isSameYear && month(from) === month(to);
  return ` between ${from.getUTCDate()}${isSameMonth ? "" : month(from)}${isSameYear ? "" : year(from)} and ${end}`;
}

function tuneClause({ kind, detections }: Happened): string[] {
  if (kind !== "tune") return [];
  const now = detections.reduce((sum, { alarms }) => sum + alarms, 0);
  const then = detections.reduce((sum, one) => sum + (one.then ?? one.alarms), 0);
  const proposed = detections.filter(({ isProposed }) => isProposed).length;
  const isIgnoring = detections.some(({ isIgnoring: ignores }) => ignores);
  const means = [
    ...(proposed === 0 ? [] : [`the ${counted(proposed, "proposed threshold")}`]),
    ...(isIgnoring ? ["the chosen entries to ignore"] : []),
  ];
  if (means.length === 0) return now === 0 ? [] : ["no other threshold is proposed"];
  return [`with ${means.join(" and ")} there would be ${counted(then, "alarm")}`];
}

function unreadClause({ unread }: Happened): string[] {
  return unread === 0 ? [] : [`${counted(unread, "file")} could not be read, or not completely, so there may be more`];
}
