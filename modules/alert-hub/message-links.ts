import { consoleAddress } from "../../lib/aws/partitions";
import type { KnownAlarms } from "./known-alarms";
import { literal } from "./message-functions";

/**
 * The links of a message, as assignments in JSONata: `$alarmLink`, `$eventsLink` and `$runbookLink`; empty where there is
 * none. Their variable parts are encoded, so that they cannot end the address or begin another one.
 *
 * `$eventsLink` opens the log group's events with the metric filter's pattern, for the time of the events. Without that
 * it opens Logs Insights. AWS does not document the addresses of its console; this one is as the console writes it.
 */
export function links(known: KnownAlarms): readonly string[] {
  const console = `${consoleAddress(known.region)}/cloudwatch/home?region=${known.region}#`;
  const runbook = isAddress(known.runbooks) ? `${literal(`${known.runbooks}/`)} & $key & ".md"` : `""`;
  return [
    `$console := ${literal(console)}`,
    `$alarmLink := $console & "alarmsV2:" & ($isKnown ? "alarm/" & $name : "")`,
    `$logGroup := $line($details.logGroup, 512)`,
    `$pattern := $line($details.pattern, 1024)`,
    `$eventsLink := $hasEvents and $logGroup != "" ? $console & "logsV2:log-groups/log-group/" & $encoded($logGroup) & "/log-events" & ($pattern = "" ? "" : "$3FfilterPattern$3D" & $encoded($pattern) & "$26start$3D" & $string($natural($details.from)) & "$26end$3D" & $string($natural($details.to))) : $isKnown and $alarm.query and $not($isRecovery) ? $console & "logsV2:logs-insights" : ""`,
    `$runbookLink := $isKnown and $alarm.runbook ? ${runbook} : ""`,
  ];
}

/** Whether the runbooks are below an address that can be opened; otherwise they are in a folder of the repository. */
export function isAddress(runbooks: string): boolean {
  return runbooks.startsWith("https://");
}
