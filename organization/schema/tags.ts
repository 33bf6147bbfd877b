import { PLAIN } from "../../lib/naming/own-names";
import { z } from "zod";

/**
 * AWS's rules for tags. Source: AWS General Reference, "Tag naming limits and requirements"; Resource Groups Tagging
 * API, TagResources. Lengths are in UTF-16 code units, which no service counts more strictly.
 */
const LIMITS = { tags: 50, key: 128, value: 256 } as const;

const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const CHARACTERS_TEXT = "hold only letters, digits, spaces and '_.:/=+-@'";

const OWN_TAG_KEYS = [PLAIN.stackTag] as const;

/** Marks an issue as being about a key, not about its value, for `check`. */
const AT_KEY = { atKey: true } as const;

const tagValue = z
  .string()
  .max(LIMITS.value, `be at most ${LIMITS.value} characters`)
  .regex(CHARACTERS, CHARACTERS_TEXT);

/** A tag of AWS Organizations, which AWS itself may have set. */
export const existingTagKey = z
  .string()
  .min(1, "hold text")
  .max(LIMITS.key, `be at most ${LIMITS.key} characters`)
  .regex(CHARACTERS, CHARACTERS_TEXT);

export const existingTagValue = tagValue;

/** Tags that an account has already. */
export const existingTags = z.record(z.string(), tagValue).superRefine((tags, context) => {
  refuse(tags, context, existingKeyRule);
});

/** Tags to give to resources. */
export const newTags = z.record(z.string(), tagValue).superRefine((tags, context) => {
  const keys = Object.keys(tags);
  const most = LIMITS.tags - OWN_TAG_KEYS.length;
  refuse(tags, context, (key) => {
    if (/^aws:/i.test(key)) return "not begin with 'aws:', which AWS keeps for itself";
    if (isOwn(key)) return `be another key than ${OWN_TAG_KEYS.join(", ")}, which Trailwatch sets on every resource`;
    const twin = keys.slice(0, keys.indexOf(key)).find((other) => other.toLowerCase() === key.toLowerCase());
    if (twin !== undefined) return `differ from '${twin}' by more than case: IAM takes both for one`;
    if (keys.indexOf(key) === most) {
      return `be one of at most ${most} tags, as AWS takes ${LIMITS.tags} and Trailwatch sets ${OWN_TAG_KEYS.length}; there are ${keys.length}`;
    }
    return existingKeyRule(key);
  });
});

function existingKeyRule(key: string): string | undefined {
  return existingTagKey.safeParse(key).error?.issues[0]?.message;
}

function isOwn(key: string): boolean {
  return OWN_TAG_KEYS.some((own) => own.toLowerCase() === key.toLowerCase());
}

/** At most one problem per key, at the key: what it must be; undefined when it is valid. */
function refuse(
  tags: Readonly<Record<string, string>>,
  context: z.RefinementCtx,
  ruleOf: (key: string) => string | undefined,
): void {
  for (const key of Object.keys(tags)) {
    const message = ruleOf(key);
    if (message !== undefined) context.addIssue({ code: "custom", message, path: [key], params: AT_KEY });
  }
}
