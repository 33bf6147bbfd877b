import { ANY_ARN, bucketArn } from "../../lib/aws/partitions";
import { z } from "zod";
import { SHORTEST_TRAIL_RETENTION_DAYS, accountName, logGroupName, logRetentionDays } from "./fields";
import { REGIONS } from "../../lib/aws/partitions";
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

/** Source: CloudTrail API, CreateTrail. */
const LONGEST_NAME = 128;
/** A filter pattern that watches the log group holds its name several times, and has at most 1024 characters. */
const LONGEST_LOG_GROUP = 100;

/**
 * An organization trail that exists. Terraform cannot change a trail that it did not create.
 * Source: CloudTrail User Guide, "Naming requirements for CloudTrail resources".
 */
const existing = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/, "be a trail's name: letters and digits, joined by '.', '_' or '-'")
    .min(3, "be at least 3 characters")
    .max(LONGEST_NAME, `be at most ${LONGEST_NAME} characters`)
    .describe("Name of the organization trail, not its ARN: aws cloudtrail describe-trails"),
  region: z.enum(REGIONS, "be a region of AWS").optional().describe("Home region of the trail. Default: homeRegion."),
  account: accountName.optional().describe("Name of the account that owns the trail. Default: the management account."),
  logGroup: logGroupName
    .max(LONGEST_LOG_GROUP, `be at most ${LONGEST_LOG_GROUP} characters: filter patterns that watch it hold its name`)
    .optional()
    .describe("Name of the trail's log group. Required unless the management account has another feed."),
});

/** The organization trail. */
export const trail = z.strictObject({
  existing: existing
    .optional()
    .describe("An organization trail that exists and is used. Default: Trailwatch creates one."),
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

export type ExistingTrail = z.infer<typeof existing>;
export type DataEvents = z.infer<typeof dataEvents>;
