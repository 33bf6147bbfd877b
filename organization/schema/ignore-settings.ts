import { z } from "zod";
import { FIELD_NAMES, isField, type Field } from "../../detections/field";
import { ipRangeRule } from "../../detections/ip-range";
import { selectorRule } from "../../detections/normal-form";

const ignoredField = z
  .string()
  .transform((text, context): Field => {
    const rule = selectorRule(text, true);
    if (rule === undefined && isField(text) && text !== "readOnly") return text;
    const named = text === "readOnly" ? "hold text: readOnly is true or false" : `begin with ${FIELD_NAMES.join(", ")}`;
    context.addIssue({ code: "custom", message: rule ?? named });
    return z.NEVER;
  })
  .describe("Field of the CloudTrail record, such as userIdentity.arn.");

/** What an event must be like, in one respect. */
const RESPECTS = {
  field: ignoredField.optional(),
  equals: z
    .string()
    .min(1, "hold text")
    // A '*' that is meant as itself would cost one of the log group's five regular expressions.
    .refine((text) => !text.includes("*"), { error: "hold no '*': use 'matches'" })
    .optional()
    .describe("The field's whole text. Case counts."),
  matches: z
    .string()
    .refine((text) => text.includes("*"), { error: "hold a '*': use 'equals' for a field's whole text" })
    .refine((text) => text.replaceAll("*", "") !== "", { error: "hold more than '*', which ignores every event" })
    .optional()
    .describe("Text in which '*' stands for any text. A detection's filter pattern can hold three of them in all."),
  ipAddress: z
    .string()
    .superRefine((text, context) => {
      const rule = ipRangeRule(text);
      if (rule !== undefined) context.addIssue({ code: "custom", message: rule });
    })
    .optional()
    .describe(
      "Address or IPv4 range in sourceIPAddress, such as 10.20.0.0/16. Prefix lengths other than 8, 15, 16, 23, 24, 31 " +
        "and 32 take a regular expression, and a log group's filters can hold five of them.",
    ),
};

interface Respect {
  readonly field?: Field | undefined;
  readonly equals?: string | undefined;
  readonly matches?: string | undefined;
  readonly ipAddress?: string | undefined;
}

type Rule = readonly [holds: (respect: Respect) => boolean, error: string];

/** In this order; the first that is broken is reported. */
const RULES: readonly Rule[] = [
  [
    ({ field, equals, matches, ipAddress }) => ipAddress === undefined || !(field ?? equals ?? matches),
    "have 'ipAddress' alone: it compares sourceIPAddress",
  ],
  [({ field, ipAddress }) => field !== undefined || ipAddress !== undefined, "have 'field' or 'ipAddress'"],
  [
    ({ equals, matches, ipAddress }) => ipAddress !== undefined || (equals === undefined) !== (matches === undefined),
    "have one of 'equals' and 'matches', not both",
  ],
];

function brokenRule(respect: Respect): string | undefined {
  return RULES.find(([holds]) => !holds(respect))?.[1];
}

const respect = z.strictObject(RESPECTS).superRefine((value, context) => {
  const rule = brokenRule(value);
  if (rule !== undefined) context.addIssue({ code: "custom", message: rule });
});

/** An entry of an `ignore` list. */
export const ignore = z
  .strictObject({
    ...RESPECTS,
    all: z
      .array(respect)
      .min(2, "hold two or more: one stands beside 'reason'")
      .optional()
      .describe("Several, all of which an event must meet to be ignored."),
    reason: z.string().trim().min(1, "say why").describe("Why these events are harmless."),
    until: z.iso
      .date("be a date written as YYYY-MM-DD")
      .optional()
      .describe(
        "Day after which Trailwatch warns that the entry is still here; it stays in force until it is removed.",
      ),
  })
  .superRefine(({ all, ...single }, context) => {
    const isSingle = [single.field, single.equals, single.matches, single.ipAddress].some((one) => one !== undefined);
    if (all === undefined && !isSingle) {
      context.addIssue({ code: "custom", message: "have 'field' with 'equals' or 'matches', 'ipAddress', or 'all'" });
      return;
    }
    const mixed = "have either 'all' or what one of its entries has, not both";
    const rule = all === undefined ? brokenRule(single) : isSingle ? mixed : undefined;
    if (rule !== undefined) context.addIssue({ code: "custom", message: rule });
  })
  .meta({ id: "ignore" });

export type Ignore = z.infer<typeof ignore>;

/** What an entry requires of one field of an event. */
export interface IgnoreTest {
  readonly field: Field;
  readonly equals?: string | undefined;
  readonly matches?: string | undefined;
  readonly ipAddress?: string | undefined;
  /** Where it stands within the entry. */
  readonly path: readonly (string | number)[];
}

/** What an entry requires of an event; all of it must be met. */
export function ignoreTests({ all, ...single }: Ignore): IgnoreTest[] {
  const respects: readonly Respect[] = all ?? [single];
  return respects.map(({ field, equals, matches, ipAddress }, index) => ({
    field: ipAddress === undefined && field !== undefined ? field : "sourceIPAddress",
    equals,
    matches,
    ipAddress,
    path: all === undefined ? [] : ["all", index],
  }));
}
