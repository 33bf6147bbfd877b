import { z } from "zod";
import { accountFeeds } from "../../lib/naming/feeds";
import { packs } from "./detection-settings";
import { roleName } from "./fields";
import { existingTagKey, existingTagValue } from "./tags";

/** Names of organizational units from below the root down, as AWS Organizations has them. */
export const organizationalUnit = z
  .string()
  .regex(/^[^/]+(\/[^/]+)*$/, "be names of organizational units joined by '/'");

const pattern = organizationalUnit
  .refine((text) => text.split("/").every((name) => name === "**" || !name.includes("**")), {
    error: "have '**' only between '/': it stands for organizational units, '*' for letters of a name",
  })
  .describe("Organizational units, as Workloads/Production. '*' is any text in a name, '/**' all that is below, too.");

const tag = z
  .strictObject({
    key: existingTagKey,
    value: existingTagValue.optional().describe("Any value unless given. Case counts."),
  })
  .describe("Tag of the account in AWS Organizations.");

/** Skip cross-field checks while a key is unknown: the missing key may be there, misspelt. */
const isUnderstood = ({ issues }: z.core.ParsePayload): boolean => issues.length === 0;

const accountRule = z
  .strictObject({
    ou: pattern.optional(),
    tag: tag.optional(),
    feed: z
      .enum(accountFeeds, {
        error: (issue) =>
          issue.input === "organization-trail"
            ? "be event-bus or account-trail: an organization trail writes to a log group of the management account only"
            : undefined,
      })
      .optional(),
    packs: packs.optional(),
    deploymentRole: roleName.optional().describe("Role that Terraform assumes in these accounts."),
  })
  .refine(({ ou, tag }) => ou !== undefined || tag !== undefined, {
    error: "have 'ou' or 'tag', or both",
    when: isUnderstood,
  })
  .refine(({ feed, packs, deploymentRole: role }) => [feed, packs, role].some((choice) => choice !== undefined), {
    error: "choose 'feed', 'packs' or 'deploymentRole'",
    when: isUnderstood,
  });

/**
 * Settings for members by their place in AWS Organizations. Management and log-archive are one account each: they have
 * their settings in their own files, so that no rule can remove the monitoring of the whole organization by accident.
 */
export const accountRules = z.array(accountRule);

export type AccountRule = z.infer<typeof accountRule>;
