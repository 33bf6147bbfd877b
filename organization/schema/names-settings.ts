import { z } from "zod";
import { REGIONS } from "../../lib/aws/partitions";
import { accessLogBucketOf } from "../../lib/naming/archive-buckets";
import { PLAIN } from "../../lib/naming/own-names";
import { PLAIN_NAMES } from "../../lib/naming/own-resources";

const longest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));

/**
 * The names that leave the least room for the prefix, as long as they are at most without it.
 *
 * Names of webhooks and roles that depend on another setting are checked with it (organization/validation/names-rules.ts).
 * Sources: S3 User Guide, general purpose bucket naming rules; SQS, EventBridge, EventBridge Scheduler and HCP Terraform
 * APIs.
 */
const LONGEST_NAMES = [
  {
    what: "a bucket '<prefix>-<account>-<region>-access-logs'",
    limit: 63,
    rest: accessLogBucketOf(`-${"0".repeat(12)}-`).length + longest(REGIONS),
  },
  { what: "a workspace '<prefix>-deployment-roles-<account>'", limit: 90, rest: "-deployment-roles-".length + 40 },
  { what: "a queue '<prefix>-alert-forwarding-undelivered'", limit: 80, rest: "-alert-forwarding-undelivered".length },
  { what: "a rule '<prefix>-witness-cloudtrail-existing'", limit: 64, rest: "-witness-cloudtrail-existing".length },
  { what: "a schedule '<prefix>-alert-hub-heartbeat'", limit: 64, rest: "-alert-hub-heartbeat".length },
] as const;

const [SHORTEST, MOST] = [4, Math.min(...LONGEST_NAMES.map(({ limit, rest }) => limit - rest))];

/**
 * What no name may begin with. Sources: S3 User Guide, general purpose bucket naming rules; Systems Manager API,
 * PutParameter, Name: `aws` and `ssm`; Tagging: `aws:`.
 */
const RESERVED = ["aws", "amazon", "amzn", "ssm", "sthree-", "xn--"];

/** Parts of what AWS and Trailwatch put before or behind the prefix: patterns of them would match every resource. */
const FIXED = "/aws/events/ alarm rule topic table trail alias role policy organization account management log-archive";

function ruleOf(prefix: string): string | undefined {
  const plain = PLAIN_NAMES.prefix;
  if (prefix.length > MOST) {
    const { what, limit } = LONGEST_NAMES.find((name) => name.limit - name.rest === MOST) ?? LONGEST_NAMES[0];
    return `be at most ${MOST} characters: with more, ${what} would be longer than the ${limit} that it may have`;
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(prefix)) {
    return "be lower-case words joined by '-': letters and digits, a letter first";
  }
  if (prefix.length < SHORTEST) {
    return `be at least ${SHORTEST} characters: patterns of a shorter one would match other teams' resources`;
  }
  const reserved = RESERVED.find((text) => prefix.startsWith(text));
  if (reserved !== undefined) return `not begin with '${reserved}', which AWS keeps for itself`;
  if (FIXED.includes(prefix)) return "be a name of its own: this text is in the names of other resources, too";
  if (prefix !== plain && (prefix.includes(plain) || plain.includes(prefix))) {
    return (
      `be '${plain}' itself, or neither hold it nor be a part of it: ` +
      `permissions and detections for '${PLAIN.pattern}' would be for both installations`
    );
  }
  return undefined;
}

/** What the names of everything that is deployed derive from. */
export const names = z.strictObject({
  prefix: z
    .string()
    .superRefine((text, context) => {
      const message = ruleOf(text);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    })
    .default(PLAIN_NAMES.prefix)
    .describe("Begins the names of all resources that stacks create."),
});
