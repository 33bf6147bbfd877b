import { isDeepStrictEqual } from "node:util";
import {
  type Document,
  type Pair,
  type ParsedNode,
  type YAMLMap,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  stringify,
} from "yaml";

/** Text, a number, a Boolean, or lists and maps of these. */
export type YamlValue = string | number | boolean | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** Which setting of a file to change. */
export interface Edit {
  readonly path: readonly string[];
  /** Undefined removes it. */
  readonly value: YamlValue | undefined;
  /** The sibling key after which a new setting goes. @default - after the last one */
  readonly after?: string | undefined;
}

/** How new texts are printed. */
export const PLAINLY = { lineWidth: 0, compat: "yaml-1.1" } as const;

type BlockMap = YAMLMap.Parsed;
type BlockPair = Pair<ParsedNode, ParsedNode | null>;

/**
 * Changes one setting in a YAML text. Only the lines of that setting change: the library's own printing keeps comments,
 * but it aligns them, folds blank lines and changes quotes throughout the user's file.
 *
 * @throws Error when the text is written so that the setting cannot be changed alone
 */
export function editYaml(text: string, edit: Edit): string {
  const document = parseDocument(text, { logLevel: "error" });
  const expected = dataAfter(document, edit);
  // Flow style, aliases and the like: print the whole document again, which keeps comments too.
  for (const candidate of [() => edited(text, document, edit), () => printed(text, edit)]) {
    const result = candidate();
    if (result !== undefined && isDeepStrictEqual(dataOf(result), expected)) return result;
  }
  throw new Error(`'${edit.path.join(".")}' must be changed by hand: other settings refer to it`);
}

function edited(text: string, document: Document.Parsed, { path, value, after }: Edit): string | undefined {
  const map = mapAt(document, path.slice(0, -1));
  const key = path.at(-1) ?? "";
  const [first] = map?.items ?? [];
  if (map === undefined || first === undefined || map.flow === true) return undefined;
  const present = map.items.find((pair) => keyOf(pair) === key);

  if (present === undefined) {
    if (value === undefined) return text;
    const before = map.items.find((pair) => keyOf(pair) === after) ?? map.items.at(-1) ?? first;
    const at = endOf(text, before);
    return splice(text, [at, at], lines(text, first, key, value));
  }
  if (value === undefined) return splice(text, [startOf(text, present), endOf(text, present)], "");
  if (typeof value === "object" || !isScalar(present.value)) {
    return splice(text, [startOf(text, present), endOf(text, present)], lines(text, present, key, value));
  }
  const [start, end] = present.value.range;
  return splice(text, [start, end], scalar(value));
}

/** Sets a value, and creates the missing maps around it. */
export function setYaml(text: string, path: readonly string[], value: YamlValue, after?: string): string {
  const document = parseDocument(text, { logLevel: "error" });
  let depth = path.length - 1;
  let whole = value;
  for (; depth > 0; depth -= 1) {
    const parent: unknown = document.getIn(path.slice(0, depth), true);
    if (isMap(parent) && parent.items.length > 0) break;
    whole = { [path[depth] ?? ""]: whole };
  }
  return editYaml(text, {
    path: path.slice(0, depth + 1),
    value: whole,
    ...(depth === path.length - 1 ? { after } : {}),
  });
}

/**
 * Adds entries to a non-empty list in a YAML text, on new lines.
 *
 * @throws Error when the text is written so that the list cannot be changed alone
 */
export function appendYaml(text: string, path: readonly string[], entries: readonly YamlValue[]): string {
  const document = parseDocument(text, { logLevel: "error" });
  const list: unknown = document.getIn(path, true);
  const present = isSeq(list) ? (list.toJS(document) as YamlValue[]) : [];
  const value = [...present, ...entries];
  const last = isSeq(list) && list.flow !== true ? (list.items.at(-1) as ParsedNode | undefined) : undefined;
  if (last === undefined) return editYaml(text, { path, value });
  const expected = dataAfter(document, { path, value });
  const start = text.lastIndexOf("\n", last.range[0]) + 1;
  const dash = /^\s*(?=-)/.exec(text.slice(start));
  const at = endOfLine(text, last.range[1]);
  const added = splice(text, [at, at], indented(text, entries, dash?.[0] ?? ""));
  return isDeepStrictEqual(dataOf(added), expected) ? added : editYaml(text, { path, value });
}

function printed(text: string, { path, value }: Edit): string | undefined {
  const document = parseDocument(text, { logLevel: "error" });
  try {
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, document.createNode(value));
    // As most of the text is written: `[a, b]` or `[ a, b ]`.
    const [padded, unpadded] = [/[[{] \S/g, /[[{][^\s\]}]/g].map((notation) => text.match(notation)?.length ?? 0);
    return document.toString({ lineWidth: 0, flowCollectionPadding: (padded ?? 0) >= (unpadded ?? 0) });
  } catch {
    // An alias of the replaced node no longer resolves.
    return undefined;
  }
}

function splice(text: string, [start, end]: readonly [number, number], replacement: string): string {
  // The last line of a file may lack its line end.
  const joint = replacement !== "" && start === text.length && !text.endsWith("\n") ? "\n" : "";
  return text.slice(0, start) + joint + replacement + text.slice(end);
}

/** A setting as whole lines, with the indentation of its neighbour. */
function lines(text: string, neighbour: BlockPair, key: string, value: YamlValue): string {
  const indent = text.slice(startOf(text, neighbour), neighbour.key.range[0]);
  return indented(text, typeof value === "object" ? { [key]: value } : `${scalar(key)}: ${scalar(value)}`, indent);
}

/** Whole lines, with the text's line ends. */
function indented(text: string, value: YamlValue, indent: string): string {
  const own = typeof value === "string" ? value : stringify(value, PLAINLY).trimEnd();
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return own
    .split("\n")
    .map((line) => `${indent}${line}${newline}`)
    .join("");
}

/** Quotes text that YAML would not read as text, YAML 1.1 included, which other tools still read. */
function scalar(value: string | number | boolean): string {
  return typeof value === "string" && /[\r\n]/.test(value)
    ? JSON.stringify(value)
    : stringify(value, PLAINLY).trimEnd();
}

function startOf(text: string, { key }: BlockPair): number {
  return text.lastIndexOf("\n", key.range[0]) + 1;
}

/** The start of the line after a setting and its trailing comment. */
function endOf(text: string, { key, value }: BlockPair): number {
  return endOfLine(text, value?.range[1] ?? key.range[1]);
}

/** The start of the line after the one in which the text before `to` ends. */
function endOfLine(text: string, to: number): number {
  const end = text.slice(0, to).trimEnd().length;
  const newline = text.indexOf("\n", end);
  return newline === -1 ? text.length : newline + 1;
}

function mapAt(document: Document.Parsed, path: readonly string[]): BlockMap | undefined {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  // A parsed document holds parsed nodes.
  return isMap(node) ? (node as BlockMap) : undefined;
}

function keyOf({ key }: BlockPair): string {
  return isScalar(key) ? String(key.value) : "";
}

function dataOf(text: string): unknown {
  const document = parseDocument(text, { logLevel: "error" });
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}

function dataAfter(document: Document.Parsed, { path, value }: Edit): unknown {
  // Serialized and parsed again: an alias must not share its target, or the target would change too.
  const data = JSON.parse(JSON.stringify(document.toJS())) as Record<string, unknown>;
  const parent = path.slice(0, -1).reduce((map, key) => map[key] as Record<string, unknown>, data);
  const key = path.at(-1) ?? "";
  if (value === undefined) Reflect.deleteProperty(parent, key);
  else parent[key] = value;
  return data;
}
