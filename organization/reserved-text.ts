import type { Problem } from "./problem";
import type { Path, YamlFile } from "./yaml-file";

/**
 * What cdktf 0.21 finds in any text and replaces by a reference: markers of tokens, and the numbers that stand for some.
 * Source: cdktf/lib/tokens/private/encoding.js and token.js.
 */
const RESERVED = /TfToken\[|\de\+2(?:89|98)/;

const RULE = "not hold 'TfToken[' nor a number of the order 1e+289: the synthesis marks its references by these";

/** Settings, and keys, that the synthesis would not take for text. */
export function reservedTexts(file: YamlFile): Problem[] {
  return find(file.data, []);

  function find(value: unknown, path: Path): Problem[] {
    if (typeof value === "string") return RESERVED.test(value) ? [file.problem(path, RULE)] : [];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, part]) => {
      const below = [...path, Array.isArray(value) ? Number(key) : key];
      return RESERVED.test(key) ? [file.problem(below, RULE, { atKey: true })] : find(part, below);
    });
  }
}
