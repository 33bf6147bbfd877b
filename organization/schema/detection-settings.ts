import { z } from "zod";
import { PACKS, allDetections } from "../../detections/catalogue";
import { SEVERITIES, type Detection } from "../../detections/detection";
import { positiveInteger } from "./fields";
import { ignore } from "./ignore-settings";

/** A pack of the catalogue that accounts can choose: `trail.dataEvents` decides about those of data events. */
export const packId = z.enum(PACKS.filter(({ events }) => events !== "data").map(({ id }) => id));

/** Packs of an account, in place of those of its role. */
export const packs = z.array(packId);

/**
 * How an alarm decides. CloudWatch's band extends this number of standard deviations above and below the expected
 * value.
 */
const alarm = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("static-threshold") }),
    z.strictObject({
      kind: z.literal("anomaly-detection"),
      bandWidth: z
        .number()
        .positive("be above 0")
        .default(2)
        .describe("Width of the band of what is usual, in standard deviations. The wider, the fewer alarms."),
    }),
  ])
  .meta({ id: "alarm" });

/** What an account, or the organization for all accounts, may set for a detection; unset values are inherited. */
export const detectionSettings = z
  .strictObject({
    enabled: z.boolean().optional(),
    severity: z.enum(SEVERITIES).optional().describe("critical and high go to alerts, medium and low to notices."),
    threshold: positiveInteger.optional().describe("Events per period that raise the alarm."),
    periodSeconds: z
      .int("be a whole number")
      .min(60, { error: "be at least 60", abort: true })
      // 10, 20 and 30 are for high-resolution metrics. Source: CloudWatch API, PutMetricAlarm, Period.
      .multipleOf(60, "be a multiple of 60: metric filters count by the minute")
      .optional(),
    evaluationPeriods: positiveInteger.optional().describe("Periods in a row that reach the threshold."),
    alarm: alarm
      .optional()
      .describe(
        "static-threshold, or anomaly-detection, with which CloudWatch learns how many events are usual, and threshold " +
          "is ignored. Replay cannot evaluate it offline.",
      ),
    ignore: z.array(ignore).optional().describe("Events that do not count. Those of organization.yaml are added."),
  })
  .meta({ id: "detectionSettings" });

/** Settings by detection id: ids that are not in the catalogue are rejected. */
export const detections = z.strictObject(
  Object.fromEntries(
    allDetections().map(({ detection }) => [
      detection.id,
      detectionSettings.optional().describe(defaultsText(detection)),
    ]),
  ),
);

export type PackId = z.infer<typeof packId>;
export type DetectionSettings = z.infer<typeof detectionSettings>;
export type Detections = z.infer<typeof detections>;
export type AlarmKind = z.infer<typeof alarm>;

/** The description that an editor shows for the key. */
function defaultsText({ title, severity, threshold, periodSeconds, evaluationPeriods }: Detection): string {
  const inARow = evaluationPeriods === 1 ? "" : `, evaluationPeriods ${evaluationPeriods}`;
  return `${title}. Default: ${severity}, threshold ${threshold}, periodSeconds ${periodSeconds}${inARow}.`;
}
