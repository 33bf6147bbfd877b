import { PLAIN } from "../../lib/naming/own-names";
import { headlineOf, markerOf } from "../../lib/naming/alarm-description";
import { NUMBERED, type KnownAlarm } from "../../modules/alert-hub/known-alarms";
import type { SynthesizedResource } from "./variants";

/** Tables of a hub's state machine, in variables such as `accounts1`. */
type Tables = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Alarms of a deployment that its hub would not know, or would send to another topic; none without a hub. */
export function alarmsUnknownToHub(resources: readonly SynthesizedResource[]): string[] {
  const machine = resources.find(
    ({ type, values }) => type === "aws_sfn_state_machine" && values["name"] === PLAIN.alertHub,
  );
  if (machine === undefined) return [];
  const { States } = JSON.parse(String(machine.values["definition"])) as {
    readonly States: Readonly<Record<string, { readonly Assign?: Tables }>>;
  };
  const variables = Object.values(States).flatMap(({ Assign = {} }) => Object.entries(Assign));
  const table = <T>(name: string) =>
    Object.assign({}, ...variables.filter(([key]) => key.startsWith(name)).map(([, part]) => part)) as Record<
      string,
      T
    >;
  const accounts = table<string>("accounts");
  const known = table<KnownAlarm>("alarms");
  const markers = table<string>("markers");

  return resources.flatMap(({ type, account, values }) => {
    const isAlarm = type === "aws_cloudwatch_metric_alarm" || type === "aws_cloudwatch_composite_alarm";
    const headline = headlineOf(String(values["alarm_description"]));
    const name = String(values["alarm_name"]);
    if (!isAlarm || headline === undefined || name.endsWith("-signal")) return [];
    const owner = accounts[account] ?? "";
    const prefix = PLAIN.alarmPrefix(owner);
    const key = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    const marker = markers[`${owner}/${key}`] ?? (known[key] ?? known[numbered(key)])?.marker;
    return marker === markerOf(headline) ? [] : [`${name} of ${account}: ${marker ?? "unknown"}`];
  });
}

/** The name without the number of further alarms. */
function numbered(key: string): string {
  return key.startsWith(`${NUMBERED}-`) ? NUMBERED : key;
}
