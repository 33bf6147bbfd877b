import type { z } from "zod";

/**
 * Describes what a value must be, where the schema has no text of its own.
 * Every text continues a sentence after "must".
 */
export function ruleText(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return "be given";
  if (issue.input === null) return "have a value";

  switch (issue.code) {
    case "invalid_type":
      return typeText(issue.expected, issue.input);
    case "invalid_value":
      return `be one of ${issue.values.map(String).join(", ")}`;
    case "unrecognized_keys":
      return "be a known setting";
    case "too_small":
      return `be at least ${String(issue.minimum)}`;
    case "too_big":
      return `be at most ${String(issue.maximum)}`;
    case "not_multiple_of":
      return `be a multiple of ${issue.divisor}`;
    case "invalid_format":
      return `be written as ${issue.format}`;
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return "be a valid value";
  }
}

function typeText(expected: string, input: unknown): string {
  switch (expected) {
    case "object":
    case "record":
      return "be a map of settings";
    case "array":
      return "be a list";
    case "boolean":
      return "be true or false";
    case "int":
      return "be a whole number";
    case "string":
      return typeof input === "object" ? "be text" : "be text: put it in quotes";
    default:
      return `be a ${expected}`;
  }
}
