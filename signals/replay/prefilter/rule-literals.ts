import { readPattern, type PatternPart, type ValueTest } from "../../../lib/patterns/event-pattern/read-pattern";
import { byText } from "../../../lib/support/by-text";
import {
  allOf,
  anyOf,
  literalsOfName,
  literalsOfNamePiece,
  literalsOfPiece,
  type PatternLiterals,
} from "./pattern-literals";

/**
 * What a CloudTrail record must contain for an EventBridge rule's pattern to match its event; undefined: any record may
 * match.
 */
export const literalsOfRule = byText((pattern): PatternLiterals | undefined => literalsOfParts(readPattern(pattern)));

/** All parts of a pattern must be met. */
function literalsOfParts(parts: readonly PatternPart[]): PatternLiterals | undefined {
  return allOf(parts.map(literalsOfPart));
}

/** Only what is below `detail` is of the record. */
function literalsOfPart(part: PatternPart): PatternLiterals | undefined {
  if (part.kind === "or") return anyOf(part.alternatives.map(literalsOfParts));
  const [root, ...field] = part.path;
  return root === "detail" ? anyOf(part.tests.map((test) => literalsOfTest(test, field.join(".")))) : undefined;
}

function literalsOfTest({ operator, operand }: ValueTest, field: string): PatternLiterals | undefined {
  if (typeof operand !== "string") return undefined;
  switch (operator) {
    case undefined:
      return field === "eventName"
        ? literalsOfName(operand)
        : literalsOfPiece({ text: operand, starts: true, ends: true }, field);
    case "prefix":
      if (field === "eventName") {
        return literalsOfNamePiece({
          text: operand,
          starts: true,
          ends: false,
          fits: (name) => name.startsWith(operand),
        });
      }
      return literalsOfPiece({ text: operand, starts: true, ends: false }, field);
    case "suffix":
      if (field === "eventName") {
        return literalsOfNamePiece({
          text: operand,
          starts: false,
          ends: true,
          fits: (name) => name.endsWith(operand),
        });
      }
      return literalsOfPiece({ text: operand, starts: false, ends: true }, field);
    default:
      return undefined;
  }
}
