import { readPattern, type PatternPart, type ValueTest } from "../../../lib/patterns/event-pattern/read-pattern";
import { byText } from "../../../lib/support/by-text";
import { starMatcher } from "../../../lib/support/wildcard";
import {
  allOf,
  anyOf,
  literalsOfName,
  literalsOfNamePiece,
  literalsOfPiece,
  pieceOf,
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
      return literalsOfWildcard(operand, field);
    case "prefix":
      return operand.includes("*") ? undefined : literalsOfWildcard(`${operand}*`, field);
    case "suffix":
      return operand.includes("*") ? undefined : literalsOfWildcard(`*${operand}`, field);
    case "wildcard":
      // A backslash escapes.
      return operand.includes("\\") ? undefined : literalsOfWildcard(operand, field);
    default:
      return undefined;
  }
}

function literalsOfWildcard(text: string, field: string): PatternLiterals | undefined {
  const piece = pieceOf(text);
  if (field !== "eventName") return literalsOfPiece(piece, field);
  return text.includes("*") ? literalsOfNamePiece({ ...piece, fits: starMatcher(text) }) : literalsOfName(text);
}
