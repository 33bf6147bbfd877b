import type { OwnNames } from "../lib/naming/own-names";
import { inPartition } from "../lib/aws/partitions";
import type { Detection } from "../detections/detection";
import { omittedRegions, type Account, type Organization } from "../organization/organization";
import { alarmDescription, RECOVERY_LINE } from "../lib/naming/alarm-description";
import { topicKindOfDetection, type CompiledDetection, type InsightsQueries } from "./compiled-detection";

export interface AlarmDescriptionProps {
  readonly own: OwnNames;
  readonly compiled: CompiledDetection;
  readonly queries: InsightsQueries;
  readonly account: Account;
  readonly organization: Pick<Organization, "homeRegion" | "omittedRegions" | "runbooks">;
}

/** The first text to read when the alarm goes off: what happened, where, what to do, and a query that shows who. */
export function describeAlarm({ compiled, queries, account, own, organization }: AlarmDescriptionProps): string {
  const { detection, severity } = compiled;
  const headline = { title: detection.title, severity, kind: topicKindOfDetection(compiled) };
  const lines = [
    inPartition(detection.meaning, organization.homeRegion, omittedRegions(organization)),
    `Raised by: ${raisedBy(compiled)}.`,
    ...(detection.alarmWhen === "missed" ? [RECOVERY_LINE] : []),
    `Account: ${account.name} (${account.id})`,
    `Runbook: ${organization.runbooks}/${detection.id}.md`,
    `Who did it: Logs Insights, saved query ${own.savedQueryName(account.name, detection.id)}`,
  ];
  // The whole query if it fits, otherwise the one by event names; the saved query always exists.
  const { query, briefQuery } = queries;
  return alarmDescription(headline, lines, [query, ...(briefQuery === undefined ? [] : [briefQuery])]);
}

/** A kind of alarm, or a way to raise it, that has no text does not compile. */
function raisedBy({ threshold, periodSeconds, evaluationPeriods, detection, alarm }: CompiledDetection): string {
  const time = `in ${periodSeconds} s${evaluationPeriods === 1 ? "" : `, ${evaluationPeriods} periods in a row`}`;
  switch (alarm.kind) {
    case "anomaly-detection":
      return `more events than usual ${time}, by ${alarm.bandWidth} standard deviations`;
    case "static-threshold": {
      const events = `${threshold} ${threshold === 1 ? "event" : "events"}`;
      return `${HOW_MANY[detection.alarmWhen ?? "reached"](events)} ${time}`;
    }
  }
}

const HOW_MANY: Readonly<Record<NonNullable<Detection["alarmWhen"]>, (events: string) => string>> = {
  reached: (events) => `${events} or more`,
  missed: (events) => `fewer than ${events}`,
};
