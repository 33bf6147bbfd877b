import { z } from "zod";
import { LONGEST_ARCHIVE } from "../../lib/naming/archive-buckets";
import { type StateBackendId, stateBackendIds } from "../../lib/naming/state-backends";
import { accountName, bucketName, existingBucketName, positiveInteger, roleName } from "./fields";
import { cloudState } from "./hcp-terraform-settings";
import { arn, REGIONS } from "../../lib/aws/partitions";

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

/** Key of a bucket that exists. */
const bucketKeyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]{1,256}$/,
    `be the ARN of a KMS key, such as ${arn("eu-west-1", "kms", "222233334444", "key/…")}: an alias can be moved`,
  );

/** What comes before Trailwatch's part of the keys of objects. */
const keyPrefix = z
  .string()
  .regex(
    /^[\w.=-]+(\/[\w.=-]+)*$/,
    "be a key prefix of letters, digits and '._=-/', without '/' at its beginning and end",
  )
  .max(200, "be at most 200 characters");

/** A bucket of the log-archive account that an existing trail delivers to. Trailwatch changes neither it nor its key. */
const existing = z.strictObject({
  bucket: existingBucketName.describe("Name of the bucket, in the log-archive account."),
  region: z.enum(REGIONS, "be a region of AWS").describe("Region of the bucket."),
  keyArn: bucketKeyArn
    .optional()
    .describe("Key of the bucket's objects: who queries must be allowed to decrypt with it. Default: S3's own keys."),
  prefix: keyPrefix
    .optional()
    .describe("What comes before AWSLogs/ in the keys of objects; Control Tower: the organization's id."),
  retentionDays: positiveInteger
    .max(36500, "be at most 36500")
    .default(365)
    .describe("Days that the bucket keeps objects: queries without a day look no further back."),
});

/** The archive's bucket and its retention periods. */
export const archive = z
  .strictObject({
    existing: existing
      .optional()
      .describe(
        "A bucket that an existing trail delivers to. Instead of 'bucket' and the other settings of the archive.",
      ),
    bucket: bucketName
      .max(LONGEST_ARCHIVE, `be at most ${LONGEST_ARCHIVE} characters: names of further buckets are made of it`)
      .optional()
      .describe("Central, locked bucket in the log-archive account. Required unless 'existing' is given."),
    objectLock: objectLock.prefault({}),
    colderStorageAfterDays: positiveInteger
      .default(90)
      .describe("Days until objects move to S3 Glacier Instant Retrieval."),
    readerRoleArns: z
      .array(z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, "be the ARN of an IAM role"))
      .default([])
      .describe("Roles that may decrypt the archive, through S3 only."),
    denyWritesNotFromCloudTrail: z
      .boolean()
      .default(true)
      .describe("Deny every other writer. Set false only while copying older logs into the archive."),
    breakGlassRole: roleName
      .optional()
      .describe("Role in the log-archive account that may lift locks and delete objects; none unless given."),
  })
  .superRefine(({ bucket, existing: used }, context) => {
    if (bucket === undefined && used === undefined) {
      context.addIssue({ code: "custom", path: ["bucket"], message: "be given, or archive.existing" });
    }
    if (bucket !== undefined && used !== undefined) {
      const message = "be left out with archive.existing: Trailwatch creates no archive beside it";
      context.addIssue({ code: "custom", path: ["bucket"], message });
    }
  });

/** Queries on the archive in place, in SQL. */
export const athena = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe("Whether the archive can be queried with SQL. Costs nothing until a query runs."),
  scanLimitGigabytes: positiveInteger
    .max(1_000_000, "be at most 1000000")
    .default(100)
    .describe("A query that reads more of the archive is stopped by AWS, which bills what was read."),
  resultRetentionDays: positiveInteger.default(30).describe("Days until results of queries are deleted."),
});

/** A bucket that exists and may hold other states. Trailwatch changes neither it nor its key. */
const existingState = z.strictObject({
  bucket: existingBucketName
    .refine((name) => !name.endsWith("--x-s3"), "be a general purpose bucket: directory buckets keep no versions")
    .describe("Name of the bucket, in the account 'state.account'."),
  region: z.enum(REGIONS, "be a region of AWS").optional().describe("Region of the bucket. Default: homeRegion."),
  keyArn: bucketKeyArn
    .optional()
    .describe("Key that encrypts the states. Default: the bucket's default encryption, with a key of AWS."),
  prefix: keyPrefix
    .optional()
    .describe("What comes before <names.prefix>/<stack>/terraform.tfstate in the keys. Default: nothing."),
});

const s3State = z
  .strictObject({
    backend: z.literal("s3"),
    account: accountName.describe("Name of the account that owns the state bucket."),
    existing: existingState
      .optional()
      .describe("A bucket that exists, instead of 'bucket': npm run bootstrap checks it and creates nothing."),
    bucket: bucketName
      .optional()
      .describe("Bucket that npm run bootstrap creates. Required unless 'existing' is given."),
    breakGlassRole: roleName.optional().describe("Role in that account that may delete state; none unless given."),
  })
  .superRefine(({ bucket, breakGlassRole, existing: used }, context) => {
    const refuse = (setting: string, message: string) => {
      context.addIssue({ code: "custom", path: [setting], message });
    };
    if (bucket === undefined && used === undefined) refuse("bucket", "be given, or state.existing");
    if (used === undefined) return;
    if (bucket !== undefined) {
      refuse("bucket", "be left out with state.existing: Trailwatch creates no state bucket beside it");
    }
    if (breakGlassRole !== undefined) {
      refuse("breakGlassRole", "be left out with state.existing: Trailwatch does not change the bucket's policy");
    }
  });

/** The settings of each backend. */
const STATES = {
  s3: s3State,
  cloud: cloudState,
  local: z.strictObject({ backend: z.literal("local") }),
} satisfies { [Id in StateBackendId]: z.ZodObject<{ backend: z.ZodLiteral<Id> }> };

const [firstState, ...otherStates] = stateBackendIds.map((id) => STATES[id]);
if (firstState === undefined) throw new Error("there must be a state backend");
const backends = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(stateBackendIds);

/** Where Terraform keeps its state. */
export const state = z.discriminatedUnion(
  "backend",
  [firstState, ...otherStates],
  `name a backend: ${backends} (there is no default)`,
);

export type ArchiveSettings = z.infer<typeof archive>;
export type StateBackend = z.infer<typeof state>;
