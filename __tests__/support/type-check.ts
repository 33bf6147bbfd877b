import { dirname, join, resolve } from "node:path";
import ts from "typescript";

const ROOT = resolve(__dirname, "../..");

/** A replacement: a text that is there exactly once, and what is there instead. */
export type Change = readonly [from: string, to: string];

/** Type checks files of the project as if some of them read differently; nothing is written. */
export class TypeCheck {
  private readonly options: ts.CompilerOptions;
  /** Files as they are, parsed once for all checks. */
  private readonly parsed = new Map<string, ts.SourceFile | undefined>();

  /** @param config path of the tsconfig.json, from the project's root */
  constructor(config: string) {
    const path = join(ROOT, config);
    const { config: json } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as { config: unknown };
    this.options = ts.parseJsonConfigFileContent(json, ts.sys, dirname(path)).options;
  }

  /**
   * The errors in each file that has some.
   *
   * @param files paths of the files to check, from the project's root; what they import is read, but not checked
   * @param changes what reads differently, by path
   */
  errors(files: readonly string[], changes: Readonly<Record<string, Change>>): Record<string, string> {
    const host = ts.createCompilerHost(this.options);
    const changed = new Map(Object.entries(changes).map(([file, change]) => [join(ROOT, file), change]));
    const getSourceFile = host.getSourceFile.bind(host);
    host.readFile = (file) => {
      const change = changed.get(file);
      return change === undefined ? ts.sys.readFile(file) : replaced(file, change);
    };
    host.getSourceFile = (file, ...rest) => {
      if (changed.has(file)) return getSourceFile(file, ...rest);
      if (!this.parsed.has(file)) this.parsed.set(file, getSourceFile(file, ...rest));
      return this.parsed.get(file);
    };
    const paths = files.map((file) => join(ROOT, file));
    const program = ts.createProgram(paths, this.options, host);
    return Object.fromEntries(
      files.flatMap((file, index) => {
        const errors = program
          .getSemanticDiagnostics(program.getSourceFile(paths[index] ?? ""))
          .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
        return errors.length === 0 ? [] : [[file, errors.join("\n")]];
      }),
    );
  }
}

function replaced(file: string, [from, to]: Change): string {
  const parts = (ts.sys.readFile(file) ?? "").split(from);
  if (parts.length !== 2) throw new Error(`'${file}' must hold '${from}' once, got it ${parts.length - 1} times`);
  return parts.join(to);
}
