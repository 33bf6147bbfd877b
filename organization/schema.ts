import { z } from "zod";
import {
  LOG_RETENTION_DAYS,
  SHORTEST_TRAIL_RETENTION_DAYS,
  accountId,
  accountName,
  bucketName,
  email,
  httpsUrl,
  positive,
  queueArn,
  roleName,
  secretName,
  watchedSecret,
} from "./fields";
import { REGIONS } from "./regions";

const region = z.enum(REGIONS, "be a region of the standard AWS partition");

const logRetentionDays = z.literal([...LOG_RETENTION_DAYS], {
  error: `be a retention that CloudWatch Logs accepts: ${LOG_RETENTION_DAYS.join(", ")}`,
});

/** Who gets the messages of a topic. */
export const notifications = z.strictObject({
  email: z.array(email).default([]).describe("Each address must confirm once, by the link in AWS's mail."),
  https: z.array(httpsUrl).default([]),
  sqs: z.array(queueArn).default([]),
});

const objectLock = z.strictObject({
  mode: z
    .enum(["GOVERNANCE", "COMPLIANCE"])
    .default("GOVERNANCE")
    .describe("COMPLIANCE cannot be shortened or lifted by anyone, root included, until it ends."),
  retentionDays: z
    .int("be a whole number")
    .min(2, "be at least 2: objects move to colder storage before that")
    .max(36500, "be at most 36500")
    .default(365),
});

const archive = z.strictObject({
  bucket: bucketName.describe("Central, locked bucket in the log-archive account."),
  objectLock: objectLock.prefault({}),
  colderStorageAfterDays: positive.default(90).describe("Days until objects move to S3 Glacier Instant Retrieval."),
  readerRoleArns: z
    .array(z.string().regex(/^arn:aws:iam::\d{12}:role\/.+$/, "be the ARN of an IAM role"))
    .default([])
    .describe("Roles that may decrypt the archive, through S3 only."),
  denyWritesNotFromCloudTrail: z
    .boolean()
    .default(false)
    .describe("Also deny every other writer. Not proven on AWS yet: try it on a test organization first."),
});

const state = z.discriminatedUnion(
  "backend",
  [
    z.strictObject({
      backend: z.literal("s3"),
      account: accountName.describe("Name of the account that owns the state bucket."),
      bucket: bucketName,
      breakGlassRole: roleName.optional().describe("Role in that account that may delete state; none unless given."),
    }),
    z.strictObject({
      backend: z.literal("cloud"),
      organization: z.string().min(1, "be the name of your HCP Terraform organization"),
      hostname: z.string().default("app.terraform.io"),
      project: z.string().optional(),
    }),
    z.strictObject({ backend: z.literal("local") }),
  ],
  "name a backend: s3, cloud or local (there is no default)",
);

const dataEvents = z.strictObject({
  resourceType: z
    .string()
    .regex(/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/, "be a CloudTrail resource type such as AWS::S3::Object"),
  excludeArns: z
    .array(z.string().startsWith("arn:aws:", "be the beginning of an ARN"))
    .default([])
    .describe("Resources whose ARN starts with one of these are left out."),
});

const trail = z.strictObject({
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
    .strictObject({ enabled: z.boolean().default(false), subscribers: notifications.prefault({}) })
    .prefault({})
    .describe("CloudTrail's own message for each delivered log file, on a topic of its own."),
});

/** `accounts/organization.yaml`. */
export const organizationFile = z.strictObject({
  id: z.string().regex(/^o-[a-z0-9]{10,32}$/, "be an organization id: 'o-' and 10 to 32 lower-case letters or digits"),
  homeRegion: region.describe("Region of the trail, the archive and every account's log group and alarms."),
  furtherRegions: z.array(region).default([]).describe("Further regions watched; us-east-1 always is."),
  archive,
  state,
  deploymentRole: roleName
    .default("OrganizationAccountAccessRole")
    .describe("Role that Terraform assumes in each account but the management account."),
  tags: z.record(z.string(), z.string()).default({}).describe("Tags of every resource."),
  notifications: notifications.prefault({}).describe("For accounts that name no subscribers of their own."),
  trail: trail.prefault({}),
  localAws: z
    .boolean()
    .default(false)
    .describe("For a local AWS behind AWS_ENDPOINT_URL, as the sandbox runs it: path-style S3, no metadata service."),
});

/** How an alarm judges its metric. Sum over a period, `>=` threshold; missing data is not breaching. */
export const alarmSettings = z.strictObject({
  threshold: positive.default(1).describe("Events per period that raise the alarm."),
  periodSeconds: z
    .int("be a whole number")
    .refine((seconds) => [10, 20, 30].includes(seconds) || (seconds >= 60 && seconds % 60 === 0), {
      error: "be 10, 20, 30 or a multiple of 60",
    })
    .default(300),
  evaluationPeriods: positive.default(1),
});

/** `accounts/<account>.yaml`. */
export const accountFile = z.strictObject({
  name: accountName.describe("Short name; part of stack ids and state keys, so renaming it moves state."),
  id: accountId,
  role: z.enum(["management", "log-archive", "member"]),
  feed: z
    .enum(["organization-trail", "event-bus", "account-trail"])
    .optional()
    .describe(
      "How CloudTrail's events reach CloudWatch Logs. Default: organization-trail for management, else event-bus.",
    ),
  deploymentRole: roleName.optional().describe("Role that Terraform assumes here instead of the organization's."),
  secrets: z
    .strictObject({
      create: z
        .array(
          z.strictObject({
            name: secretName,
            description: z.string().default(""),
            recoveryWindowDays: z.int().min(7, "be at least 7").max(30, "be at most 30").default(30),
          }),
        )
        .default([])
        .describe("Secrets to create with a placeholder value and to watch."),
      watch: z.array(watchedSecret).default([]).describe("Further secrets to watch."),
    })
    .prefault({}),
  logRetentionDays: logRetentionDays.default(365).describe("Retention of the account's own log group."),
  notifications: notifications.optional().describe("Instead of the organization's default subscribers."),
  detections: z.strictObject({ "watched-secret-reads": alarmSettings.prefault({}) }).prefault({}),
});

export type OrganizationFile = z.infer<typeof organizationFile>;
export type AccountFile = z.infer<typeof accountFile>;
export type Notifications = z.infer<typeof notifications>;
export type AlarmSettings = z.infer<typeof alarmSettings>;
export type SecretToCreate = AccountFile["secrets"]["create"][number];
export type StateBackend = OrganizationFile["state"];
export type DataEvents = z.infer<typeof dataEvents>;
