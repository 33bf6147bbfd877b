import { isUtf8 } from "node:buffer";
import { basename, relative } from "node:path";
import { type Document, LineCounter, type Node, isAlias, isCollection, isMap, isNode, isScalar, isSeq } from "yaml";
import { isInternal } from "../../lib/support/failure";
import { refusalText } from "../../lib/support/file-error";
import { IrregularFileError, readRegularBytes } from "../../lib/support/regular-file";
import { shownValue } from "../../lib/support/printable";
import type { Problem } from "../validation/problem";
import { parseYaml } from "./yaml-syntax";
import type { SyntaxProblem } from "./yaml-traps";

/** Keys and indexes from a file's root to a setting. */
export type Path = readonly PropertyKey[];

/** Location of a setting. */
export interface SourcePlace {
  /** Relative to the working directory. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Details of a problem besides its rule. */
interface Details {
  /** @default - the text at that place in the file */
  readonly value?: string;
  readonly hint?: string | undefined;
  /** Point at the key rather than at its value. @default false */
  readonly atKey?: boolean;
}

/** Longer values add nothing and hide the rest of the message. */
const LONGEST_VALUE = 80;

/** A few megabytes are thousands of accounts; a parsed file takes about a hundred times as much memory. */
export const MAX_YAML_BYTES = 4 * 1024 * 1024;

/** A YAML file with the location of each of its settings. */
export class YamlFile {
  /** The file's content as plain data. Only meaningful when the file is intact. */
  public readonly data: unknown;
  /** Whether the file could be read and parsed; duplicate keys leave it intact. */
  public readonly intact: boolean;
  /** Problems of the file itself. */
  public readonly problems: readonly Problem[];
  /** Relative to the working directory. */
  public readonly path: string;

  readonly #source: string;
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed | undefined;

  /**
   * Reads and parses a file. Never throws: problems are in `problems`.
   *
   * @param options.ifMissing hint for a file that does not exist
   * @param options.text the file's future content, to be validated before it is written
   */
  constructor(path: string, { ifMissing, text }: { ifMissing?: string | undefined; text?: string | undefined } = {}) {
    this.path = relativeToHere(path);
    const source = text ?? read(path);
    if (typeof source !== "string" && "errorCode" in source) {
      this.#source = "";
      this.intact = false;
      const missing = source.errorCode === "ENOENT";
      this.problems = [
        missing
          ? this.problem([], "exist", { hint: ifMissing })
          : this.problem([], "be a readable file", { value: source.errorCode, hint: refusalHint(source.errorCode) }),
      ];
      return;
    }

    const isText = typeof source === "string";
    this.#source = isText ? source : source.decoded;
    const { document, data, intact, problems } = parseYaml(this.#source, this.#lines);
    if (!isText) {
      this.intact = false;
      const offset = this.#source.indexOf(UNDECODED);
      this.problems = [this.#syntaxProblem({ rule: "be UTF-8 text", offset, hint: "save it in the encoding UTF-8" })];
      return;
    }
    this.#document = document;
    this.data = data;
    this.intact = intact;
    this.problems = problems.map((problem) => this.#syntaxProblem(problem));
  }

  /** A problem with the setting at that path, or with its absence. */
  public problem(path: Path, rule: string, details: Details = {}): Problem {
    const { value, place } = this.#find(path, details.atKey ?? false);
    return {
      property: path.length === 0 ? basename(this.path) : shorten(pathText(path)),
      rule,
      value: details.value === undefined ? this.#text(value) : shorten(details.value),
      file: this.path,
      ...this.#position(place?.range?.[0] ?? 0),
      hint: details.hint,
    };
  }

  /** Location of the setting at that path, or of its nearest ancestor that exists. */
  public place(path: Path): SourcePlace {
    const { place } = this.#find(path, false);
    return { file: this.path, ...this.#position(place?.range?.[0] ?? 0) };
  }

  /** Whether the file has something at that path. */
  public has(path: Path): boolean {
    return this.#find(path, false).found;
  }

  #syntaxProblem({ path, rule, offset, hint }: SyntaxProblem): Problem {
    const position = this.#position(offset);
    const line = this.#source.split("\n", position.line)[position.line - 1] ?? "";
    const property = path === undefined ? basename(this.path) : shorten(pathText(path));
    return {
      property,
      rule,
      value: shorten(line),
      file: this.path,
      ...position,
      hint,
    };
  }

  /** The node at a path, and the node to point the user at: the nearest one that has text. */
  #find(path: Path, atKey: boolean): { found: boolean; value?: unknown; place?: Node | undefined } {
    let node: unknown = this.#document?.contents;
    let key: unknown;
    for (const step of path) {
      const parent = this.#resolve(node);
      const pair = isMap(parent) ? parent.items.findLast((item) => keyText(item.key) === String(step)) : undefined;
      const item = isSeq(parent) ? parent.items[Number(step)] : undefined;
      if (pair === undefined && item === undefined) return { found: false, place: asNode(key) ?? asNode(node) };
      key = pair?.key;
      node = pair === undefined ? item : pair.value;
    }
    const valueHasText = isNode(node) && !isCollection(node) && this.#text(node) !== undefined;
    return { found: true, value: node, place: (valueHasText && !atKey ? undefined : asNode(key)) ?? asNode(node) };
  }

  #text(node: unknown): string | undefined {
    const value = this.#resolve(node);
    if (isScalar(value)) {
      const empty = value.source === "" && value.type === "PLAIN";
      return empty ? undefined : shownValue(value.source ?? String(value.value));
    }
    if (!isCollection(value) || !value.range) return undefined;
    return shorten(this.#source.slice(value.range[0], value.range[1]));
  }

  #resolve(node: unknown): unknown {
    return isAlias(node) && this.#document ? node.resolve(this.#document) : node;
  }

  #position(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    // The line counter has no lines for an empty file.
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

/** A path as written in messages: `secrets.create[0].name`. */
export function pathText(path: Path): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}

/** The system's error code, such as ENOENT. Any other error is a bug and is rethrown. */
export function errorCodeOf(error: unknown): string {
  if (isInternal(error)) throw error;
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
}

/** Paths in messages are relative to the working directory and look the same on every system. */
export function relativeToHere(path: string): string {
  return (relative(process.cwd(), path) || ".").replaceAll("\\", "/");
}

/** The replacement for each byte that is not UTF-8. */
const UNDECODED = "\uFFFD";

/** The text of a file; otherwise the problem, or what could be decoded if it is not UTF-8. */
function read(path: string): string | { readonly errorCode: string } | { readonly decoded: string } {
  try {
    const bytes = readRegularBytes(path, MAX_YAML_BYTES);
    const decoded = bytes.toString("utf8");
    return isUtf8(bytes) ? decoded : { decoded };
  } catch (error) {
    return { errorCode: error instanceof IrregularFileError ? error.what : errorCodeOf(error) };
  }
}

function refusalHint(code: string): string | undefined {
  return code === "EISDIR" ? "it is a folder, and its name that of an account's file: rename it" : refusalText(code);
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function asNode(node: unknown): Node | undefined {
  return isNode(node) ? node : undefined;
}

/** The file's text as one line: its layout does not matter here. */
function shorten(text: string): string {
  const line = text
    .slice(0, 10 * LONGEST_VALUE)
    .replace(/\s+/g, " ")
    .trim();
  return shownValue(line);
}
