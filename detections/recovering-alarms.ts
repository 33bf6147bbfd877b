import { allDetections } from "./catalogue";
import { PATH_ALARMS } from "./path-alarms";

/**
 * Ids of the alarms whose return to OK sends a message too: those on what is missing, such as the heartbeat. Until they
 * recover, no other alarm of the account can be trusted. An alarm on events returns to OK when no further event comes,
 * which says nothing.
 */
export const RECOVERING_ALARMS: readonly string[] = [
  ...allDetections().map(({ detection }) => detection),
  ...PATH_ALARMS,
]
  .filter(({ alarmWhen }) => alarmWhen === "missed")
  .map(({ id }) => id);
