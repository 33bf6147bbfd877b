import { type Document, type LineCounter, type Node, isNode, isPair, isSeq, parseDocument, visit } from "yaml";
import { cyclicAliases, type SyntaxProblem, textProblems, unclearKeys, versionProblems } from "./yaml-traps";

/** A parsed text. `data` is only meaningful when `intact`. */
export interface ParsedYaml {
  readonly document: Document.Parsed | undefined;
  readonly data: unknown;
  readonly intact: boolean;
  readonly problems: readonly SyntaxProblem[];
}

/** Parses one YAML document. Never throws, for any text. */
export function parseYaml(source: string, lineCounter: LineCounter): ParsedYaml {
  // Level "error" keeps the library from printing warnings; "silent" would also hide a second document.
  const document = parseDocument(source, { lineCounter, prettyErrors: false, logLevel: "error" });
  // A warning means that a value is not what its author wrote, as with an unknown tag.
  const complaints = [...document.errors, ...document.warnings];
  const duplicates = complaints.filter(({ code }) => code === "DUPLICATE_KEY");
  const broken = complaints.filter(({ code }) => code !== "DUPLICATE_KEY");

  const problems: SyntaxProblem[] = [
    ...duplicates.map(({ pos }) => ({ path: pathOfKeyAt(document, pos[0]), rule: "be given once", offset: pos[0] })),
    // Report only the first problem of a line; the others follow from it.
    ...firstOfEachLine(broken, lineCounter).map(({ pos, message }) => invalid(pos[0], message)),
  ];
  const misread = [...textProblems(source), ...versionProblems(document)];
  if (misread.length > 0) return { document, data: undefined, intact: false, problems: misread };
  if (broken.length === 0) problems.push(...cyclicAliases(document), ...unclearKeys(document));
  if (problems.length > duplicates.length) return { document, data: undefined, intact: false, problems };

  try {
    const data: unknown = document.toJS();
    return { document, data, intact: true, problems };
  } catch (error) {
    // Aliases are resolved only here.
    const message = error instanceof Error ? error.message : String(error);
    problems.push(invalid(offsetOfDanglingAlias(document), message));
    return { document, data: undefined, intact: false, problems };
  }
}

function invalid(offset: number, hint: string): SyntaxProblem {
  return { rule: "be valid YAML", offset, hint };
}

function firstOfEachLine<T extends { pos: [number, number] }>(complaints: readonly T[], lines: LineCounter): T[] {
  const byLine = new Map<number, T>();
  for (const complaint of complaints) {
    const { line } = lines.linePos(complaint.pos[0]);
    if (!byLine.has(line)) byLine.set(line, complaint);
  }
  return [...byLine.values()];
}

function pathOfKeyAt(document: Document.Parsed, offset: number): PropertyKey[] {
  let path: PropertyKey[] = [];
  visit(document, {
    Pair(_, pair, ancestors) {
      if (!isNode(pair.key) || pair.key.range?.[0] !== offset) return undefined;
      const chain: unknown[] = [...ancestors, pair];
      path = chain.flatMap((node, depth): PropertyKey[] => {
        if (isPair(node)) return [String(node.key)];
        return isSeq(node) ? [node.items.indexOf(chain[depth + 1])] : [];
      });
      return visit.BREAK;
    },
  });
  return path;
}

function offsetOfDanglingAlias(document: Document.Parsed): number {
  let dangling: Node | undefined;
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      dangling = alias;
      return visit.BREAK;
    },
  });
  return dangling?.range?.[0] ?? 0;
}
