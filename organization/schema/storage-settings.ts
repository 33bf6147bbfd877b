import { z } from "zod";
import { LONGEST_ARCHIVE } from "../../lib/naming/archive-buckets";
import { type StateBackendId, stateBackendIds } from "../../lib/naming/state-backends";
import { accountName, bucketName, positiveInteger, roleName } from "./fields";
import { cloudState } from "./hcp-terraform-settings";

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

/** The archive's bucket and its retention periods. */
export const archive = z.strictObject({
  bucket: bucketName
    .max(LONGEST_ARCHIVE, `be at most ${LONGEST_ARCHIVE} characters: names of further buckets are made of it`)
    .describe("Central, locked bucket in the log-archive account."),
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

/** The settings of each backend. */
const STATES = {
  s3: z.strictObject({
    backend: z.literal("s3"),
    account: accountName.describe("Name of the account that owns the state bucket."),
    bucket: bucketName,
    breakGlassRole: roleName.optional().describe("Role in that account that may delete state; none unless given."),
  }),
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

export type StateBackend = z.infer<typeof state>;
