import { PLAIN } from "../../lib/naming/own-names";
import { z } from "zod";
import { PLAIN_IAM } from "../../lib/naming/role-names";

/**
 * Source: IAM API, CreateRole. IAM takes more characters: `*` and `$` would have a meaning in policies and for Terraform.
 */
const path = z
  .string()
  .max(512, "be at most 512 characters")
  .regex(/^\/([\w+=,.@-]+\/)*$/, "be '/', or begin and end with '/' and hold names of letters, digits and '+=,.@_-'")
  .refine((text) => !text.startsWith("/aws-"), { error: "not begin with '/aws-', which AWS keeps for its own roles" })
  .describe("Path of roles and policies, as /security/.");

/**
 * With the usual `names`; others are checked with it (organization/validation/names-rules.ts). Source: IAM quotas, "IAM
 * name limits": role names have 64 characters at most.
 */
const LONGEST_OWN_ROLE = Math.max(...PLAIN.iamNames.map(({ length }) => length));
const MOST_PREFIX = 64 - LONGEST_OWN_ROLE;

const namePrefix = z
  .string()
  .max(
    MOST_PREFIX,
    `be at most ${MOST_PREFIX} characters: IAM takes 64, and Trailwatch's longest role has ${LONGEST_OWN_ROLE}`,
  )
  .regex(/^[\w+=,.@-]*$/, "hold only letters, digits and '+=,.@_-'")
  .describe(
    "Before the names that Trailwatch gives roles and policies, as company-. Names that you choose stay as they are.",
  );

const AWS_MANAGED = /^arn:aws(-cn|-us-gov)?:iam::aws:policy\//;
const POLICY = /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/;

const permissionsBoundary = z
  .string()
  .superRefine((text, context) => {
    const message = boundaryRule(text);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  })
  .describe(
    "Policy that is the permissions boundary of every role: the name, with its path if it has one, of a policy that exists in every account, or the ARN of an AWS managed policy.",
  );

function boundaryRule(text: string): string | undefined {
  if (text.endsWith(PLAIN.boundary))
    return `be another policy than ${PLAIN.boundary}, which Trailwatch itself may create`;
  if (!text.startsWith("arn:")) {
    return POLICY.test(text)
      ? undefined
      : "be a policy's name, or its path and name without a '/' before them, of letters, digits and '+=,.@_-'";
  }
  if (AWS_MANAGED.test(text)) {
    return POLICY.test(text.replace(AWS_MANAGED, "")) ? undefined : "be the ARN of an AWS managed policy";
  }
  const [, , , , account = "", resource = ""] = text.split(":");
  const [, name = ""] = /^policy\/(.+)$/.exec(resource) ?? [];
  if (!/^\d{12}$/.test(account) || !POLICY.test(name)) return "be a policy's name, or the ARN of an AWS managed policy";
  return `be a policy's name, as '${name}': a boundary is a policy of the role's own account, and this ARN is of account ${account} only`;
}

/** How IAM roles and policies that stacks create must be, for all accounts. */
export const iam = z.strictObject({
  path: path.default(PLAIN_IAM.path),
  permissionsBoundary: permissionsBoundary.optional(),
  namePrefix: namePrefix.default(PLAIN_IAM.namePrefix),
});
