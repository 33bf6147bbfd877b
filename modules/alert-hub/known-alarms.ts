import type { NamesSettings } from "../../lib/naming/own-resources";
import { metricsForged } from "../../detections/path-alarms/metrics-forged";
import type { Marker } from "../../lib/naming/alarm-description";
import { CALL_VERBS } from "../../lib/naming/call-verbs";
import { byObject } from "../../lib/support/by-object";

/** An alarm as the hub describes it, in its own words. */
export interface KnownAlarm {
  readonly title: string;
  readonly meaning: string;
  /** Severity and topic in every account, except those in `KnownAlarms.markers`. */
  readonly marker: Marker;
  /** Whether the alarm has a runbook, named like the alarm. */
  readonly runbook: boolean;
  /** Whether a saved query of Logs Insights, named like the alarm, shows its events. */
  readonly query: boolean;
  /** Whether it is raised by what is missing: then there are no events to show. */
  readonly isAbsence: boolean;
  /** The first steps of its runbook, in order; none without a runbook. */
  readonly steps: readonly string[];
  /**
   * Where the events are that raise it.
   *
   * @default - no events raise it: a missing signal, or a part of the signal path
   */
  readonly events?: AlarmEvents;
}

/** The metric of a detection, which is named like its alarm. */
export interface AlarmEvents {
  /** Namespace of the metric that counts the events. */
  readonly namespace: string;
  /** Seconds that the alarm evaluates, unless the account sets something else. */
  readonly seconds: number;
}

/** How many steps of a runbook the hub knows. */
export const FIRST_STEPS = 3;

/** What the hub knows by itself, so that it need not believe a member's event. */
export interface KnownAlarms {
  /** Names of the organization's accounts, by 12-digit id. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Alarms by the part of their name behind the account's, of `NUMBERED` without the number. */
  readonly alarms: Readonly<Record<string, KnownAlarm>>;
  /** Where an account's severity or topic is another: by `<account>/<alarm>`. */
  readonly markers: Readonly<Record<string, Marker>>;
  /** Base address or path of the runbooks, to which `/<alarm>.md` is appended. */
  readonly runbooks: string;
  /** Region of all alarms: the home region. */
  readonly region: string;
  /** What the names of alarms derive from. */
  readonly names: NamesSettings;
}

/** An alarm of which an account may have several: the names of further ones end in `-2`, `-3`, … */
export const NUMBERED = metricsForged.id;

/** An execution's variables together, each within its limit. Source: Step Functions Developer Guide, "Variables". */
const MAX_VARIABLE_BYTES = 256 * 1024;

/** The tables of which the state machine has a variable each, or several where one would be too large. */
const TABLES = ["accounts", "alarms", "markers", "verbs"] as const;

type Table = (typeof TABLES)[number];

function contentOf(known: KnownAlarms, table: Table): Readonly<Record<string, unknown>> {
  return table === "verbs" ? CALL_VERBS : known[table];
}

/** Names and values of the variables, in groups of which each fits into the `Assign` of one state. */
export function variablesOf(known: KnownAlarms): readonly Readonly<Record<string, object>>[] {
  const groups: Record<string, object>[] = [{}];
  let room = MAX_VARIABLE_BYTES;
  for (const table of TABLES) {
    for (const [index, part] of partsOf(contentOf(known, table)).entries()) {
      const size = Buffer.byteLength(JSON.stringify(part)) + 100;
      if (size > room) {
        groups.push({});
        room = MAX_VARIABLE_BYTES;
      }
      room -= size;
      Object.assign(groups.at(-1) ?? {}, { [`${table}${index + 1}`]: part });
    }
  }
  return groups;
}

/** Looks a key up in a table, in JSONata. The result is no text for a key that the table does not have. */
export function lookup(known: KnownAlarms, table: Table, key: string): string {
  const names = partsOf(contentOf(known, table)).map((_, index) => `$${table}${index + 1}`);
  return `$lookup([${names.join(", ")}], ${key})`;
}

/** Parts of a table of at most half a variable's size. One of thousands of accounts is not divided for each lookup. */
const partsOf = byObject((table: Readonly<Record<string, unknown>>): readonly object[] => {
  const parts: Record<string, unknown>[] = [{}];
  let room = MAX_VARIABLE_BYTES / 2;
  for (const [key, value] of Object.entries(table)) {
    const size = Buffer.byteLength(JSON.stringify([key, value])) + 2;
    if (size > room) {
      parts.push({});
      room = MAX_VARIABLE_BYTES / 2;
    }
    room -= size;
    Object.assign(parts.at(-1) ?? {}, { [key]: value });
  }
  return parts;
});
