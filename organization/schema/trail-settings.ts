import { ANY_ARN, bucketArn } from "../../lib/aws/partitions";
import { z } from "zod";
import { SHORTEST_TRAIL_RETENTION_DAYS, logRetentionDays } from "./fields";
import { subscribers } from "./subscribers";

const EXAMPLE = bucketArn("us-east-1", "customer-records/");

const arnPrefixes = z
  .array(
    z
      .string()
      .regex(new RegExp(`^${ANY_ARN}:`), `be the beginning of an ARN, such as ${EXAMPLE}`)
      .refine((arn) => !arn.includes("*"), {
        error: "hold no '*', which CloudTrail compares as itself: end before it",
      }),
  )
  .default([]);

const dataEvents = z.strictObject({
  resourceType: z
    .string()
    .regex(/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/, "be a CloudTrail resource type such as AWS::S3::Object"),
  includeArns: arnPrefixes.describe(
    `Only resources whose ARN starts with one of these, such as ${EXAMPLE}. Default: all.`,
  ),
  excludeArns: arnPrefixes.describe("Resources whose ARN starts with one of these are left out."),
  alarms: z
    .boolean()
    .default(false)
    .describe(
      "Whether these events also go to a log group, where the detections of pack data-events evaluate them: " +
        "about $2 per million events instead of $1. Choose resources by includeArns.",
    ),
});

/** The organization trail. */
export const trail = z.strictObject({
  logRetentionDays: logRetentionDays
    .default(SHORTEST_TRAIL_RETENTION_DAYS)
    .refine((days) => days >= SHORTEST_TRAIL_RETENTION_DAYS, {
      error: `be at least ${SHORTEST_TRAIL_RETENTION_DAYS}: checkers fail a shorter retention (Security Hub CloudWatch.16)`,
    }),
  dataEvents: z.array(dataEvents).default([]).describe("Data events, by resource type; billed per event."),
  insights: z
    .array(z.enum(["ApiCallRateInsight", "ApiErrorRateInsight"]))
    .default(["ApiCallRateInsight", "ApiErrorRateInsight"]),
  logFileNotifications: z
    .strictObject({ enabled: z.boolean().default(false), subscribers: subscribers.prefault({}) })
    .prefault({})
    .describe("CloudTrail's own message for each delivered log file, on a topic of its own."),
});

export type DataEvents = z.infer<typeof dataEvents>;
