import type { Problem } from "./problem";
import type { Path, YamlFile } from "../yaml/yaml-file";

/** Text that would not reach AWS unchanged, and what it must be instead. */
type Rule = readonly [isBroken: (text: string) => boolean, rule: string];

const RESERVED: readonly Rule[] = [
  [
    // What cdktf 0.21 replaces by a reference in any text: token markers, and the numbers that stand for some tokens.
    // Source: cdktf/lib/tokens/private/encoding.js and token.js.
    (text) => /TfToken\[|\de\+2(?:89|98)/.test(text),
    "not hold 'TfToken[' nor a number of the order 1e+289: the synthesis marks its references by these",
  ],
];

const ALTERED: readonly Rule[] = [
  [(text) => /\p{Cs}/u.test(text), "not hold half of a character (a lone surrogate), which no encoding has"],
  [(text) => /[^\P{Cc}\t\n\r]/u.test(text), "not hold control characters, which AWS refuses"],
  // Source: go-cty, StringVal: "the given string is NFC-normalized".
  [(text) => text !== text.normalize("NFC"), "be in Unicode's form NFC, into which Terraform changes all text"],
];

/** Names from AWS Organizations, which are only compared here and reach no resource. */
const COMPARED_ONLY: readonly PropertyKey[] = ["organizationalUnit", "accountTags", "accountRules"];

/** Settings, and keys, that the synthesis would not treat as text. */
export function reservedTexts(file: YamlFile): Problem[] {
  return problemsOf(file, RESERVED);
}

/** Settings, and keys, that Terraform or AWS would change. */
export function alteredTexts(file: YamlFile): Problem[] {
  return problemsOf(file, ALTERED, COMPARED_ONLY);
}

function problemsOf(file: YamlFile, rules: readonly Rule[], except: readonly PropertyKey[] = []): Problem[] {
  return find(file.data, []);

  function find(value: unknown, path: Path): Problem[] {
    if (typeof value === "string") return problem(value, path, false);
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, part]) => {
      if (path.length === 0 && except.includes(key)) return [];
      const below = [...path, Array.isArray(value) ? Number(key) : key];
      const atKey = problem(key, below, true);
      return atKey.length > 0 ? atKey : find(part, below);
    });
  }

  function problem(text: string, path: Path, atKey: boolean): Problem[] {
    const broken = rules.find(([isBroken]) => isBroken(text));
    return broken === undefined ? [] : [file.problem(path, broken[1], { atKey })];
  }
}
