import { parseRegex, type RegexItem } from "./regex-syntax";

/** How another language writes the two ends of the tested text. */
export interface RegexEnds {
  readonly start: string;
  readonly end: string;
}

/** The ends of the text, not of a line, in RE2 and Java: Trino's languages. */
export const TEXT_ENDS: RegexEnds = { start: String.raw`\A`, end: String.raw`\z` };

/** CloudWatch's regular expression for exactly this text; undefined for a text that is not ASCII. */
export function regexOfText(text: string): string | undefined {
  if (!/^\p{ASCII}+$/u.test(text)) return undefined;
  const escaped = text.replace(/[^A-Za-z0-9:_#=@/;,-]/g, (character) =>
    /[\^$?[\]{}|*+.\\]/.test(character)
      ? `\\${character}`
      : `\\x${character.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`,
  );
  return `^${escaped}$`;
}

/**
 * CloudWatch's regular expression as RE2 and Java write it, for a search that is not anchored.
 *
 * @throws FilterPatternError for what CloudWatch refuses
 */
export function standardRegex(source: string, ends: RegexEnds): string {
  return parseRegex(source, 0)
    .map((items) => items.map((item) => standardItem(item, ends)).join(""))
    .join("|");
}

function standardItem(item: RegexItem, ends: RegexEnds): string {
  return item.kind === "characters" ? `${item.standard}${quantifier(item.min, item.max)}` : ends[item.kind];
}

function quantifier(min: number, max: number): string {
  if (min === 1 && max === 1) return "";
  if (min === 0 && max === 1) return "?";
  if (max === Infinity) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  return min === max ? `{${min}}` : `{${min},${max}}`;
}
