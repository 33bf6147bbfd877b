import { z } from "zod";

/**
 * Retention periods that CloudWatch Logs accepts, in days.
 * Source: CloudWatch Logs API, PutRetentionPolicy.
 */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Checkers require this of a trail's log group (Security Hub CloudWatch.16). */
export const SHORTEST_TRAIL_RETENTION_DAYS = 365;

export const logRetentionDays = z.literal([...LOG_RETENTION_DAYS], {
  error: `be a retention that CloudWatch Logs accepts: ${LOG_RETENTION_DAYS.join(", ")}`,
});

export const accountId = z
  .string({
    error: (issue) =>
      typeof issue.input === "number" ? "be in quotes: YAML reads a number and drops leading zeros" : undefined,
  })
  .regex(/^\d{12}$/, "be 12 digits")
  .describe("The 12-digit AWS account id, quoted.");

/** Short names become part of stack ids, state keys and alarm names. */
export const accountName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "be lower-case words joined by '-'")
  .max(40, "be at most 40 characters");

/** Source: S3 User Guide, general purpose bucket naming rules. Dots are left out: they break TLS host names. */
export const bucketName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    "be 3 to 63 lower-case letters, digits or '-', starting and ending with a letter or digit",
  )
  .refine((name) => !/^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/.test(name), {
    error: "not use a prefix or suffix that S3 reserves",
  });

/** Source: S3 User Guide, general purpose bucket naming rules. Buckets that exist may have dots. */
export const existingBucketName = z
  .string()
  .regex(
    /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    "be a bucket's name: 3 to 63 lower-case letters, digits, '.' or '-'",
  );

/** Source: CloudWatch Logs API, CreateLogGroup. */
export const logGroupName = z
  .string()
  .regex(/^[\w./#-]+$/, "be a log group's name, not its ARN: letters, digits or '._/#-'");

/** A role that exists. Source: IAM API, role names and paths; characters of a path as in `iam.path`. */
export const roleName = z
  .string()
  .max(512, "be at most 512 characters")
  .regex(
    /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
    "be an IAM role name: 1 to 64 letters, digits or '+=,.@_-', after its path if it has one, as security/Deployer",
  );

export const email = z.email("be an email address");

export const httpsUrl = z
  .url({ protocol: /^https$/, error: "be an https:// address" })
  .describe("Stored in Terraform state: do not put a token in it.");

/** Base address of the runbooks: `<id>.md` is appended. */
export const runbooks = z
  .url({ protocol: /^https$/, error: "be an https:// address" })
  .refine((url) => !/[/?#]$/.test(url), { error: "not end with '/': '/<id>.md' follows" });

/** Trailwatch's topics are standard ones, as CloudWatch requires: SNS lets no FIFO queue subscribe to those. */
export const queueArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}$/,
    "be the ARN of a standard SQS queue: SNS refuses a FIFO queue here",
  );

/** An alarm publishes to standard topics only. Source: SNS API, CreateTopic. */
export const topicArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
    "be the ARN of a standard SNS topic: CloudWatch publishes alarms to no FIFO topic",
  );

/** Source: Secrets Manager API, CreateSecret. */
export const secretName = z.string().regex(/^[\w/+=.@-]{1,512}$/, "be 1 to 512 letters, digits or '/_+=.@-'");

export const watchedSecret = z
  .string()
  .regex(
    /^(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[\w/+=.@-]{1,512}\*?$|^(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?\*$/,
    "be a secret's name or ARN, where the last character may be '*'",
  )
  .describe("Name or ARN of a secret that exists; a trailing '*' stands for anything.");

export const positiveInteger = z.int("be a whole number").min(1, "be at least 1");
