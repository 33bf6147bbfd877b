import { counted } from "../lib/support/counted";
import { minuteText } from "./lost-times";
import { inline, tableOf } from "./markdown-text";
import type { ReportData, ReportDetection } from "./report-data";
import { severityText } from "./severity";

const MAX_LOST_ALARMS = 10;
const MAX_LOSING = 20;

/** For each proposed change, the alarms that it gives up: folded, with a table. */
export function losses({ detections, texts }: ReportData): string[] {
  const losing = detections.filter(
    ({ advice }) => advice !== undefined && (advice.noLongerRaised.length > 0 || advice.caution !== undefined),
  );
  // A proposal that needs caution is never without its alarms.
  const ordinary = losing.filter(({ advice }) => advice?.caution === undefined);
  const omitted = new Set(ordinary.slice(MAX_LOSING));
  const more = omitted.size;
  return [
    ...losing.filter((detection) => !omitted.has(detection)).map((detection) => lossOf(detection, texts)),
    ...(more > 0
      ? [`The alarms that ${counted(more, "more proposal")} would no longer raise are in the HTML report.`]
      : []),
  ];
}

function lossOf({ detection, account, severity, alarms, advice }: ReportDetection, texts: readonly string[]): string {
  const { noLongerRaised = [], noLongerRaisedLeftOut = 0, caution } = advice ?? {};
  const rows = noLongerRaised
    .slice(0, MAX_LOST_ALARMS)
    .map(({ at, events, principals, principalsLeftOut, partOf }) => [
      minuteText(at),
      account,
      String(events),
      principals.map((number) => texts[number] ?? "").join(", ") +
        (principalsLeftOut > 0 ? ` and ${principalsLeftOut} more` : ""),
      partOf === undefined ? "" : `part of the alarm of ${minuteText(partOf)}`,
    ]);
  const lost = noLongerRaised.length + noLongerRaisedLeftOut;
  const more = lost - rows.length;
  return [
    `${severityText(severity)} ${inline(detection)} in ${inline(account)}: ${lost} of ${counted(alarms, "alarm")} would no longer be raised.`,
    ...(caution === undefined ? [] : [`> ${inline(`Caution: ${caution}`)}.`]),
    ...(rows.length === 0
      ? []
      : [
          "<details><summary>Alarms no longer raised</summary>",
          tableOf(["Time (UTC)", "Account", "Events", "Principals", "Instead"], rows),
          ...(more > 0 ? [`${counted(more, "more alarm")}, earlier.`] : []),
          "</details>",
        ]),
  ].join("\n\n");
}
