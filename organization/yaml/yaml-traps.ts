import { type Document, type Node, type Pair, isAlias, isNode, isScalar, visit } from "yaml";

/** A problem of a text as YAML. */
export interface SyntaxProblem {
  /** The setting, if the problem is about one. */
  readonly path?: readonly PropertyKey[];
  readonly rule: string;
  readonly offset: number;
  readonly hint?: string;
}

/** Raw characters that a parser reads differently from what an editor shows, and how to fix each. */
const MISREAD = [
  // Source: YAML 1.2.2, 5.1, printable characters. The parser accepts those above U+007E.
  [
    /[^\P{Cc}\t\n\r\u007f-\u009f]/u,
    "hold no control characters",
    'save it in the encoding UTF-8; write them as "\\x1b" where they are meant',
  ],
  // The parser takes it for a part of the line, so that a setting after a comment would be a part of the comment.
  [/\r(?!\n)/, "end its lines with LF or CR LF", "save it with the line ends of Unix or Windows"],
] as const;

/** The first character that the parser reads differently from what its author sees. */
export function textProblems(source: string): SyntaxProblem[] {
  return MISREAD.flatMap(([pattern, rule, hint]) => {
    const offset = source.search(pattern);
    return offset === -1 ? [] : [{ rule, offset, hint }];
  }).slice(0, 1);
}

/** In YAML 1.1, `no` is false, `010` is 8, `1:30` is 90 and a date is not text. */
export function versionProblems(document: Document.Parsed): SyntaxProblem[] {
  const { version } = document.directives.yaml;
  if (version === "1.2") return [];
  return [{ rule: "be YAML 1.2, as the schemas are for", offset: 0, hint: `remove the directive '%YAML ${version}'` }];
}

/** Aliases within their own anchor: they never end. */
export function cyclicAliases(document: Document.Parsed): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Alias(_, alias, ancestors) {
      const meant = alias.resolve(document);
      if (meant === undefined || !ancestors.includes(meant)) return;
      problems.push({
        rule: "be valid YAML",
        offset: offsetOf(alias),
        hint: `'*${alias.source}' is within '&${alias.source}'`,
      });
    },
  });
  return problems;
}

/** Keys that the parser would change, such as `0x1F`, `012`, `1.0`, `True`, `~` or a list. */
export function unclearKeys(document: Document.Parsed): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Pair(_, pair) {
      const offset = isNode(pair.key) ? offsetOf(pair.key) : 0;
      if (isScalar(pair.key) && pair.key.value === "__proto__") {
        problems.push({
          rule: "have no key '__proto__'",
          offset,
          hint: "it is no setting, and of a map it is not read",
        });
      }
      const read = changedKey(pair);
      if (read === undefined) return;
      problems.push({
        rule: "have keys that are text",
        offset,
        hint: `put the key in quotes: YAML reads it as ${read}`,
      });
    },
  });
  return problems;
}

/** The parser's reading of a key, if it differs from the key's text; otherwise undefined. */
function changedKey({ key }: Pair): string | undefined {
  // The parser only finds duplicate keys that are written out.
  if (isAlias(key)) return "what its alias stands for";
  if (!isScalar(key)) return "a list or a map";
  if (typeof key.value === "string") return undefined;
  const read = JSON.stringify(key.value);
  return key.value !== null && read === key.source ? undefined : read;
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
