import { dataEvents } from "../detections/packs/data-events";
import { DATA_EVENT_COST, logsPerMillion } from "../lib/aws/data-event-cost";
import type { Organization } from "./organization";

/** What data events with alarms cost; one line for each entry, and one for all. None without such entries. */
export function dataEventCostNotes({ trail }: Pick<Organization, "trail">): string[] {
  const entries = trail.dataEvents.filter(({ alarms }) => alarms);
  if (entries.length === 0) return [];
  const { trailPerMillion, alarmPerMonth, keyPerMonth, bytesPerRecord } = DATA_EVENT_COST;
  const perMillion = trailPerMillion + logsPerMillion();
  const fixed = dataEvents.detections.length * alarmPerMonth + keyPerMonth;
  return [
    ...entries.map(({ resourceType, includeArns, excludeArns }) => {
      const which = includeArns.length === 0 ? "all resources of all accounts" : includeArns.join(", ");
      const but = excludeArns.length === 0 ? "" : `, without ${excludeArns.join(", ")}`;
      return `data events with alarms: ${resourceType}, ${which}${but}`;
    }),
    `data events with alarms cost about $${perMillion.toFixed(2)} per million events: $${trailPerMillion.toFixed(2)} CloudTrail, ` +
      `$${logsPerMillion().toFixed(2)} CloudWatch Logs at ${bytesPerRecord} bytes each; ` +
      `and up to $${fixed.toFixed(2)} a month for alarms, metrics and a key`,
  ];
}

/** What no alarm sees because no data event of the type raises one; none where S3 objects are watched. */
export function dataEventGaps({ trail }: Pick<Organization, "trail">): string[] {
  const ofObjects = trail.dataEvents.filter(({ resourceType }) => resourceType === "AWS::S3::Object");
  if (ofObjects.some(({ alarms }) => alarms)) return [];
  const attacks = "theft, deletion and encryption of S3 objects raise no alarm";
  const remedy = "trail.dataEvents with 'alarms: true' changes that for the buckets that you choose";
  return [
    ofObjects.length > 0
      ? `${attacks}, and are visible in Athena only: ${remedy}`
      : `${attacks}, and are not recorded: ${remedy}`,
  ];
}
